"""Links to answers for colleagues: who knows one reads that answer alone, until its owner withdraws it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from assistant.records.history import Exchange, to_exchange, version_of
from assistant.records.stored_answers import new_id
from assistant.records.withholding import Withholding, seen
from vectorstore.errors import LibraryError
from vectorstore.records import Records
from vectorstore.tables import answer_links, conversations, earlier_answers, exchanges


class AnswerLinks(Withholding):
    """Makes, follows and withdraws links; an answer that is deleted takes its links with it.

    Args:
        records: where conversations are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def make(self, owner: str, exchange: Exchange, link: str) -> None:
        """Let a link lead to an answer.

        Args:
            owner: whose answer it is.
            exchange: the answered exchange, or an earlier version of one.
            link: an id that nobody can guess, as `new_link` gives it.

        Raises:
            LibraryError: the owner has no such answer.
        """
        row = {"id": link, "conversation_id": exchange.conversation_id, "exchange_id": exchange.id}
        owned = select(conversations.c.id).where(
            conversations.c.id == exchange.conversation_id,
            conversations.c.owner == owner,
            conversations.c.deleted_at.is_(None),
        )
        with self._records.writing() as connection:
            if connection.scalar(owned) is None:
                raise LibraryError("找不到这个回答，可能已被删除，未能分享")
            connection.execute(insert(answer_links).values(**row, made_at=datetime.now(UTC)))

    def withdraw(self, owner: str, exchange_id: str) -> None:
        """Let all links to an answer lead nowhere; those of another owner stay."""
        owned = select(conversations.c.id).where(conversations.c.owner == owner)
        with self._records.writing() as connection:
            connection.execute(
                delete(answer_links).where(
                    answer_links.c.exchange_id == exchange_id, answer_links.c.conversation_id.in_(owned)
                )
            )

    def made(self, conversation_id: str) -> dict[str, str]:
        """Return the links into a conversation: id of an answer or an earlier version → the last one made.

        Args:
            conversation_id: the conversation's id, or "".
        """
        if not conversation_id:
            return {}
        query = (
            select(answer_links.c.exchange_id, answer_links.c.id)
            .where(answer_links.c.conversation_id == conversation_id)
            .order_by(answer_links.c.made_at)
        )
        with self._records.reading() as connection:
            return {row.exchange_id: row.id for row in connection.execute(query)}

    def followed(self, link: str) -> Exchange | None:
        """Return the answered exchange that a link leads to; None where it was withdrawn or never was.

        Args:
            link: as the page's address names it.

        Returns:
            The exchange, with a problem and no answer where that rests on what the reader may not see.
        """
        found = self._followed(link)
        return seen(found, self._library, by_others=True) if found and self._library else found

    def _followed(self, link: str) -> Exchange | None:
        query = (
            select(answer_links.c.exchange_id)
            .join(conversations)
            .where(answer_links.c.id == link, conversations.c.deleted_at.is_(None))
        )
        with self._records.reading() as connection:
            identity = connection.scalar(query)
            if identity is None:
                return None
            row = connection.execute(select(exchanges).where(exchanges.c.id == identity)).first()
            if row is not None:
                return to_exchange(row)
            version = connection.execute(
                select(earlier_answers).where(earlier_answers.c.id == identity)
            ).first()
            if version is None:
                return None
            now = connection.execute(select(exchanges).where(exchanges.c.id == version.exchange_id)).one()
            return version_of(to_exchange(now), version)


def new_link() -> str:
    """Return the id of a link to be made."""
    return new_id()
