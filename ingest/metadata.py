"""What a document says about itself: title, issuer, number, date, region, period, kind, status, repeals.

Only the document's own words count; what it does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ingest.issuing import (
    OFFICE,
    document_number_of,
    is_letterhead,
    issued_on_of,
    issuer_of,
    states_issue,
    without_number,
)
from ingest.kinds import BYLINE, kind_of
from ingest.loaders import Given
from ingest.numbering import number_of
from ingest.outline import Outline
from ingest.regions import region_of
from ingest.script import script_of
from ingest.standing import is_formal, period_of, repeals_of, status_of
from ingest.validity import validity_of
from vectorstore.types import DocumentKind, PassageKind, Period, Status
from vectorstore.validity import Validity

_FRONT_LINES = 16
_LABELS = (
    "索引号|主题分类|发文机关|发布机构|发文单位|印发机关|制定机关|信息来源|发文字号|文号|成文日期|发文日期|发布日期|"
    "公开日期|生成日期|有效性|效力状态|主题词|关键词|信息分类|组配分类|体裁|公开方式|公文种类"
)
_LABELLED = re.compile(rf"(?:{_LABELS})\s*[:：]")
_TITLE_LABEL = re.compile(r"(?:标题|名称|信息名称|文件名称)\s*[:：]\s*(\S.{3,90})$")


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
    validity: Validity | None = None
    repeals: tuple[str, ...] = ()
    script: str = ""


def describe(
    outline: Outline, name: str, given: Given | None = None, running: Sequence[str] = ()
) -> Description:
    """Read a document's description out of its own words.

    Args:
        outline: its clean text and units.
        name: file name without its ending, the title of last resort.
        given: what the file's properties or record say; it goes before what the text says.
        running: the lines that ran along its pages and are not in its text.

    Returns:
        The description.
    """
    given = given or Given()
    lines = _lines(outline)
    front = _front(lines)
    title = given.title or _title(front) or _title_ahead(lines[0] if lines else "") or name
    issuer = given.issuer or issuer_of(title, front, lines)
    number = given.document_number or document_number_of(front, lines)
    issued_on = given.issued_on or issued_on_of(front, lines)
    kind = given.kind or kind_of(title, front, lines, number)
    period = period_of(title, front, outline.text) if given.period == Period() else given.period
    validity = validity_of(outline.text, title, issued_on, given.days)
    status = given.status or status_of(title, front, kind, period, validity, running)
    is_policy = status != Status.NOT_POLICY
    return Description(
        title=title,
        issuer=issuer,
        document_number=number,
        issued_on=issued_on,
        region=given.region or region_of(title, issuer, outline.text),
        period=_years(period, validity) if is_policy else given.period,
        kind=kind,
        status=status,
        validity=validity if is_policy else None,
        repeals=repeals_of(title, outline.text) if is_policy else (),
        script=script_of(outline.text),
    )


def _years(period: Period, validity: Validity | None) -> Period:
    """The years of a document that is no plan are those of its validity."""
    if validity is None or period.end is not None:
        return period
    first, last = validity.first_day, validity.last_day
    return Period(first.year if first else None, last.year if last else None)


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
        adopted = re.fullmatch(r"[（(].{90,400}[）)]", line)
        if (number_of(line) and front) or (len(line) > 90 and not adopted):
            break
        front.append(line)
    return front


def _title(front: list[str]) -> str:
    for line in front:
        labelled = _TITLE_LABEL.match(line)
        if labelled:
            return _tidy_title(labelled.group(1))
    candidates = [
        line if _may_be_title(line) or (OFFICE.fullmatch(line) and below.startswith(("关于", "關於"))) else ""
        for line, below in pairwise([*map(without_number, front), ""])
    ]
    for start in range(len(candidates)):
        joined = ""
        for line in candidates[start : start + 4]:
            if not line:
                break
            joined += line
            if is_formal(joined) and len(joined) <= 120:
                return _tidy_title(joined)
    return _tidy_title(next((line for line in (*candidates, *filter(is_letterhead, front)) if line), ""))


def _title_ahead(line: str) -> str:
    """The formal title that stands in front of the text on one line with it, as in exports without breaks."""
    title = line.split(" ", 1)[0]
    return title if " " in line and _may_be_title(title) and is_formal(title) else ""


def _may_be_title(line: str) -> bool:
    if not 2 <= len(line) <= 90 or line.endswith(("。", "；", "：", ":")) or BYLINE.search(line):
        return False
    if re.fullmatch(r"[（(〔【].*[）)〕】]", line) or _LABELLED.match(line):
        return False
    if states_issue(line) or re.fullmatch(r"附件\s*\d*[:：]?", line):
        return False
    return not (OFFICE.fullmatch(line) or is_letterhead(line) or line.endswith("文件") or number_of(line))


def _tidy_title(title: str) -> str:
    """Take out the space a line break left inside a formal title; one parts joint issuers, or a headline."""
    if not is_formal(title):
        return title.strip()
    offices = re.match(rf"(?:{OFFICE.pattern}\s+)+(?={OFFICE.pattern}\s*(?:关于|關於))", title)
    ahead = offices.group(0) if offices else ""
    return ahead + re.sub(r"(?<=[㐀-鿿”》）]) +(?=[㐀-鿿“《（])", "", title[len(ahead) :]).strip()
