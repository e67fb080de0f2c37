"""Finding facts in the catalogue: filtered, figures that contradict each other first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

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
# What is read at once of a narrow filter, and for how many filters.
_FEW, _REMEMBERED = 5_000, 16
# A query grows with the documents it names.
_DOCUMENTS = 100
ALL = 1_000_000_000
FactKey = tuple[str, int, bool]
"""Document, place among its facts, whether other facts contradict it."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader may see nothing of.

    Attributes:
        documents: the query for their ids; unlike a list it knows those that are stored meanwhile.
        sources: the query for the names of files that are for others; None where all are the reader's.
    """

    documents: Select[tuple[str]]
    sources: Select[tuple[str]] | None


class FactQueries:
    """Questions about the facts of the documents that a generation shows.

    Args:
        database: where the tables are.
        rows: reads rows by their checksums.
        hidden: what does not count.
    """

    def __init__(self, database: Database, rows: CheckedRows, hidden: Hidden) -> None:
        self._database = database
        self._rows = rows
        self._hidden = hidden
        # A page asks the same several times, and again with every click; a generation does not change.
        self._few = lru_cache(_REMEMBERED)(self._read_few)
        self._first = lru_cache(_REMEMBERED)(self._read_first)
        self._counted = lru_cache(_REMEMBERED)(self._read_count)

    def count(self, wanted: FactFilter) -> int:
        """Return how many facts are as wanted."""
        known = self._few(wanted)
        return self._counted(wanted) if known is None else len(known)

    def keys(self, wanted: FactFilter, offset: int = 0, limit: int = ALL) -> list[FactKey]:
        """Return document id, ordinal and whether it is disputed of the facts wanted, the disputed first.

        Args:
            wanted: which ones.
            offset: how many of them to pass over.
            limit: most to return.
        """
        known = self._few(wanted)
        if known is not None:
            return list(known[offset : offset + limit])
        first = self._first(wanted)
        found = list(first[offset : offset + limit])
        if len(found) < limit:
            found += self._rest(wanted, max(0, offset - len(first)), limit - len(found))
        return found

    def _read_few(self, wanted: FactFilter) -> tuple[FactKey, ...] | None:
        """Read all facts that a narrow filter lets through at once; None where they are many."""
        if not wanted.narrows:
            return None
        # Put in order here: a query that sorts cannot end where there are too many.
        query = select(_FACTS.claim, *_order(wanted)).where(*self._conditions(wanted)).limit(_FEW + 1)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        if len(rows) > _FEW:
            return None
        # A place's own figures before those of its parts, and those of one name together.
        own = {row.name for row in rows if not row.rank}
        found: list[tuple[Any, ...]] = []
        for claim, kind, name, rank, year, document_id, ordinal in rows:
            of_part = kind == FactKind.INDICATOR.value and name not in own
            order = (kind, of_part, name, rank, year or 0)
            found.append((claim not in self._disputed, *order, document_id, ordinal))
        return tuple((key[-2], key[-1], not key[0]) for key in sorted(found))

    def _read_count(self, wanted: FactFilter) -> int:
        query = select(func.count()).select_from(tables.facts).where(*self._conditions(wanted))
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def _read_first(self, wanted: FactFilter) -> tuple[FactKey, ...]:
        """Read the figures that contradict each other."""
        if not self._disputed or wanted.kind not in (None, FactKind.INDICATOR):
            return ()
        # Whatever has a claim is a figure that nobody rejected; asked for either, the index of all is read.
        of_claims = replace(wanted, kind=None, rejected=True)
        query = select(_FACTS.document_id, _FACTS.ordinal).where(
            _FACTS.claim.in_(self._disputed), *self._conditions(of_claims)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(*_order(wanted))).all()
        return tuple((document_id, ordinal, True) for document_id, ordinal in rows)

    def _rest(self, wanted: FactFilter, offset: int, limit: int) -> list[FactKey]:
        """Read figures that nothing contradicts, and facts of other kinds, from the nearer end."""
        first = self._first(wanted)
        order, left = _order(wanted, common=True), limit
        backwards = False
        if offset > _FEW:
            total = self._counted(wanted) - len(first)
            left = max(0, min(limit, total - offset))
            if backwards := offset > total - offset - left:
                offset = total - offset - left
                order = tuple(column.desc() for column in order)
        query = select(_FACTS.document_id, _FACTS.ordinal).where(
            *wanted.conditions(common=True), *self._shown()
        )
        if first:
            query = query.where(_FACTS.claim.is_(None) | _FACTS.claim.not_in(self._disputed))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(*order).offset(offset).limit(left)).all()
        found = [(document_id, ordinal, False) for document_id, ordinal in rows]
        return found[::-1] if backwards else found

    def load(self, keys: Sequence[FactKey]) -> Iterator[tuple[str, Fact, bool]]:
        """Yield facts by what `keys` returned; those that are not as they were stored are left out."""
        wanted: dict[str, list[int]] = {}
        for document_id, ordinal, _ in keys:
            wanted.setdefault(document_id, []).append(ordinal)
        of_documents = [
            (_FACTS.document_id == document_id) & _FACTS.ordinal.in_(ordinals)
            for document_id, ordinals in wanted.items()
        ]
        known: dict[tuple[str, int], Fact] = {}
        for start in range(0, len(of_documents), _DOCUMENTS):
            for row in self._rows.read(tables.facts, or_(*of_documents[start : start + _DOCUMENTS])):
                known[row.document_id, row.ordinal] = to_fact(row)
        for document_id, ordinal, disputed in keys:
            if (document_id, ordinal) in known:
                yield document_id, known[document_id, ordinal], disputed

    def regions(self, kind: FactKind) -> list[str]:
        """Return the regions of which there are facts of a kind, in order."""
        query = select(_FACTS.region).distinct().where(*self._conditions(FactFilter(kind)))
        with self._database.reading() as connection:
            return sorted(filter(None, connection.scalars(query)))

    def bodies(self) -> list[str]:
        """Return the bodies that have duties, in order."""
        duties = [func.coalesce(_FACTS.kind, "") == FactKind.TASK.value, ~_FACTS.rejected, *self._shown()]
        query = select(_FACTS.name).where(*duties).union(select(_FACTS.partners).where(*duties))
        with self._database.reading() as connection:
            return sorted({body for names in connection.scalars(query) for body in names.split("、") if body})

    def idle(self) -> list[FactRevision]:
        """Return what was said of facts that are not there any more, the oldest first."""
        laid = select(_FACTS.revision).where(_FACTS.revision != "", *self._shown())
        revisions = tables.fact_revisions
        query = select(revisions).where(revisions.c.id.not_in(laid)).order_by(revisions.c.at, revisions.c.id)
        if self._hidden.sources is not None:
            query = query.where(revisions.c.source.not_in(self._hidden.sources))
        with self._database.reading() as connection:
            return [to_revision(row) for row in connection.execute(query)]

    def unread(self) -> dict[str, str]:
        """Return document id → why it has no facts, "" where nobody looked for them yet."""
        texts = tables.texts.c
        query = select(texts.document_id, texts.facts_problem).where(
            texts.facts_problem.is_(None) | (texts.facts_problem != ""), *self._shown(texts.document_id)
        )
        with self._database.reading() as connection:
            return {row.document_id: row.facts_problem or "" for row in connection.execute(query)}

    def _conditions(self, wanted: FactFilter) -> list[ColumnElement[bool]]:
        return [*wanted.conditions(), *self._shown()]

    @cached_property
    def _disputed(self) -> frozenset[int]:
        """The claims of which several values are stated."""
        query = (
            select(_FACTS.claim)
            .where(_FACTS.claim.is_not(None), *self._shown())
            .group_by(_FACTS.claim)
            .having(func.min(_FACTS.amount) != func.max(_FACTS.amount))
            .limit(_MOST_DISPUTED)
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def _shown(self, document: ColumnElement[str] = _FACTS.document_id) -> list[ColumnElement[bool]]:
        return [document.not_in(self._hidden.documents)]


def _order(wanted: FactFilter, *, common: bool = False) -> tuple[ColumnElement[Any], ...]:
    """The ledger's order, as the index holds it."""
    kind = wanted.kind_of(common=common)
    return (kind, _FACTS.name, _FACTS.rank, _FACTS.year, _FACTS.document_id, _FACTS.ordinal)
