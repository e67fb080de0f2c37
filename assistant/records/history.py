"""What a history is made of: conversations and the exchanges in them, also as rows of the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from assistant.records.stored_answers import answer_from_record, plain, scope_from_record
from assistant.types import Answer, Scope
from vectorstore.languages.language import own_words

_TITLE_CHARS = 40
_QUESTION_CHARS = 24
# What a question says of the asking alone.
_OPENING = re.compile(
    r"(?:您好|你好|请问|麻烦|(?:请?(?:帮我|告诉我)|我?想)(?:查|看|问|了解|知道)?(?:一下)?|[，,、：:！!\s])+"
)
_CLOSING = re.compile(r"(?:(?:分别|各|一共)?(?:是|有)(?:多少|什么|哪些|多大|多长)|[吗呢啊呀？?。！!\s])+$")
_UNTITLED = own_words("未命名的对话")
_UNREADABLE = own_words("这条回答由其他版本的程序保存，无法显示，请重新提问")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it.

    Attributes:
        id: unguessable.
        conversation_id: the conversation it belongs to.
        question: as it was typed.
        scope: what the search was limited to.
        asked_at, finished_at: in UTC; the latter is None while there is no answer.
        answer: the answer as it was given, or None while there is none.
        problem: the Chinese line that stands in place of an answer, or "".
        earlier: ids of what was answered before it was asked once more, the oldest first.
    """

    id: str
    conversation_id: str
    question: str
    scope: Scope
    asked_at: datetime
    finished_at: datetime | None = None
    answer: Answer | None = None
    problem: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the question still waits for its answer."""
        return self.finished_at is None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is listed.

    Attributes:
        id: unguessable, for links.
        title: what its owner called it, else its first question.
        pinned: whether it stands before the others.
        begun_at, changed_at: in UTC.
        folder: name of the folder that its owner put it in, or "".
    """

    id: str
    title: str
    pinned: bool
    begun_at: datetime
    changed_at: datetime
    folder: str = ""


def title_of(text: str) -> str:
    """Return a text as the title of a conversation: one line, not too long, never empty."""
    line = " ".join(plain(text).split())
    return (line if len(line) <= _TITLE_CHARS else line[: _TITLE_CHARS - 1] + "…") or _UNTITLED


def title_of_question(question: str) -> str:
    """Return a question as a short title: what it is about, without the words that only ask."""
    line = title_of(question)
    about = _CLOSING.sub("", line[opening.end() :] if (opening := _OPENING.match(line)) else line)
    about = about if len(about) > 1 else line
    return about if len(about) <= _QUESTION_CHARS else about[: _QUESTION_CHARS - 1] + "…"


def to_conversation(row: Row[Any]) -> Conversation:
    """Return the conversation of a row."""
    return Conversation(
        row.id, row.title, row.pinned, in_utc(row.begun_at), in_utc(row.changed_at), row.folder
    )


def to_exchange(row: Row[Any], earlier: tuple[str, ...] = ()) -> Exchange:
    """Return the exchange of a row; an answer that cannot be read is a problem told in its place."""
    answer = None if row.answer is None else answer_from_record(row.answer)
    unreadable = _UNREADABLE if answer is None and row.answer is not None else ""
    return Exchange(
        id=row.id,
        conversation_id=row.conversation_id,
        question=row.question,
        scope=scope_from_record(row.scope),
        asked_at=in_utc(row.asked_at),
        finished_at=row.finished_at and in_utc(row.finished_at),
        answer=answer,
        problem=row.problem or unreadable,
        earlier=earlier,
    )


def version_of(exchange: Exchange, row: Row[Any]) -> Exchange:
    """Return the earlier version of an exchange that a row of `earlier_answers` keeps."""
    return Exchange(
        row.id,
        exchange.conversation_id,
        exchange.question,
        exchange.scope,
        in_utc(row.asked_at),
        in_utc(row.finished_at),
        answer_from_record(row.answer),
    )


def in_utc(moment: datetime) -> datetime:
    """Return a stored moment with its time zone, which SQLite does not keep."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
