"""The catalogue: what the library holds, in SQL. It is the truth; the indexes are made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, event, insert, inspect, or_, select, update
from sqlalchemy import create_engine as sqlalchemy_engine

from vectorstore import tables
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, Passage, PassageKind, Period, PolicyDocument, Status

_BATCH = 500


def create_engine(settings: LibrarySettings) -> Engine:
    """Make the engine of the catalogue.

    Args:
        settings: names the database, or leaves it to SQLite in the data folder.

    Returns:
        An engine; nothing is opened yet.
    """
    if settings.policy_database_url:
        return sqlalchemy_engine(settings.policy_database_url, pool_pre_ping=True)
    engine = sqlalchemy_engine(f"sqlite:///{settings.policy_data_dir / 'catalogue.sqlite'}")

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: object) -> None:
        # Readers go on while one process writes; FULL, because what is acknowledged must survive a power cut.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


class Catalogue:
    """Reading and writing the tables; a method that writes is one transaction.

    Args:
        engine: where the tables are.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self) -> None:
        """Make the tables that are missing."""
        tables.metadata.create_all(self._engine)

    def exists(self) -> bool:
        """Say whether the tables are there."""
        return inspect(self._engine).has_table("meta")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    # Reading

    def facts(self) -> dict[str, str]:
        """Return what the library knows about itself: generation, embedding model, names of its indexes."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.meta.c.name, tables.meta.c.value))
            return {row.name: row.value for row in rows}

    def generation(self) -> int:
        """Return the generation that readers should see."""
        query = select(tables.meta.c.value).where(tables.meta.c.name == "generation")
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def visible(self, generation: int) -> frozenset[str]:
        """Return the ids of the documents that a reader at a generation sees."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(tables.documents.c.id).where(_visible(generation))))

    def documents(self, generation: int) -> list[PolicyDocument]:
        """Return the documents that a reader at a generation sees, in the order of their sources."""
        query = select(tables.documents).where(_visible(generation)).order_by(tables.documents.c.source)
        with self._engine.connect() as connection:
            return [_document(row) for row in connection.execute(query)]

    def text(self, document_id: str) -> str | None:
        """Return a document's clean text, or None where there is no such document."""
        query = select(tables.texts.c.text).where(tables.texts.c.document_id == document_id)
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def passages(self, document_ids: Iterable[str]) -> Iterator[Passage]:
        """Give the passages of documents, in the order given and of each document."""
        for document_id in document_ids:
            query = (
                select(tables.passages)
                .where(tables.passages.c.document_id == document_id)
                .order_by(tables.passages.c.ordinal)
            )
            with self._engine.connect() as connection:
                rows = connection.execute(query).all()
            yield from map(_passage, rows)

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages by id in the order asked for; unknown ids are left out.

        A passage that has just been replaced is still there for a while, so that a question under way
        can finish with what it found.
        """
        found: dict[str, Passage] = {}
        with self._engine.connect() as connection:
            for batch in _batches(passage_ids):
                query = select(tables.passages).where(tables.passages.c.id.in_(batch))
                found.update((row.id, _passage(row)) for row in connection.execute(query))
        return [found[passage_id] for passage_id in passage_ids if passage_id in found]

    def holdings(self) -> list[tuple[str, str, str]]:
        """Return source, document id and content hash of every file known to the writer."""
        query = (
            select(tables.sources.c.source, tables.documents.c.id, tables.documents.c.content_hash)
            .join(tables.documents, tables.documents.c.id == tables.sources.c.document_id)
            .where(tables.documents.c.removed_in.is_(None))
        )
        with self._engine.connect() as connection:
            return [(row.source, row.id, row.content_hash) for row in connection.execute(query)]

    def parsed(self, document_id: str) -> ParsedDocument:
        """Return a document with its text and passages, whether it is shown or not."""
        query = select(tables.documents).where(tables.documents.c.id == document_id)
        with self._engine.connect() as connection:
            document = _document(connection.execute(query).one())
        return ParsedDocument(document, self.text(document_id) or "", tuple(self.passages([document_id])))

    def passage_ids(self, document_id: str) -> list[str]:
        """Return the ids of a document's passages."""
        query = select(tables.passages.c.id).where(tables.passages.c.document_id == document_id)
        with self._engine.connect() as connection:
            return list(connection.scalars(query))

    def pending(self, generation: int) -> tuple[list[str], list[str]]:
        """Return the ids of documents stored but not yet shown, and of those removed but still here.

        Args:
            generation: the one that readers see.
        """
        new = select(tables.documents.c.id).where(tables.documents.c.added_in > generation)
        gone = select(tables.documents.c.id).where(tables.documents.c.removed_in <= generation)
        with self._engine.connect() as connection:
            return list(connection.scalars(new)), list(connection.scalars(gone))

    # Writing

    def state(self, facts: Mapping[str, str]) -> None:
        """Set what the library knows about itself; a reader sees all of it or nothing."""
        with self._engine.begin() as connection:
            for name, value in facts.items():
                connection.execute(delete(tables.meta).where(tables.meta.c.name == name))
                connection.execute(insert(tables.meta).values(name=name, value=value))

    def store(
        self,
        parsed: Sequence[ParsedDocument],
        removed: Collection[str],
        owners: Mapping[str, str | None],
        generation: int,
    ) -> None:
        """Write a batch that becomes visible once the library reaches its generation.

        Args:
            parsed: the new documents.
            removed: ids of documents that leave with the batch.
            owners: source → document id for every file whose document changes, None where it has none.
            generation: the batch's own, one above the one that readers see.
        """
        with self._engine.begin() as connection:
            for part in parsed:
                _insert(connection, part, generation)
            for batch in _batches(list(removed)):
                leaving = tables.documents.c.id.in_(batch)
                connection.execute(update(tables.documents).where(leaving).values(removed_in=generation))
                connection.execute(delete(tables.sources).where(tables.sources.c.document_id.in_(batch)))
            for source, owner in owners.items():
                connection.execute(delete(tables.sources).where(tables.sources.c.source == source))
                if owner is not None:
                    connection.execute(insert(tables.sources).values(source=source, document_id=owner))

    def rename(self, document_id: str, source: str) -> None:
        """Let a document be known by another of the files that hold it."""
        change = update(tables.documents).where(tables.documents.c.id == document_id)
        with self._engine.begin() as connection:
            connection.execute(change.values(source=source))

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete documents with everything that belongs to them."""
        with self._engine.begin() as connection:
            for batch in _batches(document_ids):
                for table in (tables.passages, tables.texts, tables.sources):
                    connection.execute(delete(table).where(table.c.document_id.in_(batch)))
                connection.execute(delete(tables.documents).where(tables.documents.c.id.in_(batch)))

    # Embedding cache

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, bytes]:
        """Return the cached vectors of a model, by the hash of their text."""
        cached: dict[str, bytes] = {}
        with self._engine.connect() as connection:
            for batch in _batches(hashes):
                query = select(tables.embeddings.c.text_hash, tables.embeddings.c.vector).where(
                    tables.embeddings.c.model == model, tables.embeddings.c.text_hash.in_(batch)
                )
                cached.update((row.text_hash, row.vector) for row in connection.execute(query))
        return cached

    def keep_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Add vectors that are not yet in the cache."""
        rows = [{"model": model, "text_hash": key, "vector": vector} for key, vector in vectors.items()]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(tables.embeddings), rows)


