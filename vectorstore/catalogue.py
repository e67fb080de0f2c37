"""The catalogue: what the library holds, in SQL. It is the truth; the indexes are made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from vectorstore import tables
from vectorstore.changes import batches, enter, purge, withdraw
from vectorstore.checked_rows import CheckedRows
from vectorstore.database import Database
from vectorstore.document_groups import DocumentGroups, hidden_sources
from vectorstore.errors import damaged_document
from vectorstore.fact_laying import lay
from vectorstore.fact_queries import FactQueries, Hidden
from vectorstore.fact_records import FactRecords
from vectorstore.rows import to_document, to_passage, to_table
from vectorstore.types import DocumentTable, ParsedDocument, Passage, PolicyDocument

_OF_THE_LIBRARY = tables.meta.c.name != tables.READABLE_FROM_NAME


class Catalogue:
    """Reading and writing the tables; a method that writes is one transaction.

    Args:
        database: where the tables are.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fact_records = FactRecords(database)
        self.groups = DocumentGroups(database)
        self._rows = CheckedRows(database)

    # Reading

    @property
    def damaged(self) -> frozenset[str]:
        """Ids of the documents that were found to be other than they were stored."""
        return self._rows.damaged

    def check(self, document_id: str) -> bool:
        """Say whether all of a document is as it was stored."""
        return self._rows.check(document_id)

    def check_quoted(self, document_ids: Sequence[str]) -> None:
        """Check what is quoted beside the passages of some documents; see `damaged`."""
        self._rows.check_quoted(document_ids)

    def facts(self) -> dict[str, str]:
        """Return what the library knows about itself: generation, embedding model, names of its indexes."""
        with self.database.reading() as connection:
            return _known(connection)

    def state_shown(self) -> tuple[str, int]:
        """Return which library this is, and the generation that readers should see."""
        query = select(tables.meta).where(tables.meta.c.name.in_(("library", "generation")))
        with self.database.reading() as connection:
            facts = {row.name: row.value for row in connection.execute(query)}
        return facts.get("library", ""), int(facts.get("generation", "0"))

    def visible(self, generation: int, groups: Collection[str] | None = None) -> frozenset[str]:
        """Return the ids of the documents that a reader at a generation sees.

        Args:
            generation: the reader's.
            groups: those that the reader belongs to; None where the reader sees what is anybody's.
        """
        query = select(tables.documents.c.id).where(_visible(generation))
        if groups is not None:
            query = query.where(tables.documents.c.source.not_in(hidden_sources(groups)))
        with self.database.reading() as connection:
            return frozenset(connection.scalars(query))

    def documents(self, generation: int) -> list[PolicyDocument]:
        """Return the documents that a reader at a generation sees, in the order of their sources."""
        rows = self._rows.read(tables.documents, _visible(generation), tables.documents.c.source)
        return [to_document(row) for row in rows]

    def text(self, document_id: str) -> str | None:
        """Return a document's clean text, or None where there is no such document."""
        rows = self._rows.read(tables.texts, tables.texts.c.document_id == document_id)
        return rows[0].text if rows else None

    def left_out(self, document_id: str) -> tuple[str, ...]:
        """Return what a document's file holds and its text does not."""
        query = select(tables.texts.c.left_out).where(tables.texts.c.document_id == document_id)
        with self.database.reading() as connection:
            return tuple(connection.scalar(query) or ())

    def passages(self, document_ids: Iterable[str]) -> Iterator[Passage]:
        """Give the passages of documents, in the order given and of each document."""
        for document_id in document_ids:
            of = tables.passages.c.document_id == document_id
            yield from map(to_passage, self._rows.read(tables.passages, of, tables.passages.c.ordinal))

    def document_tables(self, document_id: str) -> tuple[DocumentTable, ...]:
        """Return a document's tables, in its order."""
        of = tables.document_tables.c.document_id == document_id
        rows = self._rows.read(tables.document_tables, of, tables.document_tables.c.ordinal)
        return tuple(map(to_table, rows))

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages by id in the order asked for; unknown ids are left out.

        A passage that has just been replaced is still there for a while, so that a question under way
        can finish with what it found.
        """
        found: dict[str, Passage] = {}
        for batch in batches(passage_ids):
            rows = self._rows.read(tables.passages, tables.passages.c.id.in_(batch))
            found.update((row.id, to_passage(row)) for row in rows)
        return [found[passage_id] for passage_id in passage_ids if passage_id in found]

    def holdings(self) -> list[tuple[str, str, str]]:
        """Return source, document id and content hash of every file known to the writer."""
        query = (
            select(tables.sources.c.source, tables.documents.c.id, tables.documents.c.content_hash)
            .join(tables.documents, tables.documents.c.id == tables.sources.c.document_id)
            .where(tables.documents.c.removed_in.is_(None))
        )
        with self.database.reading() as connection:
            return [(row.source, row.id, row.content_hash) for row in connection.execute(query)]

    def parsed(self, document_id: str) -> ParsedDocument:
        """Return a document with its text, passages and tables, whether it is shown or not.

        Raises:
            DamagedError: it is not as it was stored.
        """
        rows = self._rows.read(tables.documents, tables.documents.c.id == document_id)
        text, passages = self.text(document_id), tuple(self.passages([document_id]))
        whole_tables = self.document_tables(document_id)
        if not rows or text is None or document_id in self.damaged:
            raise damaged_document(self.source(document_id))
        return ParsedDocument(to_document(rows[0]), text, passages, whole_tables, self.left_out(document_id))

    def source(self, document_id: str) -> str:
        """Return the file that a document is known by, or the id where there is none."""
        query = select(tables.documents.c.source).where(tables.documents.c.id == document_id)
        with self.database.reading() as connection:
            return connection.scalar(query) or document_id

    def passage_ids(self, document_id: str) -> list[str]:
        """Return the ids of a document's passages."""
        query = select(tables.passages.c.id).where(tables.passages.c.document_id == document_id)
        with self.database.reading() as connection:
            return list(connection.scalars(query))

    def unfinished(self, generation: int) -> list[str] | None:
        """Return the ids of documents that are stored but not shown; None where nothing waits to be shown.

        Args:
            generation: the one that readers see.
        """
        new = select(tables.documents.c.id).where(tables.documents.c.added_in > generation)
        leaving = select(tables.documents.c.id).where(tables.documents.c.removed_in > generation)
        with self.database.reading() as connection:
            found = list(connection.scalars(new))
            return found if found or connection.scalar(leaving.limit(1)) else None

    def removed(self, generation: int) -> list[str]:
        """Return the ids of documents that are no longer shown but still here."""
        query = select(tables.documents.c.id).where(tables.documents.c.removed_in <= generation)
        with self.database.reading() as connection:
            return list(connection.scalars(query))

    def count(self, generation: int) -> int:
        """Return the number of passages that a reader at a generation sees."""
        query = (
            select(func.count())
            .select_from(tables.passages)
            .join(tables.documents, tables.documents.c.id == tables.passages.c.document_id)
            .where(_visible(generation))
        )
        with self.database.reading() as connection:
            return connection.scalar(query) or 0

    def passage_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Return document id → number of its passages."""
        of = tables.passages.c.document_id
        counts: dict[str, int] = {}
        with self.database.reading() as connection:
            for batch in batches(document_ids):
                query = select(of, func.count()).where(of.in_(batch)).group_by(of)
                counts.update((document_id, number) for document_id, number in connection.execute(query))
        return counts

    def fact_queries(self, generation: int, groups: Collection[str] | None = None) -> FactQueries:
        """Return what answers questions about the facts of the documents that a reader sees.

        Args: as for `visible`.
        """
        documents = tables.documents.c
        # Each of both has an index, which the contrary of `_visible` would not use.
        hidden = or_(documents.added_in > generation, documents.removed_in <= generation)
        sources = hidden_sources(groups) if groups is not None else None
        if sources is not None:
            hidden = or_(hidden, documents.source.in_(sources))
        return FactQueries(
            self.database, self._rows, Hidden(select(tables.documents.c.id).where(hidden), sources)
        )

    # Writing

    def state(self, facts: Mapping[str, str]) -> None:
        """Set what the library knows about itself; a reader sees all of it or nothing."""
        rows = [{"name": name, "value": value} for name, value in facts.items()]
        with self.database.writing() as connection:
            connection.execute(delete(tables.meta).where(_OF_THE_LIBRARY))
            connection.execute(insert(tables.meta), rows)

    def store(
        self,
        parsed: Sequence[ParsedDocument],
        removed: Collection[str],
        owners: Mapping[str, str | None],
        generation: int,
    ) -> None:
        """Write a batch that becomes visible once the library reaches its generation.

        Args:
            parsed: the new documents; what a removed one left under the same id makes room.
            removed: ids of documents that leave with the batch.
            owners: source → document id for every file whose document changes, None where it has none.
            generation: the batch's own, one above the one that readers see.
        """
        with self.database.writing() as connection:
            purge(connection, [part.document.id for part in parsed])
            withdraw(connection, list(removed), generation)
            for part in parsed:
                enter(connection, part, generation)
            for source, owner in owners.items():
                connection.execute(delete(tables.sources).where(tables.sources.c.source == source))
                if owner is not None:
                    connection.execute(insert(tables.sources).values(source=source, document_id=owner))
            lay(connection, [part.document.id for part in parsed], _known(connection))

    def rename(self, document_id: str, source: str) -> None:
        """Let a document be known by another of the files that hold it."""
        change = update(tables.documents).where(tables.documents.c.id == document_id)
        with self.database.writing() as connection:
            connection.execute(change.values(source=source))
            lay(connection, [document_id], _known(connection))

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete documents with everything that belongs to them."""
        with self.database.writing() as connection:
            purge(connection, document_ids)


def _known(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(tables.meta.c.name, tables.meta.c.value).where(_OF_THE_LIBRARY))
    return {row.name: row.value for row in rows}


def _visible(generation: int) -> Any:
    removed = tables.documents.c.removed_in
    return and_(tables.documents.c.added_in <= generation, or_(removed.is_(None), removed > generation))
