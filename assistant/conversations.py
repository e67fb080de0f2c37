"""Saved conversations: each belongs to one owner, and nobody else can read or change it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from assistant.records.filing import Filing, check, forget_deleted, own, titles
from assistant.records.history import (
    Conversation,
    Exchange,
    title_of,
    title_of_question,
    to_exchange,
    version_of,
)
from assistant.records.stored_answers import (
    answer_record,
    new_id,
    plain,
    scope_record,
    searchable,
)
from assistant.records.withholding import Withholding, seen
from assistant.types import Answer, Scope
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.tables import conversations, earlier_answers, exchanges

__all__ = ["Conversation", "Conversations", "Exchange"]


class Conversations(Filing, Withholding):
    """Reading and writing what is said in conversations, and keeping them in order."""

    def _seen(self, exchange: Exchange) -> Exchange:
        return seen(exchange, self._library) if self._library else exchange

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
            forget_deleted(connection, now)
            if not conversation_id:
                conversation_id = _begin(connection, owner, question, now)
            check(connection, owner, conversation_id)
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

        Where it is the same question once more, what it was answered before stays reachable.

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
            check(connection, owner, old.conversation_id)
            kept = _versions(connection, old) if question == old.question else []
            following = and_(
                exchanges.c.conversation_id == old.conversation_id, exchanges.c.ordinal >= old.ordinal
            )
            connection.execute(delete(exchanges).where(following))
            if old.ordinal == 0:
                given = conversations.c.title.in_((title_of(old.question), title_of_question(old.question)))
                this = and_(conversations.c.id == old.conversation_id, given)
                connection.execute(
                    update(conversations).where(this).values(**titles(title_of_question(question)))
                )
            return _put(connection, old.conversation_id, old.ordinal, question, scope, now, kept)

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

    def is_open(self, owner: str, exchange_id: str) -> bool:
        """Return whether an exchange of the owner's waits for its answer."""
        query = select(exchanges.c.id).where(_open_exchange(owner, exchange_id))
        with self._records.reading() as connection:
            return connection.execute(query).first() is not None

    def exchanges(self, owner: str, conversation_id: str) -> tuple[Exchange, ...]:
        """Return what was said in a conversation, oldest first; nothing where the owner has none such."""
        said = select(exchanges).join(conversations).where(own(owner, conversation_id))
        versions = (
            select(earlier_answers.c.id, earlier_answers.c.exchange_id)
            .join(exchanges)
            .where(exchanges.c.conversation_id == conversation_id)
            .order_by(earlier_answers.c.asked_at)
        )
        with self._records.reading() as connection:
            rows = connection.execute(said.order_by(exchanges.c.ordinal)).all()
            earlier: dict[str, tuple[str, ...]] = {}
            for version in connection.execute(versions) if rows else ():
                earlier[version.exchange_id] = (*earlier.get(version.exchange_id, ()), version.id)
        return tuple(self._seen(to_exchange(row, earlier.get(row.id, ()))) for row in rows)

    def earlier(self, owner: str, exchange: Exchange, version: str) -> Exchange | None:
        """Return an exchange as it was answered before it was asked once more; None where it is gone.

        Args:
            owner: whose conversation it is.
            exchange: as it is now.
            version: one of its `earlier`.
        """
        query = (
            select(earlier_answers)
            .join(exchanges)
            .where(_own_exchange(owner, exchange.id), earlier_answers.c.id == version)
        )
        with self._records.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else self._seen(version_of(exchange, row))

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

    def _finish(self, owner: str, exchange_id: str, **values: Any) -> bool:
        now = datetime.now(UTC)
        still_open = _open_exchange(owner, exchange_id)
        with self._records.writing() as connection:
            done = connection.execute(update(exchanges).where(still_open).values(finished_at=now, **values))
            return done.rowcount == 1


def _begin(connection: Connection, owner: str, question: str, now: datetime) -> str:
    row = {"id": new_id(), "owner": owner, "pinned": False, "begun_at": now, "changed_at": now}
    connection.execute(insert(conversations).values(**row, **titles(title_of_question(question))))
    return str(row["id"])


def _put(
    connection: Connection,
    conversation_id: str,
    ordinal: int,
    question: str,
    scope: Scope,
    now: datetime,
    earlier: list[dict[str, Any]] | None = None,
) -> Exchange:
    earlier = earlier or []
    exchange = Exchange(
        new_id(), conversation_id, question, scope, now, earlier=tuple(one["id"] for one in earlier)
    )
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
    for one in earlier:
        connection.execute(insert(earlier_answers).values(**one, exchange_id=exchange.id))
    this = conversations.c.id == conversation_id
    connection.execute(update(conversations).where(this).values(changed_at=now))
    return exchange


def _versions(connection: Connection, old: Row[Any]) -> list[dict[str, Any]]:
    """Return what an exchange was answered so far, the oldest first, as rows without the exchange."""
    columns = ("id", "asked_at", "finished_at", "answer")
    query = select(*(earlier_answers.c[name] for name in columns))
    earlier = query.where(earlier_answers.c.exchange_id == old.id).order_by(earlier_answers.c.asked_at)
    rows = [dict(row._mapping) for row in connection.execute(earlier)]
    last = {name: getattr(old, name) for name in columns}
    return [*rows, last] if old.answer is not None else rows


def _own_exchange(owner: str, exchange_id: str) -> ColumnElement[bool]:
    # In a deleted conversation too: what is answered meanwhile is there when it is brought back.
    owned = select(conversations.c.id).where(conversations.c.owner == owner)
    return and_(exchanges.c.id == exchange_id, exchanges.c.conversation_id.in_(owned))


def _open_exchange(owner: str, exchange_id: str) -> ColumnElement[bool]:
    return and_(_own_exchange(owner, exchange_id), exchanges.c.finished_at.is_(None))
