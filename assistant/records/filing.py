"""A person's conversations in order: listed, named, put in folders, deleted and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from assistant.records.history import Conversation, title_of, to_conversation
from assistant.records.stored_answers import searchable, wanted
from vectorstore.errors import LibraryError
from vectorstore.records import Records
from vectorstore.tables import conversations, exchanges, feedback, subscriptions

UNDO = timedelta(minutes=10)
"""How long what was deleted can be brought back."""


class Filing:
    """Keeping conversations in order; each call is one short transaction and names the owner.

    Args:
        records: where they are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def conversation(self, owner: str, conversation_id: str) -> Conversation | None:
        """Return a conversation, or None where the owner has none with this id."""
        query = select(conversations).where(own(owner, conversation_id))
        with self._records.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else to_conversation(row)

    def listed(
        self, owner: str, query: str = "", limit: int = 100, folder: str | None = None
    ) -> tuple[Conversation, ...]:
        """Return an owner's conversations, pinned ones first, then those changed last.

        Args:
            owner: whose.
            query: words that its title, questions or answers must hold, in any script; "" lists all.
            limit: most to return.
            folder: only those in this folder, "" those in none; None wherever they are.
        """
        there = [conversations.c.folder == folder] if folder is not None else []
        found = (
            select(conversations)
            .where(_owned_by(owner), *there, *map(_holds, wanted(query)))
            .order_by(conversations.c.pinned.desc(), conversations.c.changed_at.desc())
            .limit(limit)
        )
        with self._records.reading() as connection:
            return tuple(map(to_conversation, connection.execute(found)))

    def folders(self, owner: str) -> dict[str, int]:
        """Return the names of an owner's folders, each with how many conversations are in it."""
        query = (
            select(conversations.c.folder, func.count())
            .where(_owned_by(owner), conversations.c.folder != "")
            .group_by(conversations.c.folder)
            .order_by(conversations.c.folder)
        )
        with self._records.reading() as connection:
            return {row.folder: int(row[1]) for row in connection.execute(query)}

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation a title of its owner's; an empty one changes nothing."""
        if title.strip():
            self._change(owner, [conversation_id], **titles(title_of(title)))

    def pin(self, owner: str, conversation_id: str, pinned: bool) -> None:
        """Let a conversation stand before the others, or no longer."""
        self._change(owner, [conversation_id], pinned=pinned)

    def move(self, owner: str, conversation_ids: Sequence[str], folder: str) -> None:
        """Put conversations in a folder, which lasts as long as one is in it; "" takes them out."""
        self._change(owner, conversation_ids, folder=title_of(folder) if folder.strip() else "")

    def delete(self, owner: str, *conversation_ids: str) -> None:
        """Delete conversations with all that was said in them; for a while they can be brought back."""
        self._change(owner, conversation_ids, deleted_at=datetime.now(UTC))

    def bring_back(self, owner: str, conversation_ids: Sequence[str]) -> None:
        """Bring back what was just deleted.

        Raises:
            LibraryError: it is too late for one of them.
        """
        now = datetime.now(UTC)
        these = and_(
            conversations.c.id.in_(conversation_ids),
            conversations.c.owner == owner,
            conversations.c.deleted_at > now - UNDO,
        )
        with self._records.writing() as connection:
            done = connection.execute(update(conversations).where(these).values(deleted_at=None))
            if done.rowcount < len(conversation_ids):
                raise LibraryError("已过可撤销的时间，对话不能恢复")

    def take_over(self, owner: str, before: Sequence[str]) -> None:
        """Give a person what earlier versions kept under another name.

        Args:
            owner: whose it is from now on.
            before: the other names.
        """
        with self._records.writing() as connection:
            for table in (conversations, feedback, subscriptions):
                connection.execute(update(table).where(table.c.owner.in_(before)).values(owner=owner))

    def _change(self, owner: str, conversation_ids: Sequence[str], **values: Any) -> None:
        with self._records.writing() as connection:
            for conversation_id in conversation_ids:
                check(connection, owner, conversation_id)
                connection.execute(update(conversations).where(own(owner, conversation_id)).values(**values))


def forget_deleted(connection: Connection, now: datetime) -> None:
    """Delete for good what can no longer be brought back, with all that was said in it.

    Args:
        connection: of a transaction that writes.
        now: in UTC.
    """
    connection.execute(delete(conversations).where(conversations.c.deleted_at <= now - UNDO))


def check(connection: Connection, owner: str, conversation_id: str) -> None:
    """Make sure that the owner has a conversation, and hold it until the transaction ends.

    Raises:
        LibraryError: there is none such.
    """
    # Locked, so that of two tabs that ask at once one comes after the other.
    query = select(conversations.c.id).where(own(owner, conversation_id)).with_for_update()
    if connection.scalar(query) is None:
        raise LibraryError("找不到这个对话，可能已被删除，请从历史记录中选择，或开始新对话")


def own(owner: str, conversation_id: str) -> ColumnElement[bool]:
    """Return what picks one of an owner's conversations."""
    return and_(conversations.c.id == conversation_id, _owned_by(owner))


def titles(title: str) -> dict[str, str]:
    """Return a title as the columns keep it."""
    return {"title": title, "searched_title": searchable(title)}


def _owned_by(owner: str) -> ColumnElement[bool]:
    return and_(conversations.c.owner == owner, conversations.c.deleted_at.is_(None))


def _holds(word: str) -> ColumnElement[bool]:
    said = and_(
        exchanges.c.conversation_id == conversations.c.id,
        exchanges.c.searched.contains(word, autoescape=True),
    )
    return or_(conversations.c.searched_title.contains(word, autoescape=True), exists().where(said))
