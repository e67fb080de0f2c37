"""Whom or what a measure is for, by the words in front of its sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = (
    r"\s*(?:第[一二三四五六七八九十百]+条\s*|"
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)、]|[.．](?!\d))\s*|[-—•·]\s+)?+"
)
_GETS = r"(?:[另再可将还]?(?:给予|予以|按|每|一次性|奖励|补助|补贴|资助|分别|最高))"
_SUM, _SHARE = r"\d[\d,.]*\s*(?:万|亿)?元", r"\d[\d.]*\s*%"
# 1类创新药，完成Ⅱ期临床试验的，…: what is asked besides stands behind who is meant.
_ASKED = rf"(?:[，,][^，,；：]{{2,40}}的(?=[，,]\s*{_GETS}))?"
# 2类改良型新药500万元: a step of several, which no more than a comma may part from the one before.
_STEP = (
    r"(?:(?:第?[一二三四五六七八九\dⅠ-Ⅴ甲乙丙A-F]+[类级档等]|国家级|省级|市级|[区县]级)"
    rf"(?!{_GETS}|财政|自筹|配套|资金)[^，,；：:。\d]{{1,30}}?{_ASKED}"
    rf"(?=[，,]?\s*(?:{_GETS}[^，,；：:。\d]{{0,16}})?(?:{_SUM}|{_SHARE})))"
)
# 对首次认定的企业，给予…; 1类创新药，每个品种奖励…; 新建冷库按每立方米120元补助.
_WHO = re.compile(
    rf"{NUMBER}(?:对于?(?P<who>[^，；：]{{2,80}}?{_ASKED})(?:[，,]|(?={_GETS}))|"
    rf"(?P<step>{_STEP})|"
    rf"(?P<named>(?!单个|同一|全年|每|按|给予|予以)[^，；：]{{2,60}}?{_ASKED})[，,](?=\s*{_GETS})|"
    rf"(?P<held>[^，；：]{{2,60}}?的[，,][^，,；]{{2,40}})[，,](?=\s*{_GETS})|"
    rf"(?P<plain>[^，；：按]{{2,30}}?)(?=按(?:照)?[^，；]{{2,24}}(?:补助|补贴|奖励|资助)))"
)
# 推动绿色工厂创建: what a measure aims at, unless the verb is of whoever does so.
_AIM = re.compile(
    rf"{NUMBER}(?:加快|大力|积极|着力|持续|进一步)?"
    r"(?:推动|推进|促进|加快|加强|加大|深化|提升|完善|强化|优化)"
    r"(?![^，,；：:]*的(?:[^，,；：:]{0,8}(?:企业|单位|机构|项目|平台|团队|园区|基地|人才|人员|个人))?[，,])"
)
# 支持企业参展: whoever does what is wanted gets something.
_WANTED = re.compile(rf"{NUMBER}(?:鼓励|支持|引导)(?:和?(?:鼓励|支持|引导))?")
_CLAUSE = re.compile(r"[^，,；：:]*[，,：:]")
# 给予国家级绿色工厂100万元奖励.
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励)(?P<whom>(?!一次性|最高|不超过|每)[^，,；：:。\d]{{3,30}}?)(?:一次性|最高|不超过)*{_SUM}"
)
# 开展交叉研究项目30项以上，每项给予….
_COUNTED = re.compile(r"(?P<what>[㐀-鿿]{4,20})\d+(?P<unit>[项个家所座])(?:以上|左右)?[，,]每(?P=unit)")
_YEARLY = re.compile("^(?:每年|全年|年均)")
_NEXT = rf"(?:[，,：:]|(?<=元)、)(?=\s*(?:对|{_STEP}))"
_PART = re.compile(rf"(?:(?![；;]|{_NEXT})[\s\S])+(?:[；;]|{_NEXT}|$)")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom or what something is given for.

    Attributes:
        who: as written.
        end: where the sums for it may begin, in characters.
        is_given: whether the words already say that the sum is given, and need not call it a grant.
    """

    who: str
    end: int
    is_given: bool = False


def parts_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the parts of a sentence that may each be for somebody else."""
    return _PART.finditer(text)


def recipient_in(words: str) -> Recipient | None:
    """Read whom a part of a sentence gives something; None where it names nobody."""
    aim = _AIM.match(words)
    if aim is None:
        wanted = _WANTED.match(words)
        return _named(words, wanted.end() if wanted else 0)
    clause = _CLAUSE.match(words)
    behind = _behind_aim(words, clause.end()) if clause else None
    return behind or _named(words, aim.end())


def _named(words: str, begin: int) -> Recipient | None:
    named = _WHO.match(words, begin)
    if named is None:
        return None
    who = next(filter(None, named.groups())).strip()
    return Recipient(who, named.end(), is_given=named["step"] is not None)


def _behind_aim(words: str, begin: int) -> Recipient | None:
    """Whom the words behind an aim name, or give something."""
    if named := _named(words, begin):
        return named
    if given := _GIVEN_TO.search(words, begin):
        return Recipient(given["whom"].strip(), given.end("whom"), is_given=True)
    counted = _COUNTED.search(words, begin)
    return Recipient(_YEARLY.sub("", counted["what"]), counted.end()) if counted else None
