"""What a document says about itself: title, issuer, number, date, region, period, kind, status, repeals.

Only the document's own words count; what it does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ingest.kinds import BYLINE, kind_of
from ingest.loaders import Given
from ingest.numbering import number_of, value_of
from ingest.outline import Outline
from ingest.regions import region_of
from ingest.script import script_of
from ingest.standing import DOCUMENT_NUMBER, FORMAL_TITLE, number_in, period_of, repeals_of, status_of
from vectorstore.types import DocumentKind, PassageKind, Period, Status

_FRONT_LINES = 16
_OFFICE = re.compile(
    r"[^\s，。：；、《》“”（）]{2,30}(?:委员会|管委会|人民政府|办公室|办公厅|局|厅|部|院|政府|领导小组|委员會|人民政府辦公室|委)"
)
_LABELS = (
    "索引号|主题分类|发文机关|发布机构|发文单位|印发机关|制定机关|信息来源|发文字号|文号|成文日期|发文日期|发布日期|"
    "公开日期|生成日期|有效性|效力状态|主题词|关键词|信息分类|组配分类|体裁|公开方式|公文种类"
)
_LABELLED = re.compile(rf"(?:{_LABELS})\s*[:：]")
_TITLE_LABEL = re.compile(r"(?:标题|名称|信息名称|文件名称)\s*[:：]\s*(\S.{3,90})$")
_ISSUER_LABEL = re.compile(r"(?:发文机关|发布机构|发文单位|印发机关|制定机关)\s*[:：]\s*(\S{2,40})")
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_CHINESE_DATE = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ADOPTED = re.compile(r"[（(].{0,80}(?:通过|批准|公布|印发|发布|修订|修正)")
_ISSUED_LABEL = re.compile(r"(?:成文日期|发文日期|發文日期|印发日期)\s*[:：]?\s*")
_SHOWN_LABEL = re.compile(
    r"(?:发布日期|发布时间|發布時間|發佈時間|公开日期|生成日期|发布于|时间|時間|日期)\s*[:：]?\s*"
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says about itself; empty where it is silent."""

    title: str
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    region: str = ""
    period: Period = field(default_factory=Period)
    kind: DocumentKind = DocumentKind.UNKNOWN
    status: Status = Status.UNKNOWN
    repeals: tuple[str, ...] = ()
    script: str = ""


def describe(outline: Outline, name: str, given: Given | None = None) -> Description:
    """Read a document's description out of its own words.

    Args:
        outline: its clean text and units.
        name: file name without its ending, the title of last resort.
        given: what the file's properties or record say; it goes before what the text says.

    Returns:
        The description.
    """
    given = given or Given()
    lines = _lines(outline)
    front = _front(lines)
    title = given.title or _title(front) or _title_ahead(lines[0] if lines else "") or name
    issuer = given.issuer or _issuer(title, front, lines)
    number = given.document_number or _document_number(front, lines)
    issued_on = given.issued_on or _issued_on(front, lines)
    kind = given.kind or kind_of(title, front, lines, number)
    status = given.status or status_of(title, front, kind, number, outline.text, dated=issued_on is not None)
    is_policy = status != Status.NOT_POLICY
    period = period_of(title, front, outline.text) if is_policy else Period()
    return Description(
        title=title,
        issuer=issuer,
        document_number=number,
        issued_on=issued_on,
        region=given.region or region_of(title, issuer, outline.text),
        period=period if given.period == Period() else given.period,
        kind=kind,
        status=status,
        repeals=repeals_of(outline.text) if is_policy else (),
        script=script_of(outline.text),
    )


def _lines(outline: Outline) -> list[str]:
    return [
        outline.text[unit.start : unit.end].strip()
        for unit in outline.units
        if unit.kind != PassageKind.TABLE_ROW
    ]


def _front(lines: list[str]) -> list[str]:
    """The lines above the body: up to the first numbered heading or the first long paragraph."""
    front: list[str] = []
    for line in lines[:_FRONT_LINES]:
        if (number_of(line) and front) or len(line) > 90:
            break
        front.append(line)
    return front


