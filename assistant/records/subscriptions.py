"""Subscriptions as they are kept: what a person wants asked again, and what changed each time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from assistant.records.filing import UNDO
from assistant.records.subscription import (
    Found,
    Report,
    State,
    Subscription,
    changes_record,
    columns,
    to_report,
    to_subscription,
    watched_of,
    watched_record,
)
from assistant.records.withholding import Withholding
from assistant.subscribing.watched import Change, Watched
from vectorstore.errors import LibraryError
from vectorstore.records import Records
from vectorstore.tables import subscription_changes, subscriptions

MOST = 200
"""How many subscriptions one person may have."""
_KEPT = 50
# A process that took one up and died holds it no longer than this.
_TAKEN = timedelta(minutes=10)
_S, _C = subscriptions.c, subscription_changes.c


class Subscriptions(Withholding):
    """Keeps subscriptions; each call is one short transaction.

    Args:
        records: where they are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def make(self, owner: str, watched: Watched, found: Found) -> str:
        """Keep a subscription and return its id; what the owner has subscribed to already is kept once.

        Args:
            owner: whose it is.
            watched: what is to be asked again.
            found: what it gives now.

        Raises:
            LibraryError: the owner has too many.
        """
        now = datetime.now(UTC)
        row = {"id": uuid.uuid4().hex, "owner": owner, "watched": watched_record(watched), "made_at": now}
        with self._records.writing() as connection:
            connection.execute(delete(subscriptions).where(_S.deleted_at <= now - UNDO))
            mine = connection.execute(select(_S.id, _S.watched).where(_owned(owner))).all()
            known = next((one.id for one in mine if one.watched == row["watched"]), None)
            if known is not None:
                return str(known)
            if len(mine) >= MOST:
                raise LibraryError(f"订阅已达上限（{MOST} 项），请先在“我的订阅”页删除不再需要的")
            kept = columns(found) | {"paused": False, "checked_at": now}
            connection.execute(insert(subscriptions).values(**row, **kept))
        return str(row["id"])

    def listed(self, owner: str | None = None) -> tuple[Subscription, ...]:
        """Return a person's subscriptions, or everybody's, those in which something changed last first."""
        which = _S.deleted_at.is_(None) if owner is None else _owned(owner)
        changed = select(subscription_changes).join(subscriptions).where(which).order_by(_C.at.desc())
        with self._records.reading() as connection:
            rows = connection.execute(select(subscriptions).where(which)).all()
            reports: dict[str, list[Report]] = {}
            for row in connection.execute(changed):
                reports.setdefault(row.subscription_id, []).append(to_report(row))
        found = [self._seen(to_subscription(row, tuple(reports.get(row.id, ())))) for row in rows]
        return tuple(sorted(found, key=lambda one: one.touched_at, reverse=True))

    def made(self, owner: str) -> dict[Watched, str]:
        """Return what a person has subscribed to, each with the id of its subscription."""
        with self._records.reading() as connection:
            rows = connection.execute(select(_S.id, _S.watched).where(_owned(owner))).all()
        return {watched_of(row.watched): row.id for row in rows}

    def _seen(self, one: Subscription) -> Subscription:
        library = self._library
        return (
            one if library is None else one.only(lambda proof: library.shows(proof.document_id, proof.source))
        )

    def unread(self, owner: str) -> int:
        """Return how many reports a person has not seen."""
        if self._library is not None:
            return sum(one.unread for one in self.listed(owner))
        query = select(func.count()).select_from(subscription_changes).join(subscriptions)
        with self._records.reading() as connection:
            return connection.scalar(query.where(_owned(owner), ~_C.read)) or 0

    def mark_read(self, owner: str, subscription_id: str = "") -> None:
        """Note that a person has seen what changed, in one subscription or in all."""
        which = _own(owner, subscription_id) if subscription_id else _owned(owner)
        seen = _C.subscription_id.in_(select(_S.id).where(which))
        with self._records.writing() as connection:
            connection.execute(update(subscription_changes).where(seen).values(read=True))

    def pause(self, owner: str, subscription_id: str, paused: bool) -> None:
        """Let a subscription rest, or go on: what changed meanwhile is told then."""
        self._change(owner, subscription_id, paused=paused)

    def delete(self, owner: str, subscription_id: str) -> None:
        """Delete a subscription; for a while it can be brought back."""
        self._change(owner, subscription_id, deleted_at=datetime.now(UTC))

    def bring_back(self, owner: str, subscription_id: str) -> None:
        """Bring back what was just deleted.

        Raises:
            LibraryError: it is too late.
        """
        late = datetime.now(UTC) - UNDO
        this = and_(_S.id == subscription_id, _S.owner == owner, _S.deleted_at > late)
        with self._records.writing() as connection:
            if not connection.execute(update(subscriptions).where(this).values(deleted_at=None)).rowcount:
                raise LibraryError("已过可撤销的时间，订阅不能恢复")

    def due(self, state: State, day: date) -> tuple[str, ...]:
        """Return the ids of those that have not been asked of a state of the library on a day.

        Args:
            state: the library and its generation.
            day: whose standings count.
        """
        query = select(_S.id).where(_due(state, day, datetime.now(UTC))).order_by(_S.checked_at)
        with self._records.reading() as connection:
            return tuple(connection.scalars(query))

    def take(self, subscription_id: str, state: State, day: date) -> Subscription | None:
        """Take one up to ask it again; None where another process has it, or there is nothing to do.

        Args:
            subscription_id: which.
            state, day: as for `due`.
        """
        now = datetime.now(UTC)
        this = and_(_S.id == subscription_id, _due(state, day, now))
        with self._records.writing() as connection:
            if not connection.execute(update(subscriptions).where(this).values(taken_at=now)).rowcount:
                return None
            return to_subscription(_row(connection, subscription_id))

    def settle(self, taken: Subscription, found: Found, changes: Sequence[Change]) -> None:
        """Keep what asking again gave.

        Args:
            taken: as it was taken up.
            found: what it gives now.
            changes: what is to be told of it, if anything.
        """
        now = datetime.now(UTC)
        this = and_(_S.id == taken.id, _S.deleted_at.is_(None))
        values = columns(found) | {"checked_at": now, "taken_at": None}
        row = {"id": uuid.uuid4().hex, "subscription_id": taken.id, "at": now, "read": False}
        with self._records.writing() as connection:
            kept = connection.execute(update(subscriptions).where(this).values(**values)).rowcount
            if changes and kept:
                row |= {"generation": found.state[1], "changes": changes_record(changes)}
                connection.execute(insert(subscription_changes).values(**row))
                _forget(connection, taken.id)

    def fail(self, taken: Subscription, problem: str) -> None:
        """Note why one could not be asked again; after a while it is tried anew.

        Args:
            taken: as it was taken up.
            problem: one Chinese line.
        """
        with self._records.writing() as connection:
            connection.execute(update(subscriptions).where(_S.id == taken.id).values(problem=problem))

    def _change(self, owner: str, subscription_id: str, **values: Any) -> None:
        with self._records.writing() as connection:
            done = connection.execute(
                update(subscriptions).where(_own(owner, subscription_id)).values(**values)
            )
            if not done.rowcount:
                raise LibraryError("找不到这项订阅，可能已被删除，请刷新页面")


def _owned(owner: str) -> ColumnElement[bool]:
    return and_(_S.owner == owner, _S.deleted_at.is_(None))


def _own(owner: str, subscription_id: str) -> ColumnElement[bool]:
    return and_(_S.id == subscription_id, _owned(owner))


def _due(state: State, day: date, now: datetime) -> ColumnElement[bool]:
    library, generation = state
    behind = or_(_S.library != library, _S.generation != generation, _S.day != day)
    free = or_(_S.taken_at.is_(None), _S.taken_at < now - _TAKEN)
    return and_(~_S.paused, _S.deleted_at.is_(None), behind, free)


def _forget(connection: Connection, subscription_id: str) -> None:
    """Delete reports of which there are too many, the oldest first."""
    of_it = _C.subscription_id == subscription_id
    kept = select(_C.id).where(of_it).order_by(_C.at.desc()).limit(_KEPT)
    ids = list(connection.scalars(kept))
    connection.execute(delete(subscription_changes).where(of_it, _C.id.not_in(ids)))


def _row(connection: Connection, subscription_id: str) -> Row[Any]:
    return connection.execute(select(subscriptions).where(_S.id == subscription_id)).one()
