"""What readers thought of an answer, kept with the answer and how it was made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select

from assistant.records.history import Exchange, in_utc
from assistant.records.stored_answers import answer_from_record, answer_record, plain, searchable, wanted
from assistant.types import Answer, Turn
from vectorstore.languages.language import own_words
from vectorstore.records import Records
from vectorstore.tables import feedback

_WORDS_CHARS = 2000


class Reason(StrEnum):
    """Why an answer was of no use."""

    NONE = ""
    OFF_TOPIC = "off_topic"
    WRONG_CITATION = "wrong_citation"
    OUTDATED = "outdated"
    NOT_FOUND = "not_found"
    OTHER = "other"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {
            Reason.NONE: "未说明",
            Reason.OFF_TOPIC: "答非所问",
            Reason.WRONG_CITATION: "引用有误",
            Reason.OUTDATED: "内容过时",
            Reason.NOT_FOUND: "没有找到",
            Reason.OTHER: "其他",
        }[self]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader says of an answer.

    Attributes:
        useful: whether it was of use.
        reason: why not.
        words: the reader's own.
    """

    useful: bool
    reason: Reason = Reason.NONE
    words: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion with everything needed to understand it, as it was then.

    Attributes:
        exchange_id: the exchange that was answered; it may be deleted by now.
        owner: who gave it.
        at: when, in UTC.
        opinion: what was said.
        answer: the question, the answer and its sources.
        history: the conversation before it, oldest first.
        settings_used: name of a setting → its value when the answer was made.
    """

    exchange_id: str
    owner: str
    at: datetime
    opinion: Opinion
    answer: Answer
    history: tuple[Turn, ...]
    settings_used: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which feedback to list; what is left open fits all.

    Attributes:
        useful: only that which says so, or not.
        reasons: only these; empty means all.
        since: only from this moment on.
        query: words that question, answer or opinion must hold, in any script.
    """

    useful: bool | None = None
    reasons: tuple[Reason, ...] = ()
    since: datetime | None = None
    query: str = ""


class FeedbackBook:
    """Takes feedback from readers and lists it for administrators.

    Args:
        records: where it is kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def give(
        self,
        owner: str,
        exchange: Exchange,
        opinion: Opinion,
        history: tuple[Turn, ...] = (),
        settings_used: Mapping[str, str] | None = None,
    ) -> None:
        """Keep an opinion of an answer; a later one of the same answer takes its place.

        Args:
            owner: who gives it, of his own conversation.
            exchange: what was answered; without an answer nothing is kept.
            opinion: what is said of it.
            history: the conversation before it, oldest first.
            settings_used: the settings that the answer was made with; never a secret.
        """
        if exchange.answer is None:
            return
        words = plain(opinion.words).strip()[:_WORDS_CHARS]
        row = {
            "exchange_id": exchange.id,
            "owner": owner,
            "at": datetime.now(UTC),
            "useful": opinion.useful,
            "reason": Reason.NONE.value if opinion.useful else opinion.reason.value,
            "words": words,
            "searched": searchable(exchange.question, exchange.answer.text, words),
            "settings_used": dict(settings_used or {}),
            "history": [[turn.role, turn.content] for turn in history],
            "answer": answer_record(exchange.answer),
        }
        with self._records.writing() as connection:
            connection.execute(delete(feedback).where(_of(owner, exchange.id)))
            connection.execute(insert(feedback).values(**row))

    def take_back(self, owner: str, exchange_id: str) -> None:
        """Forget an opinion."""
        with self._records.writing() as connection:
            connection.execute(delete(feedback).where(_of(owner, exchange_id)))

    def given(self, owner: str, exchange_ids: Collection[str]) -> dict[str, Opinion]:
        """Return an owner's opinions by exchange, of those that have one."""
        query = select(feedback).where(
            feedback.c.owner == owner, feedback.c.exchange_id.in_(list(exchange_ids))
        )
        with self._records.reading() as connection:
            return {row.exchange_id: _opinion(row) for row in connection.execute(query)}

    def listed(self, chosen: Filter = Filter(), limit: int = 500) -> tuple[Feedback, ...]:
        """Return everybody's feedback, the newest first; for administrators alone.

        Args:
            chosen: which.
            limit: most to return.
        """
        query = select(feedback).where(*_conditions(chosen)).order_by(feedback.c.at.desc()).limit(limit)
        with self._records.reading() as connection:
            read = [_feedback(row) for row in connection.execute(query)]
        return tuple(filter(None, read))


def _conditions(chosen: Filter) -> Iterator[ColumnElement[bool]]:
    if chosen.useful is not None:
        yield feedback.c.useful == chosen.useful
    if chosen.reasons:
        yield feedback.c.reason.in_([reason.value for reason in chosen.reasons])
    if chosen.since:
        # SQLite keeps no zone: what is compared is written as it is kept.
        yield feedback.c.at >= chosen.since.astimezone(UTC)
    for word in wanted(chosen.query):
        yield feedback.c.searched.contains(word, autoescape=True)


def _of(owner: str, exchange_id: str) -> ColumnElement[bool]:
    return (feedback.c.exchange_id == exchange_id) & (feedback.c.owner == owner)


def _opinion(row: Row[Any]) -> Opinion:
    known = row.reason in set(Reason)
    return Opinion(row.useful, Reason(row.reason) if known else Reason.OTHER, row.words)


def _feedback(row: Row[Any]) -> Feedback | None:
    """Return the feedback of a row; None where another version kept its answer too differently."""
    answer = answer_from_record(row.answer)
    if answer is None:
        return None
    history = tuple(Turn(role, content) for role, content in row.history)
    return Feedback(
        row.exchange_id, row.owner, in_utc(row.at), _opinion(row), answer, history, row.settings_used
    )
