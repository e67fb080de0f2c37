"""Who gets what: sums, shares and caps that a document grants, and whom it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.grants import GRANT, Grant, grant_in
from ingest.facts.items import OpenList, inline_items
from ingest.facts.lines import Sentence
from ingest.facts.recipients import NUMBER, parts_of, recipient_in
from vectorstore.facts import Fact, Measure
from vectorstore.types import ParsedDocument

_GIVEN = re.compile(r"给予|予以|奖励|补助|补贴|资助|奖补|贴息|兑现|支持")
_EXCLUDED = re.compile(
    r"(?:不予|不再)(?:给予|安排)?(?:奖励|补助|补贴|资助|支持|兑付|兑现|受理|发放|拨付)|"
    r"不(?:得|能)?再?(?:重复)?(?:享受|申报|申请)(?!的)|"
    r"不适用(?:本|该|上述)[^，,；;。]{0,6}(?:补贴|奖励|补助|政策)|"
    r"取消[^，,；;。]{0,8}(?:奖励|补助|补贴|申报|享受)资格"
)
# 同一项目…不重复享受: whoever it is gets something once.
_ONCE = re.compile(r"^[^，,]{0,4}(?:同一|同时符合)|[多两]项|两者|从高|就高")
# 80至89周岁每人每月100元.
_STANDARD = re.compile(
    r"(?:(?<=[，,；;：:])|^)(?P<who>(?!按|给予|予以|[另再并可将]|每)[^，,；;：:。按由]{2,40}?)"
    r"(?P<sum>每(?:人次?|户|亩|辆|台|套|餐|张床?位?|床|家)(?:每[年月日次餐晚])?(?:补助|补贴|奖励)?"
    r"\d[\d,.]*\s*(?:万|亿)?元)"
)
_LIST = re.compile(r"有下列情形之一|下列情形|以下情形")
_STANDARDS = re.compile("下列|以下|如下|标准")
_DUTY = re.compile("应当|逾期|须")
_FOREIGN = re.compile(r"罚款|处以|罚金|注册资本|每年安排|专项资金|总投资")
_OF_ITEM = re.compile(r"(?P<who>[^，,；;：:。]{2,60}?)(?:[：:，,]|(?=每[㐀-鿿]))")


def measures(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield what a document grants to whom, and whom it grants nothing."""
    excluding, granting = OpenList(), OpenList()
    for sentence in sentences:
        text = sentence.text
        left_out, granted = excluding.item(sentence), granting.item(sentence)
        if left_out is not None:
            if left_out:
                yield sentence.fact(Measure(left_out, excluded=True))
            continue
        found = list(_of_item(sentence, granted)) if granted and "元" in granted else []
        if found:
            yield from found
            continue
        excluded = _EXCLUDED.search(text) if "不" in text or "取消" in text else None
        if excluded and _LIST.search(text):
            excluding.open(sentence)
            for item in inline_items(text, excluded.end()):
                yield sentence.fact(Measure(item.text, excluded=True), item.start, item.end)
        elif excluded:
            yield from _left_out(sentence, excluded)
        elif not ("元" in text or text.endswith(("：", ":"))):
            continue
        elif _STANDARDS.search(text) and GRANT.search(text) and _GIVEN.search(text):
            yield from _by_standards(sentence, granting)
        else:
            yield from _granted(sentence)


def _by_standards(sentence: Sentence, granting: OpenList) -> Iterator[Fact]:
    """What a sentence grants item by item, in itself or in the list that it opens."""
    items = list(inline_items(sentence.text, 0))
    found = [fact for item in items for fact in _of_item(sentence, item.text, item.start)]
    if sentence.text.rstrip().endswith(("：", ":")):
        granting.open(sentence)
    yield from found or _granted(sentence)


def _of_item(sentence: Sentence, item: str, start: int | None = None) -> Iterator[Fact]:
    begin = sentence.text.index(item) if start is None else start
    named = _OF_ITEM.match(item)
    grant = grant_in(item, named.end() if named else 0)
    if named and grant:
        yield sentence.fact(_measure(named["who"], grant), begin, begin + len(item))


def _left_out(sentence: Sentence, excluded: re.Match[str]) -> Iterator[Fact]:
    """Whom a sentence leaves out; what it grants before that is for others."""
    text = sentence.text
    begin = max(text.rfind(sign, 0, excluded.start()) for sign in "；;") + 1
    if grant_in(text[begin : excluded.start()]):
        begin = max(text.rfind(sign, 0, excluded.start()) for sign in "，,") + 1
    if begin and "元" in text[:begin]:
        yield from _granted(sentence, begin)
    who = re.sub(rf"^{NUMBER}", "", text[begin : excluded.start()]).strip("，, ")
    # …骗取资金的，追回资金，三年内不得申报: what is left out ends where its last condition does.
    condition, told, _ = who.rpartition("的，")
    who = f"{condition}的" if told else who
    if _DUTY.search(who) and "，" in who:
        who = who[who.rindex("，") + 1 :]
    if len(who) >= 2 and not _DUTY.search(who) and not _ONCE.search(who):
        yield sentence.fact(Measure(who, excluded=True), begin)


def _granted(sentence: Sentence, until: int | None = None) -> Iterator[Fact]:
    text = sentence.text[:until]
    standards = list(_STANDARD.finditer(text))
    if standards and GRANT.search(text + "".join(sentence.passage.section[-1:])):
        for found in standards:
            yield sentence.fact(Measure(found["who"], found["sum"]), found.start(), found.end())
        return
    if not (_GIVEN.search(text) and GRANT.search(text)):
        return
    who = ""
    for part in parts_of(text):
        words = part.group(0)
        named = recipient_in(words)
        who = named.who if named else who
        granted = GRANT.search(words) or (named and named.is_given)
        if not who or not granted or _FOREIGN.search(words):
            continue
        grant = grant_in(words, named.end if named else 0)
        if grant:
            yield sentence.fact(_measure(who, grant), part.start(), part.end())


def _measure(who: str, grant: Grant) -> Measure:
    return Measure(who, grant.amount, grant.rate, grant.cap)
