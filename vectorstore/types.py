"""The values the whole project speaks of: documents, passages and search hits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """What a document is worth as a source."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    NOT_POLICY = "not_policy"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {
            Status.IN_FORCE: "现行有效",
            Status.DRAFT: "征求意见稿",
            Status.EXPIRED: "规划期已满",
            Status.SUPERSEDED: "已废止/被替代",
            Status.NOT_POLICY: "新闻/文章",
            Status.UNKNOWN: "状态未注明",
        }[self]


class PassageKind(StrEnum):
    """What a passage was in its document."""

    TEXT = "text"
    TABLE_ROW = "table_row"
    LIST = "list"
    BOX = "box"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Period:
    """The years a document covers, both ends included; an end it does not state is None."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of the library; what it does not say about itself stays empty.

    Attributes:
        id: hash of the file's content, hexadecimal.
        source: name by which people know the file (relative path or file name).
        content_hash: SHA-256 of the raw bytes, hexadecimal.
        status: what the document itself and the library's other documents say; whether its
            period has ended depends on the day, so ask `standing`.
        repeals: titles or document numbers that this document declares replaced.
        superseded_by: id of the document that replaced this one, or "".
        script: "hans" (Simplified), "hant" (Traditional) or "".
    """

    id: str
    source: str
    content_hash: str
    title: str
    region: str = ""
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    period: Period = Period()
    status: Status = Status.UNKNOWN
    repeals: tuple[str, ...] = ()
    superseded_by: str = ""
    script: str = ""
    format: str = ""
    ingested_at: datetime | None = None

    def standing(self, today: date) -> Status:
        """Return the status on a given day: a document whose period has ended by then is expired."""
        over = self.period.end is not None and self.period.end < today.year
        if over and self.status in (Status.IN_FORCE, Status.UNKNOWN):
            return Status.EXPIRED
        return self.status


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be found and cited.

    Attributes:
        id: "<document id>:<ordinal, five digits>".
        document_id: id of its document.
        ordinal: position among its document's passages, from 0.
        section: headings from the outermost to the nearest.
        text: what is read; for every kind but a table row it is exactly the document's clean
            text from `start` to `end`. A table row reads as a sentence made of its cells and
            headers, and `start`..`end` is where its cells stand.
        page: page in the source, from 1, where the source has pages.
        start, end: place in the document's clean text, in characters.
        table: caption of the table a row belongs to, else "".
        previous, next: ids of its neighbours in the document, or "".
    """

    id: str
    document_id: str
    ordinal: int
    section: tuple[str, ...]
    kind: PassageKind
    text: str
    page: int | None
    start: int
    end: int
    table: str = ""
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as ingestion understood it, ready to be stored whole.

    Attributes:
        document: what is known about it.
        text: its clean text; passages point into it.
        passages: in document order, ordinals from 0.
    """

    document: PolicyDocument
    text: str
    passages: tuple[Passage, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage found by one way of searching.

    Attributes:
        passage_id: the passage.
        document_id: its document.
        score: higher is better; its scale belongs to the way of searching.
    """

    passage_id: str
    document_id: str
    score: float
