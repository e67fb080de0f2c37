"""Saved conversations: each belongs to one owner, and nobody else can read or change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, update

from assistant.records.history import Conversation, Exchange, title_of, to_conversation, to_exchange
from assistant.records.stored_answers import answer_record, new_id, plain, scope_record, searchable, wanted
from assistant.types import Answer, Scope
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.records import Records
from vectorstore.tables import conversations, exchanges, feedback

__all__ = ["Conversation", "Conversations", "Exchange"]


class Conversations:
    """Reading and writing conversations; each call is one short transaction and names the owner.

    Args:
        records: where they are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def ask(self, owner: str, question: str, conversation_id: str = "", scope: Scope = Scope()) -> Exchange:
        """Keep a question before it is answered.

        Args:
            owner: whose conversation it is; "" where nobody signs in.
            question: as it was typed.
            conversation_id: the conversation to go on with; "" begins one.
            scope: what the search is limited to.

        Returns:
            The open exchange; after a second click the one that waits already.

        Raises:
            LibraryError: the owner has no such conversation.
        """
        now = datetime.now(UTC)
        with self._records.writing() as connection:
            if not conversation_id:
                conversation_id = _begin(connection, owner, question, now)
            _check(connection, owner, conversation_id)
            last = connection.execute(
                select(exchanges)
                .where(exchanges.c.conversation_id == conversation_id)
                .order_by(exchanges.c.ordinal.desc())
                .limit(1)
            ).first()
            if last is not None and last.finished_at is None and last.question == question:
                return to_exchange(last)
            ordinal = 0 if last is None else last.ordinal + 1
            return _put(connection, conversation_id, ordinal, question, scope, now)

    def ask_again(self, owner: str, exchange_id: str, question: str, scope: Scope = Scope()) -> Exchange:
        """Put a question in place of an earlier one; that one and what followed it go.

        Args:
            owner: whose conversation it is.
            exchange_id: the exchange to replace.
            question: the changed question, or the same one once more.
            scope: what the search is limited to.

        Raises:
            LibraryError: the owner has no such exchange.
        """
        now = datetime.now(UTC)
        with self._records.writing() as connection:
            old = connection.execute(select(exchanges).where(_own_exchange(owner, exchange_id))).first()
            if old is None:
                raise LibraryError("找不到这个问题，可能已被删除，请重新提问")
            following = and_(
                exchanges.c.conversation_id == old.conversation_id, exchanges.c.ordinal >= old.ordinal
            )
            connection.execute(delete(exchanges).where(following))
            if old.ordinal == 0:
                titled = conversations.c.title == title_of(old.question)
                this = and_(conversations.c.id == old.conversation_id, titled)
                connection.execute(update(conversations).where(this).values(**_titles(question)))
            return _put(connection, old.conversation_id, old.ordinal, question, scope, now)

    def settle(self, owner: str, exchange_id: str, answer: Answer) -> bool:
        """Keep the answer of an open exchange; the first one stays.

        Returns:
            Whether it was kept; not where the exchange is settled already, gone, or somebody else's.
        """
        searched = searchable(answer.question, answer.text)
        return self._finish(owner, exchange_id, answer=answer_record(answer), searched=searched)

    def fail(self, owner: str, exchange_id: str, problem: str) -> bool:
        """Keep the line that stands in place of an answer; see `settle`."""
        return self._finish(owner, exchange_id, problem=plain(problem) or own_words("没有回答"))

    def conversation(self, owner: str, conversation_id: str) -> Conversation | None:
        """Return a conversation, or None where the owner has none with this id."""
        query = select(conversations).where(_own(owner, conversation_id))
        with self._records.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else to_conversation(row)

    def exchanges(self, owner: str, conversation_id: str) -> tuple[Exchange, ...]:
        """Return what was said in a conversation, oldest first; nothing where the owner has none such."""
        query = (
            select(exchanges)
            .join(conversations, conversations.c.id == exchanges.c.conversation_id)
            .where(_own(owner, conversation_id))
            .order_by(exchanges.c.ordinal)
        )
        with self._records.reading() as connection:
            return tuple(map(to_exchange, connection.execute(query)))

    def listed(self, owner: str, query: str = "", limit: int = 100) -> tuple[Conversation, ...]:
        """Return an owner's conversations, pinned ones first, then those changed last.

        Args:
            owner: whose.
            query: words that its title, questions or answers must hold, in any script; "" lists all.
            limit: most to return.
        """
        found = (
            select(conversations)
            .where(conversations.c.owner == owner, *map(_holds, wanted(query)))
            .order_by(conversations.c.pinned.desc(), conversations.c.changed_at.desc())
            .limit(limit)
        )
        with self._records.reading() as connection:
            return tuple(map(to_conversation, connection.execute(found)))

    def cited_since(self, since: datetime) -> frozenset[str]:
        """Return the ids of the documents that anybody's answers cite; for administrators alone.

        Args:
            since: only answers to what was asked from this moment on.
        """
        query = select(exchanges.c.answer).where(
            exchanges.c.asked_at >= since.astimezone(UTC), exchanges.c.answer.is_not(None)
        )
        with self._records.reading() as connection:
            return frozenset(
                citation["document"]["id"]
                for row in connection.execute(query)
                for citation in row.answer.get("citations", ())
            )

    def take_over(self, owner: str, before: Sequence[str]) -> None:
        """Give a person what earlier versions kept under another name.

        Args:
            owner: whose it is from now on.
            before: the other names.
        """
        with self._records.writing() as connection:
            for table in (conversations, feedback):
                connection.execute(update(table).where(table.c.owner.in_(before)).values(owner=owner))

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation a title of its owner's; an empty one changes nothing."""
        if title.strip():
            self._change(owner, conversation_id, **_titles(title))

    def pin(self, owner: str, conversation_id: str, pinned: bool) -> None:
        """Let a conversation stand before the others, or no longer."""
        self._change(owner, conversation_id, pinned=pinned)

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation with all that was said in it; nothing brings it back."""
        with self._records.writing() as connection:
            _check(connection, owner, conversation_id)
            connection.execute(delete(exchanges).where(exchanges.c.conversation_id == conversation_id))
            connection.execute(delete(conversations).where(_own(owner, conversation_id)))

    def _finish(self, owner: str, exchange_id: str, **values: Any) -> bool:
        now = datetime.now(UTC)
        still_open = and_(_own_exchange(owner, exchange_id), exchanges.c.finished_at.is_(None))
        with self._records.writing() as connection:
            done = connection.execute(update(exchanges).where(still_open).values(finished_at=now, **values))
            return done.rowcount == 1

    def _change(self, owner: str, conversation_id: str, **values: Any) -> None:
        with self._records.writing() as connection:
            _check(connection, owner, conversation_id)
            connection.execute(update(conversations).where(_own(owner, conversation_id)).values(**values))


def _begin(connection: Connection, owner: str, question: str, now: datetime) -> str:
    row = {"id": new_id(), "owner": owner, "pinned": False, "begun_at": now, "changed_at": now}
    connection.execute(insert(conversations).values(**row, **_titles(question)))
    return str(row["id"])


def _put(
    connection: Connection, conversation_id: str, ordinal: int, question: str, scope: Scope, now: datetime
) -> Exchange:
    exchange = Exchange(new_id(), conversation_id, question, scope, now)
    connection.execute(
        insert(exchanges).values(
            id=exchange.id,
            conversation_id=conversation_id,
            ordinal=ordinal,
            asked_at=now,
            searched=searchable(question),
            question=question,
            scope=scope_record(scope),
            problem="",
        )
    )
    this = conversations.c.id == conversation_id
    connection.execute(update(conversations).where(this).values(changed_at=now))
    return exchange


def _check(connection: Connection, owner: str, conversation_id: str) -> None:
    # Locked, so that of two tabs that ask at once one comes after the other.
    query = select(conversations.c.id).where(_own(owner, conversation_id)).with_for_update()
    if connection.scalar(query) is None:
        raise LibraryError("找不到这个对话，可能已被删除，请从历史记录中选择，或开始新对话")


def _own(owner: str, conversation_id: str) -> ColumnElement[bool]:
    return and_(conversations.c.id == conversation_id, conversations.c.owner == owner)


def _own_exchange(owner: str, exchange_id: str) -> ColumnElement[bool]:
    owned = select(conversations.c.id).where(conversations.c.owner == owner)
    return and_(exchanges.c.id == exchange_id, exchanges.c.conversation_id.in_(owned))


def _holds(word: str) -> ColumnElement[bool]:
    said = and_(
        exchanges.c.conversation_id == conversations.c.id,
        exchanges.c.searched.contains(word, autoescape=True),
    )
    return or_(conversations.c.searched_title.contains(word, autoescape=True), exists().where(said))


def _titles(text: str) -> dict[str, str]:
    return {"title": title_of(text), "searched_title": searchable(title_of(text))}
