"""A document's coming, leaving and end in the tables, within somebody's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from vectorstore import tables
from vectorstore.checksums import sealed
from vectorstore.rows import rows_of
from vectorstore.types import ParsedDocument

_BATCH = 500


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give items in batches that one statement takes."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def enter(connection: Connection, parsed: ParsedDocument, generation: int) -> None:
    """Write a document that readers see from a generation on."""
    for table, rows in rows_of(parsed, generation).items():
        if rows:
            connection.execute(insert(table), [sealed(table, row) for row in rows])
    document = parsed.document
    _record(connection, "added", (document.id, document.source, document.title), generation)


def withdraw(connection: Connection, document_ids: Sequence[str], generation: int) -> None:
    """Let documents be seen no more from a generation on; they stay until they are purged."""
    for batch in batches(document_ids):
        leaving = tables.documents.c.id.in_(batch)
        named = select(tables.documents.c.id, tables.documents.c.source, tables.documents.c.title)
        for row in connection.execute(named.where(leaving)).all():
            _record(connection, "removed", tuple(row), generation)
        connection.execute(update(tables.documents).where(leaving).values(removed_in=generation))


def purge(connection: Connection, document_ids: Sequence[str]) -> None:
    """Delete documents with everything that belongs to them."""
    for batch in batches(document_ids):
        belonging = (tables.facts, tables.passages, tables.document_tables, tables.texts, tables.sources)
        for table in belonging:
            connection.execute(delete(table).where(table.c.document_id.in_(batch)))
        connection.execute(delete(tables.documents).where(tables.documents.c.id.in_(batch)))


def _record(connection: Connection, event: str, named: tuple[str, str, str], generation: int) -> None:
    row = dict(zip(("document_id", "source", "title"), named, strict=True))
    connection.execute(
        insert(tables.versions).values(generation=generation, at=datetime.now(UTC), event=event, **row)
    )
