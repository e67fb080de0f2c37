"""Documents, passages and tables as rows of the catalogue, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Table

from vectorstore import tables
from vectorstore.fact_rows import from_fact
from vectorstore.facts import FactReading
from vectorstore.types import (
    DocumentKind,
    DocumentTable,
    ParsedDocument,
    Passage,
    PassageKind,
    Period,
    PolicyDocument,
    Status,
    TableRow,
    passage_id,
)
from vectorstore.validity import Validity


def rows_of(parsed: ParsedDocument, generation: int) -> dict[Table, list[dict[str, Any]]]:
    """Return all rows of a document that becomes visible with a generation, by their tables in order."""
    document_id = parsed.document.id
    last = len(parsed.passages) - 1
    return {
        tables.documents: [from_document(parsed.document, generation)],
        tables.texts: [from_text(parsed)],
        tables.passages: [from_passage(passage, passage.ordinal == last) for passage in parsed.passages],
        tables.document_tables: [
            from_table(table, document_id, at) for at, table in enumerate(parsed.tables)
        ],
        tables.facts: fact_rows(document_id, parsed.document.region, parsed.facts),
    }


def from_text(parsed: ParsedDocument) -> dict[str, Any]:
    """Return the row of a document's clean text."""
    return {
        "document_id": parsed.document.id,
        "text": parsed.text,
        "left_out": list(parsed.left_out),
        "facts_problem": parsed.facts.problem if parsed.facts else None,
    }


def fact_rows(document_id: str, region: str, reading: FactReading | None) -> list[dict[str, Any]]:
    """Return the rows of a document's facts."""
    facts = reading.facts if reading else ()
    return [from_fact(fact, document_id, at, region) for at, fact in enumerate(facts)]


def from_document(document: PolicyDocument, generation: int) -> dict[str, Any]:
    """Return the row of a document that becomes visible with a generation."""
    return {
        "id": document.id,
        "source": document.source,
        "content_hash": document.content_hash,
        "title": document.title,
        "region": document.region,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "issued_on": document.issued_on,
        "period_start": document.period.start,
        "period_end": document.period.end,
        "validity": _from_validity(document.validity) if document.validity else None,
        "kind": document.kind.value,
        "status": document.status.value,
        "repeals": list(document.repeals),
        "script": document.script,
        "format": document.format,
        "ingested_at": document.ingested_at,
        "added_in": generation,
    }


def to_document(row: Row[Any]) -> PolicyDocument:
    """Return the document of a row."""
    return PolicyDocument(
        id=row.id,
        source=row.source,
        content_hash=row.content_hash,
        title=row.title,
        region=row.region,
        issuer=row.issuer,
        document_number=row.document_number,
        issued_on=row.issued_on,
        period=Period(row.period_start, row.period_end),
        kind=DocumentKind(row.kind),
        status=Status(row.status),
        repeals=tuple(row.repeals),
        script=row.script,
        format=row.format,
        ingested_at=utc(row.ingested_at),
        validity=_to_validity(row.validity) if row.validity else None,
    )


def from_passage(passage: Passage, is_last: bool) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "ordinal": passage.ordinal,
        "section": list(passage.section),
        "kind": passage.kind.value,
        "text": passage.text,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "caption": passage.table,
        "is_last": is_last,
    }


def to_passage(row: Row[Any]) -> Passage:
    """Return the passage of a row; its neighbours follow from its place among the document's passages."""
    ordinal, document_id = row.ordinal, row.document_id
    return Passage(
        id=row.id,
        document_id=document_id,
        ordinal=ordinal,
        section=tuple(row.section),
        kind=PassageKind(row.kind),
        text=row.text,
        page=row.page,
        start=row.start,
        end=row.end,
        table=row.caption,
        previous=passage_id(document_id, ordinal - 1) if ordinal else "",
        next="" if row.is_last else passage_id(document_id, ordinal + 1),
    )


def from_table(table: DocumentTable, document_id: str, ordinal: int) -> dict[str, Any]:
    """Return the row of a document's table."""
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "caption": table.caption,
        "header": table.header,
        "rows": [(row.start, row.end, row.cells) for row in table.rows],
        "section": table.section,
        "page": table.page,
        "start": table.start,
        "end": table.end,
    }


def to_table(row: Row[Any]) -> DocumentTable:
    """Return the table of a row."""
    return DocumentTable(
        caption=row.caption,
        header=tuple(map(tuple, row.header)),
        rows=tuple(TableRow(tuple(cells), start, end) for start, end, cells in row.rows),
        section=tuple(row.section),
        page=row.page,
        start=row.start,
        end=row.end,
    )


def utc(moment: datetime | None) -> datetime | None:
    """Give a stored moment its time zone back, which SQLite does not keep."""
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def _from_validity(validity: Validity) -> dict[str, Any]:
    days = {"first_day": validity.first_day, "last_day": validity.last_day}
    return asdict(validity) | {name: day.isoformat() if day else None for name, day in days.items()}


def _to_validity(fields: dict[str, Any]) -> Validity:
    days = {name: fields[name] for name in ("first_day", "last_day")}
    return Validity(**fields | {name: date.fromisoformat(day) if day else None for name, day in days.items()})
