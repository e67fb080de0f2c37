"""Which groups may see which file's document; a file that is not named here is for everybody.

Groups belong to the file's name and not to its content, as corrections do, so they outlive its next version
and its removal: what comes again under the name is no more open than it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, text

from vectorstore.changes import batches
from vectorstore.database import Database
from vectorstore.tables import document_groups, sources

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

    def of(self, source: str) -> frozenset[str]:
        """Return the groups of a file; none is everybody."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(_GROUPS.name).where(_GROUPS.source == source)))

    def claim(
        self,
        source: str,
        names: Collection[str],
        within: Collection[str] | None = None,
        *,
        there: bool = False,
    ) -> bool:
        """Let a file that is to come, and what lies in it, belong to groups in place of any before.

        Args:
            source: name of the file; it need not be known.
            names: the groups; at least one.
            within: the only groups whose files may be under the name already; None: anybody's may.
            there: whether a file has the name already; one that nobody claimed is everybody's.

        Returns:
            Whether that was so; else nothing is changed.
        """
        with self._database.writing() as connection:
            if within is not None:
                _keep_others_out(connection)
                known = _known_as(connection, source)
                if there:
                    known.setdefault(source, set())
                if not all(is_within(whose, within) for whose in known.values()):
                    return False
            connection.execute(delete(document_groups).where(_named(_GROUPS.source, source)))
            rows = [{"source": source, "name": name} for name in sorted(names)]
            connection.execute(insert(document_groups), rows)
        return True

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


def is_within(groups: Collection[str], others: Collection[str]) -> bool:
    """Say whether a file of some groups belongs to nobody but some of others; everybody's does not."""
    return bool(groups) and set(groups) <= set(others)


def _keep_others_out(connection: Connection) -> None:
    """Let nobody else claim a name until this one is claimed; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {document_groups.name} IN SHARE ROW EXCLUSIVE MODE"))


def _known_as(connection: Connection, source: str) -> dict[str, set[str]]:
    """Return the files of a name and in it, known or only claimed → their groups."""
    files = connection.scalars(select(sources.c.source).where(_named(sources.c.source, source)))
    found = {known: set[str]() for known in files}
    claimed = select(_GROUPS.source, _GROUPS.name).where(_named(_GROUPS.source, source))
    for known, name in connection.execute(claimed):
        found.setdefault(known, set()).add(name)
    return found


def _named(column: ColumnElement[str], source: str) -> ColumnElement[bool]:
    """A condition for a file and what lies in it, to the letter: LIKE knows no capitals on SQLite."""
    inside = f"{source}#"
    return or_(column == source, func.substr(column, 1, len(inside)) == inside)
