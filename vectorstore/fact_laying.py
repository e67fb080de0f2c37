"""What staff said of facts, in the catalogue, and the rows of facts kept in step with it.

Facts are stored with what was said of them, so that the ledger finds and orders them by what is right now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from vectorstore import tables
from vectorstore.checksums import is_whole, sealed
from vectorstore.corrections import FACT, apply, corrections_in
from vectorstore.fact_revisions import FactRevision, laid
from vectorstore.fact_rows import from_fact, from_statement, to_fact, to_statement
from vectorstore.facts import FactKind
from vectorstore.rows import to_document, utc

_REVISIONS = tables.fact_revisions.c


def keep(connection: Connection, revision: FactRevision, instead_of: str) -> None:
    """Keep what was said of a fact, in the place of what was said of it before.

    Args:
        connection: of a transaction that writes.
        revision: what was said, with when.
        instead_of: id of what it replaces besides, or "".
    """
    before = [one.id for one in revisions_of(connection, [revision.source]) if one.is_of(revision)]
    connection.execute(delete(tables.fact_revisions).where(_REVISIONS.id.in_([*before, instead_of])))
    values = {
        "id": revision.id,
        "source": revision.source,
        "kind": revision.kind.value,
        "quote": revision.quote,
        "statement": from_statement(revision.read),
        "changes": revision.changes,
        "rejected": revision.rejected,
        "who": revision.who,
        "at": revision.at,
    }
    connection.execute(insert(tables.fact_revisions).values(**values))


def revisions_of(connection: Connection, sources: Collection[str]) -> list[FactRevision]:
    """Return what was said of the facts of some files, the oldest first."""
    query = select(tables.fact_revisions).where(_REVISIONS.source.in_(sources))
    return [to_revision(row) for row in connection.execute(query.order_by(_REVISIONS.at, _REVISIONS.id))]


def to_revision(row: Row[Any]) -> FactRevision:
    """Return what a row of `fact_revisions` says."""
    kind = FactKind(row.kind)
    read, changes = to_statement(kind, row.statement), tuple((name, text) for name, text in row.changes)
    return FactRevision(
        row.source, kind, row.quote, read, changes, row.rejected, row.who, utc(row.at), row.id
    )


def lay(connection: Connection, document_ids: Sequence[str], known: Mapping[str, str]) -> None:
    """Bring the facts of documents in step with what was said of them and of their documents by hand.

    Args:
        connection: of a transaction that writes.
        document_ids: the documents.
        known: what the library knows about itself, the documents' corrections with it.
    """
    query = select(tables.documents).where(tables.documents.c.id.in_(document_ids))
    rows = [row for row in connection.execute(query) if is_whole(tables.documents, row)]
    corrected = corrections_in(known)
    revisions = revisions_of(connection, [row.source for row in rows])
    for document in apply(map(to_document, rows), {FACT: known.get(FACT, "{}")}):
        said = [one for one in revisions if one.source == document.source]
        if said or document.source in corrected or _touched(connection, document.id, document.region):
            _lay(connection, document.id, document.region, said)


def _touched(connection: Connection, document_id: str, region: str) -> bool:
    """Whether something is laid on a document's facts that may have been taken back since."""
    facts = tables.facts.c
    other = (facts.kind != FactKind.INDICATOR.value) & (facts.region != region)
    touched = select(facts.ordinal).where(facts.document_id == document_id, (facts.revision != "") | other)
    return connection.execute(touched.limit(1)).first() is not None


def _lay(connection: Connection, document_id: str, region: str, said: Sequence[FactRevision]) -> None:
    facts = tables.facts
    stored = connection.execute(
        select(facts).where(facts.c.document_id == document_id).order_by(facts.c.ordinal)
    ).all()
    rows = [row for row in stored if is_whole(facts, row)]
    for row, fact in zip(rows, laid([to_fact(row) for row in rows], said, region), strict=True):
        values = sealed(facts, from_fact(fact, document_id, row.ordinal, region))
        if values["checksum"] != row.checksum:
            this = (facts.c.document_id == document_id) & (facts.c.ordinal == row.ordinal)
            connection.execute(update(facts).where(this).values(**values))
