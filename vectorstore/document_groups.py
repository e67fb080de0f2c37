"""Which groups may see which file's document; a file that is not named here is for everybody.

Groups belong to the file's name and not to its content, as corrections do, so they outlive its next version
and its removal: what comes again under the name is no more open than it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Select, delete, insert, select

from vectorstore.changes import batches
from vectorstore.database import Database
from vectorstore.tables import document_groups

_GROUPS = document_groups.c


class DocumentGroups:
    """Reads and writes them; a method that writes is one transaction.

    Args:
        database: where the table is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, frozenset[str]]:
        """Return source → groups of every file that is not for everybody."""
        found: dict[str, set[str]] = {}
        with self._database.reading() as connection:
            for source, name in connection.execute(select(_GROUPS.source, _GROUPS.name)):
                found.setdefault(source, set()).add(name)
        return {source: frozenset(names) for source, names in found.items()}

    def in_use(self) -> frozenset[str]:
        """Return the groups that any file belongs to."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(_GROUPS.name).distinct()))

    def put(self, sources: Iterable[str], names: Collection[str]) -> None:
        """Let files belong to groups in place of those that they belonged to; none leaves them to all."""
        wanted = list(dict.fromkeys(sources))
        rows = [{"source": source, "name": name} for source in wanted for name in sorted(names)]
        with self._database.writing() as connection:
            for part in batches(wanted):
                connection.execute(delete(document_groups).where(_GROUPS.source.in_(part)))
            if rows:
                connection.execute(insert(document_groups), rows)

    def pass_on(self, source: str, heir: str) -> None:
        """Let a file that takes another one's place belong to its groups, unless it has groups of its own."""
        with self._database.reading() as connection:
            own = connection.scalar(select(_GROUPS.name).where(_GROUPS.source == heir).limit(1))
            names = list(connection.scalars(select(_GROUPS.name).where(_GROUPS.source == source)))
        if own is None and names:
            self.put([heir], names)


def hidden_sources(groups: Collection[str]) -> Select[tuple[str]]:
    """Return a query for the files that members of no other groups may see nothing of."""
    shown = select(_GROUPS.source).where(_GROUPS.name.in_(sorted(groups)))
    return select(_GROUPS.source).where(_GROUPS.source.not_in(shown))
