"""What a document is worth by its own words: the years it covers, draft or in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering import value_of
from ingest.script import simplified
from vectorstore.types import DocumentKind, Period, Status
from vectorstore.validity import Validity

_FORMAL = (
    "规划|纲要|办法|通知|意见|方案|措施|细则|规定|条例|决定|公告|通告|计划|报告|批复|函|政策|指引|指南|章程|规则|"
    "清单|目录|决议|命令|准则|标准|制度|要点|规程|法|通报|议案|公报|说明|答复|纪要|请示|预案|决定书|公示"
)
FORMAL_TITLE = re.compile(rf"(?:{_FORMAL})》?(?:\s*[（(〔\[][^（）()]{{1,24}}[）)〕\]])*$")
DOCUMENT_NUMBER = re.compile(
    r"([㐀-鿿]{1,14}?)\s*[〔\[（(【﹝［]\s*((?:19|20)\d{2})\s*[〕\]）)】﹞］]\s*(?:第\s*)?(\d{1,4})\s*[号號]"
)
_PLAN = re.compile(r"规划|纲要|计划|方案")
_DRAFT = re.compile(
    r"征求意见稿|公开征求.{0,60}意见|[（(]草案(?:送审稿)?[)）]|草案送审稿|送审稿|讨论稿|草案[）)]?$"
)
_MONTH = r"(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?\s*)?"
_TO = r"(?:[—–\-~～－至到]+)\s*((?:19|20)\d{2})\s*年?"
_YEARS = re.compile(rf"((?:19|20)\d{{2}})\s*年?\s*{_TO}")
_SPAN = re.compile(rf"((?:19|20)\d{{2}})\s*年?\s*{_MONTH}{_TO}")
_BRACKETED = re.compile(rf"^\s*[（(]{_SPAN.pattern}\s*{_MONTH}[）)]\s*$", re.MULTILINE)
# What a notice only issues is what it is about: its title's years are the notice's.
_ISSUED = re.compile(r"(?:印发|发布|公布|颁布|下达|批转|转发)《([^《》]+)》(?=的(?:通知|公告|决定|通告))")
_PLANNED = re.compile(r"(?:规划|实施|计划|行动)(?:期限?|年限|时限)[^。；\d]{0,6}")
_FIVE_YEARS = re.compile(r"[“\"]?十([二三四五六七])五[”\"]?|第十([二三四五六七])个五年")
REPEAL = re.compile(
    r"同时废止|予以废止|即行废止|自行废止|同时停止执行|停止执行|同时失效|宣布失效|废止失效|自[^。，；]{4,14}起?废止|不再执行"
)
TITLE_IN_TEXT = re.compile(r"《([^《》]{2,80}(?:《[^《》]+》[^《》]*)?)》")


def is_formal(title: str) -> bool:
    """Tell an official document's title; a headline that ends with another document's is none."""
    title = simplified(title)
    return bool(FORMAL_TITLE.search(re.sub(r"(?<=[^《])《[^《》]*(?:《[^《》]*》[^《》]*)?》$", "", title)))


def period_of(title: str, front: list[str], text: str) -> Period:
    """The years a document covers: those in its title, or those it calls its term.

    Args:
        title: its title.
        front: the lines above its body.
        text: its clean text, in Simplified characters.

    Returns:
        The years; an end it does not state is None.
    """
    title = _ISSUED.sub(r"\1", simplified(title))
    above = "\n".join(front)
    for place, years in ((title, _SPAN), (above, _BRACKETED), (above, _YEARS)):
        found = years.search(re.sub(r"《[^《》]*》", "", place))
        if found:
            return _span(found)
    for stated in _PLANNED.finditer(text):
        # From one day to another projects and grants are carried out, and not the paper itself.
        found = (_YEARS if stated.group().startswith("实施") else _SPAN).match(text, stated.end())
        if found:
            return _span(found)
    five = _FIVE_YEARS.search(title)
    if five and _PLAN.search(title):
        start = 2001 + value_of(five.group(1) or five.group(2)) * 5
        return Period(start, start + 4)
    return Period()


def status_of(
    title: str,
    front: list[str],
    kind: DocumentKind,
    number: str,
    period: Period,
    validity: Validity | None,
    running: Sequence[str] = (),
) -> Status:
    """What a document is by its own marks, whatever the day.

    A draft says so above its body, or along its pages. What explains or reports is no policy. In force is a
    formal document that proves it: by a day of effect, a validity, or the period of a plan. A number and a
    date prove that it was issued, and no more.

    Args:
        title: its title.
        front: the lines above its body.
        kind: its kind.
        number: its document number, or "".
        period: the years it covers.
        validity: the days on which it applies, or None.
        running: the lines that ran along its pages.
    """
    if kind in (DocumentKind.NEWS, DocumentKind.ARTICLE):
        return Status.NOT_POLICY
    heads = [simplified(line) for line in (title, *front[:8], *running)]
    if any(_DRAFT.search(line) for line in heads):
        return Status.DRAFT
    if kind is DocumentKind.INTERPRETATION:
        return Status.NOT_POLICY
    planned = bool(_PLAN.search(heads[0])) and period.end is not None
    proven = validity is not None or planned
    return Status.IN_FORCE if proven and (number or is_formal(title)) else Status.UNKNOWN


def number_in(found: re.Match[str]) -> str:
    """A document number as GB/T 9704-2012, 7.2.5 writes it: 府办〔2024〕3号."""
    return f"{found.group(1)}〔{found.group(2)}〕{int(found.group(3))}{found.group(0)[-1]}"


def _span(found: re.Match[str]) -> Period:
    start, end = int(found.group(1)), int(found.group(2))
    return Period(start, end) if start <= end else Period()