def _visible(generation: int) -> Any:
    removed = tables.documents.c.removed_in
    return and_(tables.documents.c.added_in <= generation, or_(removed.is_(None), removed > generation))


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _insert(connection: Connection, parsed: ParsedDocument, generation: int) -> None:
    document = parsed.document
    connection.execute(
        insert(tables.documents).values(
            id=document.id,
            source=document.source,
            content_hash=document.content_hash,
            title=document.title,
            region=document.region,
            issuer=document.issuer,
            document_number=document.document_number,
            issued_on=document.issued_on,
            period_start=document.period.start,
            period_end=document.period.end,
            status=document.status.value,
            repeals=list(document.repeals),
            script=document.script,
            format=document.format,
            ingested_at=document.ingested_at,
            added_in=generation,
        )
    )
    connection.execute(insert(tables.texts).values(document_id=document.id, text=parsed.text))
    rows = [_row(passage) for passage in parsed.passages]
    if rows:
        rows[-1]["is_last"] = True
        connection.execute(insert(tables.passages), rows)


def _row(passage: Passage) -> dict[str, Any]:
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
        "is_last": False,
    }


def _document(row: Row[Any]) -> PolicyDocument:
    ingested_at = row.ingested_at
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
        status=Status(row.status),
        repeals=tuple(row.repeals),
        script=row.script,
        format=row.format,
        # SQLite keeps no time zone; what was stored is UTC.
        ingested_at=ingested_at.replace(tzinfo=UTC)
        if ingested_at and not ingested_at.tzinfo
        else ingested_at,
    )


def _passage(row: Row[Any]) -> Passage:
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
        previous=f"{document_id}:{ordinal - 1:05}" if ordinal else "",
        next="" if row.is_last else f"{document_id}:{ordinal + 1:05}",
    )
