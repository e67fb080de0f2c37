"""What is granted: a sum, a share and the most of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

GRANT = re.compile(r"奖励|补助|补贴|津贴|资助|奖补|贴息|扶持|支持|奖金|经费|安家|补偿|减免")
_MONEY = r"\d[\d,.]*\s*(?:万|亿)?元(?:/[㐀-鿿]{1,4})?"
_SUM = re.compile(_MONEY)
_CAP = re.compile(
    r"(?:最高(?:不超过|可达|限额)?|不(?:超过|高于)(?:[^，,；;。\d]{0,24}的)?|上限[为是]?|封顶|总额不超过|限额)\s*"
    rf"(?P<cap>(?:{_MONEY}|\d[\d.]*\s*%)(?:、{_MONEY})*)"
)
_RATE = re.compile(
    r"(?P<rate>\d[\d.]*\s*%)(?:\s*(?:的比例|的标准|比例))?\s*[，,]?\s*(?:一次性|分年度)?"
    r"(?:给予|予以|的?(?:奖励|补助|补贴|资助|奖补|贴息))|"
    r"(?:贴息|补贴|补助|奖励|资助)比例(?:最高)?(?:为|不超过|不高于)?\s*(?P<share>\d[\d.]*\s*%)"
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted, as written; "" where nothing is said.

    Attributes:
        amount: the sum, or sums in a row.
        rate: the share.
        cap: the most that is given.
    """

    amount: str = ""
    rate: str = ""
    cap: str = ""


def grant_in(words: str, begin: int = 0) -> Grant | None:
    """Read what words grant; None where they grant nothing.

    Args:
        words: a clause or several.
        begin: where its sums begin: what stands before is what one must have.
    """
    rate = _RATE.search(words)
    share = (rate["rate"] or rate["share"]) if rate else ""
    caps = [found for found in _CAP.finditer(words) if not (rate and found.end() in range(*_reach(rate)))]
    amounts = [
        found.group(0)
        for found in _SUM.finditer(words, begin)
        if not _threshold(words, found)
        and not any(cap.start("cap") <= found.start() < cap.end("cap") for cap in caps)
    ]
    if not (amounts or caps or share):
        return None
    return Grant("、".join(amounts), share, "、".join(found["cap"] for found in caps))


def _reach(rate: re.Match[str]) -> tuple[int, int]:
    return rate.start(), rate.end() + 1


def _threshold(words: str, found: re.Match[str]) -> bool:
    """Whether a sum is what one must have, and not what one gets."""
    behind = words[found.end() : found.end() + 3]
    return bool(re.match(r"(?:及|或)?以[上下]|的企业|的项目", behind)) or bool(
        re.search(r"(?:超过|达到|突破|满|不低于)\s*$", words[: found.start()])
    )
