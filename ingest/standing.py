"""What a document is worth by its own words: the years it covers, draft or in force, what it repeals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering import value_of
from ingest.script import simplified
from vectorstore.types import DocumentKind, Period, Status

_FORMAL = (
    "规划|纲要|办法|通知|意见|方案|措施|细则|规定|条例|决定|公告|通告|计划|报告|批复|函|政策|指引|指南|章程|规则|"
    "清单|目录|决议|命令|准则|标准|制度|要点|规程|法|通报|议案|公报|说明"
)
FORMAL_TITLE = re.compile(rf"(?:{_FORMAL})》?(?:\s*[（(〔\[][^（）()]{{1,24}}[）)〕\]])*$")
DOCUMENT_NUMBER = re.compile(
    r"([㐀-鿿]{1,14}?)\s*[〔\[（(【﹝［]\s*((?:19|20)\d{2})\s*[〕\]）)】﹞］]\s*(?:第\s*)?(\d{1,4})\s*[号號]"
)
_PLAN = re.compile(r"规划|纲要|计划|方案")
_DRAFT = re.compile(
    r"征求意见稿|公开征求.{0,60}意见|[（(]草案(?:送审稿)?[)）]|草案送审稿|送审稿|讨论稿|草案[）)]?$"
)
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[—–\-~～－至到]+)\s*((?:19|20)\d{2})\s*年?")
_PLANNED = re.compile(r"(?:规划|实施|计划|行动)(?:期限?|年限|时限)[^。；\d]{0,6}")
_FIVE_YEARS = re.compile(r"[“\"]?十([二三四五六七])五[”\"]?|第十([二三四五六七])个五年")
_VALID_UNTIL = re.compile(r"有效期(?:限)?(?:为)?[^。；]{0,24}?(?:至|到|截至|截止到?)\s*((?:19|20)\d{2})年")
_VALID_FOR = re.compile(r"有效期(?:限)?(?:为)?\s*([\d一二两三四五六七八九十]{1,2})\s*年")
_EFFECT = re.compile(r"自\s*((?:19|20)\d{2})年\d{1,2}月\d{1,2}日起(?:正式)?(?:施行|实施|执行|生效)")
_EFFECT_ANY = re.compile(r"自[^。；]{2,20}起(?:正式)?(?:施行|实施|执行|生效)")
_REPEAL = re.compile(
    r"同时废止|予以废止|即行废止|自行废止|同时停止执行|停止执行|同时失效|宣布失效|废止失效|自[^。，；]{4,14}起?废止|不再执行"
)
_REPEALED_BEHIND = re.compile(r"(?:决定|现|将|予以|一并)废止(?=[^。《]{0,20}《)")
_TITLE_IN_TEXT = re.compile(r"《([^《》]{2,80}(?:《[^《》]+》[^《》]*)?)》")


def is_formal(title: str) -> bool:
    """Tell an official document's title; a headline that ends with another document's is none."""
    title = simplified(title)
    return bool(FORMAL_TITLE.search(re.sub(r"(?<=[^《])《[^《》]*(?:《[^《》]*》[^《》]*)?》$", "", title)))


def period_of(title: str, front: list[str], text: str) -> Period:
    """The years a document covers: those in its title, those it calls its term, its validity.

    Args:
        title: its title.
        front: the lines above its body.
        text: its clean text.

    Returns:
        The years; an end it does not state is None.
    """
    title, text = simplified(title), simplified(text)
    for place in (title, "\n".join(front)):
        found = _SPAN.search(re.sub(r"《[^《》]*》", "", place))
        if found:
            return _span(found)
    for stated in _PLANNED.finditer(text):
        found = _SPAN.match(text, stated.end())
        if found:
            return _span(found)
    five = _FIVE_YEARS.search(title)
    if five and _PLAN.search(title):
        start = 2001 + value_of(five.group(1) or five.group(2)) * 5
        return Period(start, start + 4)
    return _validity(text)


def status_of(
    title: str,
    front: list[str],
    kind: DocumentKind,
    number: str,
    text: str,
    *,
    dated: bool,
    running: Sequence[str] = (),
) -> Status:
    """What a document is by its own marks, whatever the day.

    A draft says so above its body, or along its pages. What explains or reports is no policy. In force is
    what shows the marks of a formal document: a formal title with a number, a date, a day of effect, or the
    period of a plan.

    Args:
        title: its title.
        front: the lines above its body.
        kind: its kind.
        number: its document number, or "".
        text: its clean text.
        dated: whether it says when it was issued.
        running: the lines that ran along its pages.
    """
    if kind in (DocumentKind.NEWS, DocumentKind.ARTICLE):
        return Status.NOT_POLICY
    heads = [simplified(line) for line in (title, *front[:8], *running)]
    if any(_DRAFT.search(line) for line in heads):
        return Status.DRAFT
    if kind is DocumentKind.INTERPRETATION:
        return Status.NOT_POLICY
    planned = bool(_PLAN.search(heads[0])) and period_of(title, front, text).end is not None
    marks = bool(number) or dated or planned or bool(_EFFECT_ANY.search(simplified(text)))
    return Status.IN_FORCE if marks and is_formal(title) else Status.UNKNOWN


def repeals_of(title: str, text: str) -> tuple[str, ...]:
    """Titles and document numbers that a document declares replaced, each once, in order.

    They stand before the words that say so; behind them in a document that is about nothing else.
    """
    found: dict[str, None] = {}
    repeals_only = "废止" in re.sub(r"《[^《》]*》", "", simplified(title))
    for sentence in re.split(r"(?<=[。\n])", text):
        plain = simplified(sentence)
        end = _REPEAL.search(plain)
        begin = _REPEALED_BEHIND.search(plain) if repeals_only else None
        if not end and not begin:
            continue
        clause = sentence[begin.end() :] if begin else sentence[: end.start() if end else 0]
        for named in _TITLE_IN_TEXT.finditer(clause):
            found.setdefault(named.group(1))
            number = DOCUMENT_NUMBER.match(clause[named.end() :].lstrip("（( "))
            if number:
                found.setdefault(number_in(number))
    return tuple(found)


def number_in(found: re.Match[str]) -> str:
    """A document number as GB/T 9704-2012, 7.2.5 writes it: 府办〔2024〕3号."""
    return f"{found.group(1)}〔{found.group(2)}〕{int(found.group(3))}{found.group(0)[-1]}"


def _span(found: re.Match[str]) -> Period:
    start, end = int(found.group(1)), int(found.group(2))
    return Period(start, end) if start <= end else Period()


def _validity(text: str) -> Period:
    effect = _EFFECT.search(text)
    start = int(effect.group(1)) if effect else None
    until = _VALID_UNTIL.search(text)
    if until:
        return Period(start, int(until.group(1)))
    years = _VALID_FOR.search(text)
    if years and start is not None:
        return Period(start, start + value_of(years.group(1).replace("两", "二")))
    return Period(start, None)
