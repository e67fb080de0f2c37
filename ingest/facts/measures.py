"""Who gets what: sums, shares and caps that a document grants, and whom it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.lines import Sentence
from vectorstore.facts import Fact, Measure
from vectorstore.types import ParsedDocument

_MONEY = r"\d[\d,.]*\s*(?:万|亿)?元(?:/[㐀-鿿]{1,4})?"
_GIVEN = re.compile(r"给予|予以|奖励|补助|补贴|资助|奖补|贴息|兑现|支持")
_GRANT = re.compile(r"奖励|补助|补贴|津贴|资助|奖补|贴息|扶持|支持|奖金|经费|安家|补偿|减免")
_SUM = re.compile(_MONEY)
_CAP = re.compile(
    rf"(?:最高(?:不超过|可达|限额)?|不超过|上限[为是]?|封顶|总额不超过|限额)\s*"
    rf"(?P<cap>(?:{_MONEY}|\d[\d.]*\s*%)(?:、{_MONEY})*)"
)
_RATE = re.compile(
    r"(?P<rate>\d[\d.]*\s*%)(?:\s*(?:的比例|的标准|比例))?\s*[，,]?\s*(?:一次性|分年度)?"
    r"(?:给予|予以|的?(?:奖励|补助|补贴|资助))"
)
_NUMBER = r"\s*(?:第[一二三四五六七八九十百]+条\s*|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?"
_GETS = r"(?:给予|予以|按|每|一次性|奖励|补助|补贴|资助|分别|最高)"
# 对首次认定的企业，给予…; 1类创新药，每个品种奖励….
_WHO = re.compile(
    rf"{_NUMBER}(?:对于?(?P<who>[^，；：]{{2,80}}?)(?:[，,]|(?={_GETS}))|"
    rf"(?P<named>(?!单个|每|同一|全年)[^，；：]{{2,60}}?)[，,](?=\s*{_GETS}|[^，,；]{{2,40}}的[，,]\s*{_GETS}))"
)
_PART = re.compile(r"(?:(?![；;]|[，,]对)[\s\S])+(?:[；;]|[，,](?=对)|$)")
_EXCLUDED = re.compile(
    r"不予(?:奖励|补助|补贴|资助|支持|兑现)|不(?:得|能)?再?(?:重复)?(?:享受|申报|申请)(?!的)"
)
# 80至89周岁每人每月100元.
_STANDARD = re.compile(
    rf"(?:(?<=[，,；;：:])|^)(?P<who>[^，,；;：:。]{{2,40}}?)(?P<sum>每[人户亩辆台套](?:每[年月日次])?(?:补助|补贴|奖励)?{_MONEY})"
)
_LIST = re.compile(r"有下列情形之一|下列情形|以下情形")
_ITEM = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_DUTY = re.compile("应当|逾期|须")
_FOREIGN = re.compile(r"罚款|处以|罚金|注册资本|每年安排|专项资金|总投资")


def measures(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield what a document grants to whom, and whom it grants nothing."""
    listing = ""
    for sentence in sentences:
        text = sentence.text
        excluded = _EXCLUDED.search(text) if "不" in text else None
        if listing and _ITEM.match(text):
            yield sentence.fact(Measure(_ITEM.sub("", text).strip("；; "), excluded=True))
            continue
        listing = ""
        if excluded and _LIST.search(text):
            listing = text
        elif excluded:
            who = re.sub(rf"^{_NUMBER}", "", text[: excluded.start()]).strip("，, ")
            if len(who) >= 4 and not _DUTY.search(who):
                yield sentence.fact(Measure(who, excluded=True))
        elif "元" not in text:
            continue
        elif _STANDARD.search(text) and _GRANT.search(text + "".join(sentence.passage.section[-1:])):
            for found in _STANDARD.finditer(text):
                yield sentence.fact(Measure(found["who"], found["sum"]), found.start(), found.end())
        elif _SUM.search(text) and _GIVEN.search(text) and _GRANT.search(text):
            yield from _granted(sentence)


def _granted(sentence: Sentence) -> Iterator[Fact]:
    who = ""
    for part in _PART.finditer(sentence.text):
        words = part.group(0)
        named = _WHO.match(words)
        who = (named["who"] or named["named"]).strip() if named else who
        if not who or not _GRANT.search(words) or _FOREIGN.search(words):
            continue
        rate = _RATE.search(words)
        caps = list(_CAP.finditer(words))
        amounts = [
            found.group(0)
            for found in _SUM.finditer(words, named.end() if named else 0)
            if not _threshold(words, found)
            and not any(cap.start("cap") <= found.start() < cap.end("cap") for cap in caps)
        ]
        if amounts or caps or rate:
            cap = "、".join(found["cap"] for found in caps)
            statement = Measure(who, "、".join(amounts), rate["rate"] if rate else "", cap)
            yield sentence.fact(statement, part.start(), part.end())


def _threshold(words: str, found: re.Match[str]) -> bool:
    """Whether a sum is what one must have, and not what one gets."""
    behind = words[found.end() : found.end() + 3]
    return bool(re.match(r"(?:及|或)?以[上下]|的企业|的项目", behind)) or bool(
        re.search(r"(?:超过|达到|突破|满|不低于)\s*$", words[: found.start()])
    )
