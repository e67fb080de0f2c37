"""Writing facts, and what staff say of them; a method is one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from vectorstore import tables
from vectorstore.checksums import sealed
from vectorstore.database import Database
from vectorstore.errors import LibraryError
from vectorstore.fact_laying import keep, lay
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactReading
from vectorstore.rows import fact_rows

_REVISIONS = tables.fact_revisions.c


class FactRecords:
    """Keeps facts in step with texts and with what staff say.

    Args:
        database: where the tables are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, document_id: str, region: str, reading: FactReading, known: Mapping[str, str]) -> None:
        """Put what was read of a document's facts in the place of what was read before.

        Args:
            document_id: the document.
            region: its region.
            reading: what was read.
            known: what the library knows about itself, the documents' corrections with it.
        """
        rows = fact_rows(document_id, region, reading)
        problem = update(tables.texts).where(tables.texts.c.document_id == document_id)
        with self._database.writing() as connection:
            connection.execute(delete(tables.facts).where(tables.facts.c.document_id == document_id))
            if rows:
                connection.execute(insert(tables.facts), [sealed(tables.facts, row) for row in rows])
            connection.execute(problem.values(facts_problem=reading.problem))
            lay(connection, [document_id], known)

    def lay(self, document_ids: Sequence[str], known: Mapping[str, str]) -> None:
        """Bring documents' facts in step with what was said of them and of the documents.

        Args:
            document_ids: the documents.
            known: what the library knows about itself, the documents' corrections with it.
        """
        with self._database.writing() as connection:
            lay(connection, document_ids, known)

    def revise(self, revision: FactRevision, instead_of: str, known: Mapping[str, str]) -> None:
        """Keep what a person said of a fact.

        Args:
            revision: what was said.
            instead_of: id of what was said of it before, or "".
            known: as for `lay`.
        """
        with self._database.writing() as connection:
            keep(connection, replace(revision, at=datetime.now(UTC)), instead_of)
            lay(connection, _holding(connection, revision.source), known)

    def withdraw(self, revision_id: str, known: Mapping[str, str]) -> None:
        """Take back what was said of a fact.

        Args:
            revision_id: of what was said.
            known: as for `lay`.

        Raises:
            LibraryError: there is none with this id.
        """
        this = _REVISIONS.id == revision_id
        with self._database.writing() as connection:
            source = connection.scalar(select(_REVISIONS.source).where(this))
            if source is None:
                raise LibraryError("这一更正已被撤销，请刷新页面")
            connection.execute(delete(tables.fact_revisions).where(this))
            lay(connection, _holding(connection, source), known)


def _holding(connection: Connection, source: str) -> list[str]:
    """The ids of the documents that a file is known by."""
    documents = tables.documents.c
    return list(connection.scalars(select(documents.id).where(documents.source == source)))
