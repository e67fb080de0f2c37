"""What a document says about itself: title, issuer, number, date, region, period, kind, status.

Only the document's own words count; what it does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.fields import days_in, fields_in, split_fields, status_named
from ingest.issuing import OFFICE, document_number_of, issued_on_of, issuer_of, office_ahead
from ingest.kinds import kind_of
from ingest.loaders import Given
from ingest.numbering import number_of
from ingest.outline import Outline
from ingest.regions import region_of
from ingest.script import script_of, simplified
from ingest.standing import period_of, status_of
from ingest.titles import title_of
from ingest.validity import validity_of
from vectorstore.languages.language import own_words
from vectorstore.types import DocumentKind, PassageKind, Period, Status
from vectorstore.validity import Validity

_FRONT_LINES = 16
_ENCLOSED = re.compile(r"附\s*件\s*[:：]")
# How far from the top of a document its fields stand, in lines.
_BOX_LINES = 80
# The mark of a footnote, as behind the title of a communiqué.
_NOTE_BEHIND = re.compile(r"(?:\[\^?\d{1,2}\]|[①-⑳])+$")
_SOURCE = re.compile(r"(?:来源|來源)\s*[:：]\s*(\S+)")
_CONGRESS = re.compile(r"(?<=在)[㐀-鿿]{2,16}?第.{1,4}届人民代表大会")
# How people number their files: 01-, (3) , A2_.
_NUMBERED_NAME = re.compile(r"^[\W\da-zA-Z_]+")


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
    plain = simplified(outline.text)
    box, lines = _parted(_lines(outline))
    front = _front(lines)
    fields = fields_in(box)
    title = given.title or title_of(fields.get("title", ""), given.headline, front, lines) or name
    title = _NOTE_BEHIND.sub("", title)
    head = [*box, *front]
    issuer = given.issuer or issuer_of(fields.get("issuer", ""), title, head, lines)
    number = given.document_number or document_number_of(head, lines)
    issued_on = given.issued_on or issued_on_of(head, lines)
    kind = given.kind or kind_of(title, head, lines, number)
    period = period_of(title, front, plain) if given.period == Period() else given.period
    validity = validity_of(plain, title, issued_on, {**days_in(fields), **given.days}, number)
    stated = given.status or status_named(fields.get("status", ""))
    if validity is None and stated is Status.IN_FORCE:
        validity = Validity(basis=own_words("随文信息标明有效"))
    status = stated or status_of(title, front, kind, number, period, validity, running)
    is_policy = status != Status.NOT_POLICY
    # A guide or an explanation says no more of who issued it than where it comes from, a list than its title.
    told = (*_sources(head), office_ahead(title)) if is_policy else ()
    issuer = issuer or next((one for one in told if OFFICE.fullmatch(one)), "")
    return Description(
        title=title,
        issuer=issuer,
        document_number=number,
        issued_on=issued_on,
        region=given.region or region_of(title, issuer, outline.text, _witnesses(given, head, name)),
        period=period if is_policy else given.period,
        kind=kind,
        status=status,
        validity=validity if is_policy else None,
        script=script_of(outline.text),
    )


def _witnesses(given: Given, head: Sequence[str], name: str) -> Iterator[str]:
    """Yield what besides title and issuer tells the place that a document is of, the surest first."""
    # 政府工作报告: in its title stands no place, below it the congress that it was read to.
    yield from (found.group() for line in head if (found := _CONGRESS.search(line)))
    yield from (source for source in (given.source, *_sources(head)) if OFFICE.fullmatch(source))
    yield from filter(None, (given.site, _NUMBERED_NAME.sub("", name)))


def _sources(head: Sequence[str]) -> Iterator[str]:
    """Yield what a page says that it comes from."""
    return (found.group(1) for line in head if (found := _SOURCE.search(line)))


def _lines(outline: Outline) -> list[str]:
    """The lines of a document; the rows of tables, those that name their columns too, are none."""
    tables = [(table.start, table.end) for table in outline.tables]
    return [
        outline.text[unit.start : unit.end].strip()
        for unit in outline.units
        if unit.kind != PassageKind.TABLE_ROW and not any(start <= unit.start < end for start, end in tables)
    ]


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the lines at the top that state fields from the others."""
    box: list[str] = []
    rest: list[str] = []
    for place, line in enumerate(lines):
        if place >= _BOX_LINES or (len(line) > 90 and not any(split_fields(line))):
            rest += lines[place:]
            break
        (box if any(split_fields(line)) else rest).append(line)
    return box, rest


def _front(lines: list[str]) -> list[str]:
    """The lines above the body: up to the first numbered heading or the first long paragraph."""
    front: list[str] = []
    for line in lines[:_FRONT_LINES]:
        adopted = re.fullmatch(r"[（(].{90,400}[）)].{0,40}", line)
        if (number_of(line) and front and not _ENCLOSED.match(line)) or (len(line) > 90 and not adopted):
            break
        front.append(line)
    return front
