"""Whose documents each person saw when last here, for what is asked for the person meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from vectorstore.records import Records
from vectorstore.tables import viewers
from vectorstore.viewers import UNLIMITED, Viewer


class Viewers:
    """Notes what a person may see at each visit; subscriptions and feeds go by it.

    Args:
        records: where it is kept.
        sign_in: whether people sign in; else everybody sees all.
    """

    def __init__(self, records: Records, *, sign_in: bool) -> None:
        self._records = records
        self._sign_in = sign_in

    def note(self, owner: str, viewer: Viewer) -> None:
        """Note what a person sees now; what is known already is not written again."""
        if not self._sign_in or not owner or self._known(owner) == viewer:
            return
        groups = None if viewer.sees_all else sorted(viewer.groups)
        with self._records.writing() as connection:
            connection.execute(delete(viewers).where(viewers.c.owner == owner))
            connection.execute(insert(viewers).values(owner=owner, groups=groups, at=datetime.now(UTC)))

    def of(self, owner: str) -> Viewer:
        """Return what a person saw when last here; who never was sees what is for everybody."""
        return (self._known(owner) or Viewer()) if self._sign_in else UNLIMITED

    def _known(self, owner: str) -> Viewer | None:
        with self._records.reading() as connection:
            row = connection.execute(select(viewers.c.groups).where(viewers.c.owner == owner)).first()
        if row is None:
            return None
        return UNLIMITED if row.groups is None else Viewer(frozenset(row.groups))
