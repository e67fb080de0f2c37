"""Finding facts in the catalogue: filtered, figures that contradict each other first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from sqlalchemy import ColumnElement, func, select

from vectorstore import tables
from vectorstore.checked_rows import CheckedRows
from vectorstore.database import Database
from vectorstore.fact_filter import FactFilter
from vectorstore.fact_laying import to_revision
from vectorstore.fact_revisions import FactRevision
from vectorstore.fact_rows import to_fact
from vectorstore.facts import Fact, FactKind

_FACTS = tables.facts.c
# As many values as SQLite takes in a query; nobody reads through more.
_MOST_DISPUTED = 30_000
ALL = 1_000_000_000
FactKey = tuple[str, int, bool]
"""Document, place among its facts, whether other facts contradict it."""


class FactQueries:
    """Questions about the facts of the documents that a generation shows.

    Args:
        database: where the tables are.
        rows: reads rows by their checksums.
        visible: ids of the documents that count.
    """

    def __init__(self, database: Database, rows: CheckedRows, visible: Collection[str]) -> None:
        self._database = database
        self._rows = rows
        known = select(tables.documents.c.id)
        with database.reading() as connection:
            self._hidden = [found for found in connection.scalars(known) if found not in visible]

    def count(self, wanted: FactFilter) -> int:
        """Return how many facts are as wanted."""
        query = select(func.count()).select_from(tables.facts).where(*self._conditions(wanted))
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def keys(self, wanted: FactFilter, offset: int = 0, limit: int = ALL) -> list[FactKey]:
        """Return document id, ordinal and whether it is disputed of the facts wanted, the disputed first.

        Args:
            wanted: which ones.
            offset: how many of them to pass over.
            limit: most to return.
        """
        conditions = self._conditions(wanted)
        order = (_FACTS.kind, _FACTS.name, _FACTS.rank, _FACTS.year, _FACTS.document_id, _FACTS.ordinal)
        named = select(_FACTS.document_id, _FACTS.ordinal).where(*conditions).order_by(*order)
        disputed = _FACTS.claim.in_(self._disputed)
        others = _FACTS.claim.is_(None) | ~disputed
        with self._database.reading() as connection:
            rows = connection.execute(named.where(disputed)) if self._disputed else ()
            first: list[FactKey] = [(row.document_id, row.ordinal, True) for row in rows]
            found = first[offset : offset + limit]
            if len(found) < limit:
                rest = named.where(others).offset(max(0, offset - len(first)))
                rows = connection.execute(rest.limit(limit - len(found)))
                found += [(row.document_id, row.ordinal, False) for row in rows]
        return found

    def load(self, keys: Sequence[FactKey]) -> Iterator[tuple[str, Fact, bool]]:
        """Yield facts by what `keys` returned; those that are not as they were stored are left out."""
        wanted: dict[str, list[int]] = {}
        for document_id, ordinal, _ in keys:
            wanted.setdefault(document_id, []).append(ordinal)
        known: dict[tuple[str, int], Fact] = {}
        for document_id, ordinals in wanted.items():
            these = (_FACTS.document_id == document_id) & _FACTS.ordinal.in_(ordinals)
            for row in self._rows.read(tables.facts, these):
                known[document_id, row.ordinal] = to_fact(row)
        for document_id, ordinal, disputed in keys:
            if (document_id, ordinal) in known:
                yield document_id, known[document_id, ordinal], disputed

    def regions(self, kind: FactKind) -> list[str]:
        """Return the regions of which there are facts of a kind, in order."""
        query = select(_FACTS.region).distinct().where(*self._conditions(FactFilter(kind)))
        with self._database.reading() as connection:
            return [region for region in connection.scalars(query.order_by(_FACTS.region)) if region]

    def bodies(self) -> list[str]:
        """Return the bodies that have duties, in order."""
        duties = self._conditions(FactFilter(FactKind.TASK))
        query = select(_FACTS.name).where(*duties).union(select(_FACTS.partners).where(*duties))
        with self._database.reading() as connection:
            return sorted({body for names in connection.scalars(query) for body in names.split("、") if body})

    def idle(self) -> list[FactRevision]:
        """Return what was said of facts that are not there any more, the oldest first."""
        laid = select(_FACTS.revision).where(_FACTS.revision != "", *self._shown())
        revisions = tables.fact_revisions
        query = select(revisions).where(revisions.c.id.not_in(laid)).order_by(revisions.c.at, revisions.c.id)
        with self._database.reading() as connection:
            return [to_revision(row) for row in connection.execute(query)]

    def unread(self) -> dict[str, str]:
        """Return document id → why it has no facts, "" where nobody looked for them yet."""
        texts = tables.texts.c
        query = select(texts.document_id, texts.facts_problem).where(
            texts.facts_problem.is_(None) | (texts.facts_problem != ""), ~texts.document_id.in_(self._hidden)
        )
        with self._database.reading() as connection:
            return {row.document_id: row.facts_problem or "" for row in connection.execute(query)}

    def _conditions(self, wanted: FactFilter) -> list[ColumnElement[bool]]:
        return [*wanted.conditions(), *self._shown()]

    @cached_property
    def _disputed(self) -> list[int]:
        """The claims of which several values are stated."""
        query = (
            select(_FACTS.claim)
            .where(_FACTS.claim.is_not(None), *self._shown())
            .group_by(_FACTS.claim)
            .having(func.min(_FACTS.amount) != func.max(_FACTS.amount))
            .limit(_MOST_DISPUTED)
        )
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def _shown(self) -> list[ColumnElement[bool]]:
        return [~_FACTS.document_id.in_(self._hidden)] if self._hidden else []
