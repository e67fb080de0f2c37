"""How much more or less something is than before, and whether a figure adds up over years."""

from __future__ import annotations

import re

from ingest.facts.figures import Figure
from ingest.facts.periods import Time
from vectorstore.units import MULTIPLE, SHARE

_GROWTH = re.compile(
    r"(?:(?:比|较|同比|环比)[^，,；;]*?)?(?:年(?=增)|年均|年平均|每年|同比|累计|实际|名义)*"
    r"(?:复合)?(?:(?<!自然)增长|增加|提高|(?<!改造)提升|上升|上涨|增产|下降|降低|减少|减产|回落|压减|缩小|下滑|净增|增幅|增速|降幅|涨幅|翻)(?:率|幅|速度?)?"
    r"(?:分别|达到|达|为|约|近|超过|超|突破|不低于|不少于|不超过|控制在|保持在|稳定在|在|了|\s)*$"
)
# 分别下降17.6%和10.0%: what is said of the first holds for all.
_IN_ROW = re.compile(r"(?:[\d.,]+\s*(?:%|‰|个百分点)?\s*[、和及与]\s*)+$")
_FALL = re.compile("下降|降低|减少|降幅|减产|回落|压减|缩小|下滑")
_TIMES_OF = re.compile(r"(?:是|为|相当于)[^，,；;]{0,12}的\s*(?:约|近)?\s*$")
_ANNUAL = re.compile("年均|每年|同比|逐年|年平均")
_CUMULATIVE = re.compile("累计|期间|五年")
_RISES = re.compile("(?:提高|提升|上升|增加|增长|下降|降低|减少|升|降|增)[到至]")
# 压减申请材料46%: less by so much.
_CUT = re.compile("压减|削减|缩减|压缩|减少|降低")


def growth_in(words: str, figure: Figure) -> re.Match[str] | None:
    """Find the words right before a figure that say it is one of growth or decline.

    Args:
        words: the clause up to the figure.
        figure: a multiple may be one of a base: 是2020年的1.6倍.
    """
    return _GROWTH.search(words) or (_TIMES_OF.search(words) if figure.kind == MULTIPLE else None)


def rises(words: str) -> bool:
    """Whether words say that what was told before went up or down to the figures behind them."""
    return bool(_RISES.fullmatch(words.strip()))


def is_cut(name: str) -> bool:
    """Whether a name opens with how something became less: its share is not its level."""
    return bool(_CUT.match(name))


def falls(words: str, figure: Figure) -> bool:
    """Whether the words in front of a figure of growth say that it is one of decline."""
    told = _GROWTH.search(_IN_ROW.sub("", words))
    return bool(told and _FALL.search(told.group(0))) and figure.comparator != "range"


def span_of(figure: Figure, time: Time, words: str, *, growth: bool) -> str:
    """Whether a figure is of a year or adds up over a period; a rate at its end does neither."""
    if _ANNUAL.search(words):
        return "annual"
    sums = growth or (figure.kind != SHARE and "/" not in figure.unit)
    return "cumulative" if (time.until and sums) or _CUMULATIVE.search(words) else ""
