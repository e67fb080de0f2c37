"""The values the whole project speaks of: documents, passages and search hits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from vectorstore.facts import FactReading
from vectorstore.kinds import DocumentKind as DocumentKind
from vectorstore.kinds import PassageKind as PassageKind
from vectorstore.kinds import Status as Status
from vectorstore.languages.language import answer_line, own_words
from vectorstore.validity import Validity


@dataclass(frozen=True, slots=True)
class Period:
    """The years a document covers, both ends included; an end it does not state is None."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of the library; what it does not say about itself stays empty.

    Attributes:
        id: hash of the file's content, hexadecimal; of what was understood, where it was read again.
        source: name by which people know the file (relative path or file name).
        content_hash: SHA-256 of the raw bytes, hexadecimal.
        issuer: who issued it; several bodies are parted by 、, `issuers` parts them.
        kind: its form, told by its title and its head.
        status: what the document itself and the library's other documents say; whether its
            period has ended depends on the day, so ask `standing`.
        validity: the days on which it applies by its own words, None where it says nothing of them.
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
    kind: DocumentKind = DocumentKind.UNKNOWN
    status: Status = Status.UNKNOWN
    repeals: tuple[str, ...] = ()
    superseded_by: str = ""
    script: str = ""
    format: str = ""
    ingested_at: datetime | None = None
    validity: Validity | None = None

    @property
    def issuers(self) -> tuple[str, ...]:
        """The bodies that issued it together; empty where it names none."""
        return tuple(filter(None, self.issuer.split("、")))

    @property
    def years(self) -> Period:
        """The years it covers, or else those on which it applies."""
        validity = self.validity or Validity()
        if self.period != Period():
            return self.period
        first, last = validity.first_day, validity.last_day
        return Period(first.year if first else None, last.year if last else None)

    @property
    def last_day(self) -> date | None:
        """The last day on which it applies, or the last of its period; None where none is known."""
        if self.validity and self.validity.last_day:
            return self.validity.last_day
        return date(self.period.end, 12, 31) if self.period.end else None

    def standing(self, today: date) -> Status:
        """Return the status on a given day.

        A document whose validity, or else whose period, has ended by then is expired; whether one is in force
        that does not apply yet, or whose end cannot be worked out, is unknown.
        """
        if self.status not in (Status.IN_FORCE, Status.UNKNOWN):
            return self.status
        validity = self.validity or Validity()
        if validity.last_day is None and self.period.end is not None and self.period.end < today.year:
            return Status.EXPIRED
        if validity.is_over(today):
            return Status.EXPIRED
        return Status.UNKNOWN if validity.is_to_come(today) or validity.is_open else self.status

    @own_words
    @answer_line
    def standing_label(self, today: date) -> str:
        """Return the words a reader sees for its standing on a day: no stronger than what is proven."""
        standing, validity = self.standing(today), self.validity or Validity()
        if standing is Status.EXPIRED and validity.is_over(today):
            return "有效期已满"
        if standing is Status.UNKNOWN and validity.is_to_come(today):
            return "尚未施行"
        if standing is Status.UNKNOWN and validity.is_open:
            return "有效期截止日不明"
        if standing is Status.IN_FORCE and validity.last_day is None and self.period.end is None:
            return "现行有效（未载明有效期）"
        return standing.label

    @answer_line
    def standing_reason(self, today: date) -> str:
        """Say in one Chinese sentence how the standing was worked out; "" where no day has to do with it."""
        if self.standing(today) not in (Status.IN_FORCE, Status.EXPIRED, Status.UNKNOWN):
            return ""
        validity = self.validity or Validity()
        if self.period.end is None or validity.limited:
            return validity.explanation(today) if self.validity else "文件未载明有效期。"
        start, end = self.period.start, self.period.end
        if end < today.year:
            return f"规划期为{start}年至{end}年，已届满。" if start else f"规划期至{end}年，已届满。"
        return f"规划期为{start}年至{end}年。" if start else f"规划期至{end}年。"


def passage_id(document_id: str, ordinal: int) -> str:
    """Return the id of a passage by its document and its place there, from 0."""
    return f"{document_id}:{ordinal:05}"


def document_of(passage: str) -> str:
    """Return the id of the document that a passage's id names."""
    return passage.rpartition(":")[0]


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
class TableRow:
    """A row of a table's body.

    Attributes:
        cells: one for each column, a merged cell repeated wherever it reaches; one that stands across all
            columns comes first, with "" in all others.
        start, end: where it stands in the document's clean text, in characters.
    """

    cells: tuple[str, ...]
    start: int
    end: int

    @property
    def is_group(self) -> bool:
        """Whether one cell stands across all columns: the name of the rows below it, or a remark."""
        return len(self.cells) > 1 and bool(self.cells[0]) and not any(self.cells[1:])


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A whole table of a document, for showing; each of its rows is a passage besides.

    Attributes:
        caption: the line that names it, or "".
        header: the rows that name the columns, merged cells repeated, from the top down.
        rows: the body, every row as wide as the header.
        section: headings from the outermost to the nearest.
        page: page its first row stands on, from 1, where the source has pages.
        start, end: where it stands in the document's clean text, in characters; a passage made of one of its
            rows lies between them.
    """

    caption: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[TableRow, ...]
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int

    def holds(self, passage: Passage) -> bool:
        """Return whether a passage of the same document is one of its rows."""
        return passage.kind is PassageKind.TABLE_ROW and self.start <= passage.start < self.end


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as ingestion understood it, ready to be stored whole.

    Attributes:
        document: what is known about it.
        text: its clean text; passages and tables point into it.
        passages: in document order, ordinals from 0.
        tables: in document order.
        left_out: what the file holds and the document does not, each line with its reason where there is one.
        facts: what it states, None where that was not read. They follow from all else, and do not tell two
            documents apart.
    """

    document: PolicyDocument
    text: str
    passages: tuple[Passage, ...] = ()
    tables: tuple[DocumentTable, ...] = ()
    left_out: tuple[str, ...] = ()
    facts: FactReading | None = field(default=None, compare=False, repr=False)


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
