"""Which year or period a figure is of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.types import PolicyDocument

_YEARS = r"(?:19|20)\d{2}"
# What a time may begin with is looked for first: most characters of a text are no such.
_TIME = re.compile(
    rf"(?=[12“\"「十未今规，。；力五5])(?:(?P<first>{_YEARS})\s*年?\s*(?:[-—–~～－]+|至|到)\s*(?P<last>{_YEARS})\s*年?(?:期间)?|"
    rf"(?P<year>{_YEARS})\s*年(?:度(?!假))?(?!代)(?P<month>\s*\d{{1,2}}\s*月(?P<day>\s*\d{{1,2}}\s*日)?)?|"
    r"[“\"「]?(?P<plan>十[一二三四五六])五[”\"」]?+(?:时期|期间|期末|末|以来|规划期|(?!前|之前|计划|[一-鿿]{0,8}规划))|"
    r"(?P<term>(?:未来|今后|规划期内|[，。；]|^)(?:力争)?[五5]年(?:内|间|来)?(?!级|期|计划|规划|制)|"
    r"[五5]年(?=累计|新增|共|内)|规划期(?:内|间)))"
)
# 比2020年, 较2020年, 是2020年的1.6倍: what the figure is held against.
_HELD = re.compile(r"(?:比|较|与|同|相比|相当于|是|为|在|以)\s*$")
_BASE = re.compile(
    r"(?:末|底)?\s*(?:的?(?:基础|水平|基数)|的\s*(?:约|近)?\s*[\d.]+\s*倍|[^，。；]{0,10}相比|"
    r"[^，。；]{0,6}?(?:净?增[加长]?|提高|提升|上升|下降|降低|减少|翻))"
)
# 由2020年的21.4件: a figure of its own, and the other one's base.
_FROM = re.compile(r"(?:由|从|自|(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少|升|降|增)[到至])\s*$")
_OWN = re.compile(r"(?:末|底)?\s*的?\s*(?:约|近)?\s*[\d.]")
_OTHERS = re.compile(
    r"[^，,。；]{0,12}(?:印发|发布|公布|出台|修订|设立|成立|批准|起施行)|\s*(?:以前|以后|之后)|\s*[〕\]】）)]"
)
_YEAR = re.compile(rf"({_YEARS})\s*年(?!代)")
_PERIOD = re.compile(r"五[”\"]?时期|[-—–~～至]\s*(?:19|20)\d{2}")
_REPORT = re.compile(rf"({_YEARS})年[^，。]{{0,24}}(?:统计公报|年度报告|年报|工作要点|重点工作|重点任务)")
_TENS = {"十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16}
_LOOKS_BACK = re.compile("成就|成效|基础|现状|回顾|总结|过去|近|以来")
_AHEAD = re.compile(r"(?:^|[，,。；;：:—\s])(?:力争|争取|确保|预计|计划)?(?:到|至)\s*$")


@dataclass(frozen=True, slots=True)
class Time:
    """A year or a period where a text names it.

    Attributes:
        start, end: place in the text, in characters.
        year: the year, or the first.
        until: the last of a period, else None.
        own: whether it is of the one figure right behind it alone: 由2020年的21.4件.
        ahead: whether 到 stands before it: 到2030年.
        since: whether it reaches up to the day of writing: “十四五”以来.
    """

    start: int
    end: int
    year: int
    until: int | None = None
    own: bool = False
    ahead: bool = False
    since: bool = False


def times_in(text: str, document: PolicyDocument, section: tuple[str, ...]) -> tuple[Time, ...]:
    """Find the years and periods that figures of a text are of; bases of comparison are none.

    Args:
        text: a sentence.
        document: tells which years 五年 are.
        section: headings above it, which tell whether 五年 looks back.
    """
    found = []
    for match in _TIME.finditer(text):
        if match["term"] and _LOOKS_BACK.search("".join(section) + text[: match.start()]):
            continue
        time = _time(match, text, document)
        if time:
            found.append(time)
    return tuple(found)


def time_of_heading(section: tuple[str, ...], document: PolicyDocument) -> Time | None:
    """Return the year that a heading, or the title of a yearly report, gives to what names none itself."""
    for heading in reversed(section):
        years = {int(year) for year in _YEAR.findall(heading)}
        if years:
            return Time(0, 0, years.pop()) if len(years) == 1 and not _PERIOD.search(heading) else None
    report = _REPORT.search(document.title)
    return Time(0, 0, int(report.group(1))) if report else None


def without_times(text: str) -> str:
    """Return a text with blanks in the place of its years and periods."""
    return _TIME.sub(lambda match: " " * len(match.group(0)), text)


def _time(match: re.Match[str], text: str, document: PolicyDocument) -> Time | None:
    start, end = match.span()
    before = text[:start]
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        return Time(start, end, first, last) if first < last and not _BASE.match(text, end) else None
    if match["plan"]:
        first = 1951 + _TENS[match["plan"]] * 5
        if re.match(r"的\s*(?:约|近)?\s*[\d.]+\s*倍", text[end:]):
            return None
        # 十四五末 is its last year.
        if match.group(0).endswith("末"):
            return Time(start, end, first + 4, ahead=bool(_AHEAD.search(before)))
        return Time(start, end, first, first + 4, since=match.group(0).endswith("以来"))
    if match["term"]:
        period = document.years
        start += len(match.group(0)) - len(match.group(0).lstrip("，。；"))
        return Time(start, end, period.start, period.end) if period.start and period.end else None
    if match["day"] or _OTHERS.match(text, end):
        return None
    if _FROM.search(before):
        return Time(start, end, int(match["year"]), own=True) if _OWN.match(text, end) else None
    if _HELD.search(before) and _BASE.match(text, end):
        return None
    return Time(start, end, int(match["year"]), ahead=bool(_AHEAD.search(before)))


def reference_year(document: PolicyDocument) -> int | None:
    """The last year that figures of a document can have been reached in; None where nothing tells."""
    period, issued = document.years, document.issued_on
    if period.start and period.end and (issued is None or issued.year > period.end):
        return period.start - 1
    if issued:
        planned = period.start is not None and period.start <= issued.year
        return period.start - 1 if planned and period.start else issued.year
    return period.start - 1 if period.start and period.end else None