def _title(front: list[str]) -> str:
    for line in front:
        labelled = _TITLE_LABEL.match(line)
        if labelled:
            return _tidy_title(labelled.group(1))
    candidates = [
        line
        if _may_be_title(line) or (_OFFICE.fullmatch(line) and below.startswith(("关于", "關於")))
        else ""
        for line, below in pairwise([*front, ""])
    ]
    for start in range(len(candidates)):
        joined = ""
        for line in candidates[start : start + 4]:
            if not line:
                break
            joined += line
            if FORMAL_TITLE.search(joined) and len(joined) <= 120:
                return _tidy_title(joined)
    return _tidy_title(next((line for line in candidates if line), ""))


def _title_ahead(line: str) -> str:
    """The formal title that stands in front of the text on one line with it, as in exports without breaks."""
    title = line.split(" ", 1)[0]
    return title if " " in line and _may_be_title(title) and FORMAL_TITLE.search(title) else ""


def _may_be_title(line: str) -> bool:
    if not 2 <= len(line) <= 90 or line.endswith(("。", "；", "：", ":")) or BYLINE.search(line):
        return False
    if re.fullmatch(r"[（(〔【].*[）)〕】]", line) or DOCUMENT_NUMBER.search(line) or _LABELLED.match(line):
        return False
    if (
        _ISSUED_LABEL.match(line)
        or _SHOWN_LABEL.match(line)
        or re.fullmatch(r"附件\s*\d*[:：]?", line)
        or (len(line) <= 16 and _date_in(line))
    ):
        return False
    return not (_OFFICE.fullmatch(line) or line.endswith("文件") or number_of(line))


def _tidy_title(title: str) -> str:
    """Take out the space a line break left inside a formal title; a headline's space parts its halves."""
    if FORMAL_TITLE.search(title):
        title = re.sub(r"(?<=[㐀-鿿”》）]) +(?=[㐀-鿿“《（])", "", title)
    return title.strip()


def _issuer(title: str, front: list[str], lines: list[str]) -> str:
    for line in front:
        labelled = _ISSUER_LABEL.match(line)
        if labelled:
            return labelled.group(1)
    named = re.match(rf"({_OFFICE.pattern})\s*(?:关于|關於)", title)
    if named:
        return named.group(1)
    for line in front:
        if _OFFICE.fullmatch(line):
            return line
    return next((office for office, _ in _signatures(lines)), "")


def _signatures(lines: list[str]) -> Iterator[tuple[str, date]]:
    """Signatures: an office with the date below it or behind it, wherever in the document."""
    for line, below in pairwise([*lines, ""]):
        if len(line) > 60:
            continue
        words, _, rest = line.partition(" ")
        for office, dated in ((line, below), (words, rest)):
            if len(dated) <= 16 and _OFFICE.fullmatch(office) and (found := _date_in(dated)):
                yield office, found


def _document_number(front: list[str], lines: list[str]) -> str:
    for line in [*front, *(line for line in lines if len(line) <= 24)]:
        bare = re.sub(r"^(?:发文字号|文号|发文号)\s*[:：]\s*", "", line)
        found = DOCUMENT_NUMBER.match(bare)
        if found and len(bare) <= found.end() + 12:
            return number_in(found)
    return ""


def _issued_on(front: list[str], lines: list[str]) -> date | None:
    """When it was issued: by its own label, signature, a date alone on a line, or the day it was shown."""
    signed = next((found for _, found in _signatures(lines)), None)
    alone = (_date_in(line) for line in (*front, *reversed(lines[-8:])) if len(line.strip("（）() ")) <= 16)
    adopted = (_date_in(line) for line in front if _ADOPTED.match(line))
    said, shown = _labelled_date(front, _ISSUED_LABEL), _labelled_date(front, _SHOWN_LABEL)
    return next((found for found in (said, signed, *alone, *adopted, shown) if found), None)


def _labelled_date(front: list[str], label: re.Pattern[str]) -> date | None:
    for line in front:
        named = label.search(line)
        if named and (found := _date_in(line[named.end() : named.end() + 24])):
            return found
    return None


def _date_in(text: str) -> date | None:
    found = _DATE.search(text)
    if found:
        year, month, day = map(int, found.groups())
    elif found := _CHINESE_DATE.search(text):
        year = int("".join("0" if digit in "○Oo0" else str(value_of(digit)) for digit in found.group(1)))
        month, day = value_of(found.group(2)), value_of(found.group(3))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
