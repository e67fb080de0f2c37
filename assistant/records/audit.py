"""The log for administrators: who asked, what was answered, opened and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select

from assistant.records.history import in_utc
from assistant.records.stored_answers import new_id, plain
from vectorstore.languages.language import own_words
from vectorstore.records import Records
from vectorstore.tables import audit_log

_DETAIL_CHARS = 2000


class Action(StrEnum):
    """What was done."""

    ASKED = "asked"
    ANSWERED = "answered"
    OPENED = "opened"
    CHANGED = "changed"
    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SHARED = "shared"
    UNSHARED = "unshared"
    HANDLED = "handled"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"

    @property
    @own_words
    def label(self) -> str:
        """The word an administrator sees."""
        return {
            Action.ASKED: "提问",
            Action.ANSWERED: "回答",
            Action.OPENED: "查看",
            Action.CHANGED: "更改",
            Action.SIGNED_IN: "登录",
            Action.REFUSED: "拒绝访问",
            Action.SHARED: "分享",
            Action.UNSHARED: "撤回分享",
            Action.HANDLED: "处理问题",
            Action.SUBSCRIBED: "订阅",
            Action.UNSUBSCRIBED: "取消订阅",
        }[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log.

    Attributes:
        at: when, in UTC.
        who: the person; "" where nobody signs in.
        action: what was done.
        subject: what it was done to: an id of an exchange or a document, or a file's name.
        detail: the question's words, or what was changed; never a secret.
    """

    at: datetime
    who: str
    action: Action
    subject: str
    detail: str


class AuditLog:
    """Writes the log and forgets what is older than it may be.

    Args:
        records: where it is kept.
        days: how long an entry is kept; 0 keeps no log at all.
    """

    def __init__(self, records: Records, days: int) -> None:
        self._records = records
        self._days = days

    @property
    def keeps(self) -> bool:
        """Whether a log is kept at all."""
        return self._days > 0

    def note(self, who: str, action: Action, subject: str = "", detail: str = "") -> None:
        """Write a line, and delete those whose time is over."""
        now = datetime.now(UTC)
        row = {"id": new_id(), "at": now, "who": who, "action": action.value}
        row |= {"subject": plain(subject), "detail": plain(detail)[:_DETAIL_CHARS]}
        with self._records.writing() as connection:
            connection.execute(delete(audit_log).where(audit_log.c.at <= now - timedelta(days=self._days)))
            if self._days:
                connection.execute(insert(audit_log).values(**row))

    def entries(
        self,
        who: str | None = None,
        action: Action | None = None,
        since: datetime | None = None,
        limit: int = 500,
    ) -> tuple[Entry, ...]:
        """Return lines of the log, the newest first; for administrators alone.

        Args:
            who: only of this person.
            action: only of this kind.
            since: only from this moment on.
            limit: most to return.
        """
        earliest = datetime.now(UTC) - timedelta(days=self._days)
        conditions = _conditions(who, action, max(since or earliest, earliest))
        query = select(audit_log).where(*conditions).order_by(audit_log.c.at.desc()).limit(limit)
        with self._records.reading() as connection:
            return tuple(map(_entry, connection.execute(query)))


def _conditions(who: str | None, action: Action | None, since: datetime) -> Iterator[ColumnElement[bool]]:
    # SQLite keeps no zone: what is compared is written as it is kept.
    yield audit_log.c.at >= since.astimezone(UTC)
    if who is not None:
        yield audit_log.c.who == who
    if action is not None:
        yield audit_log.c.action == action.value


def _entry(row: Row[Any]) -> Entry:
    return Entry(in_utc(row.at), row.who, Action(row.action), row.subject, row.detail)
