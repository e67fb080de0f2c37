"""The values of answering: what was asked, what was found, what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from vectorstore.types import Passage, PolicyDocument, Status

Mode = Literal["extractive", "model"]


class Verdict(StrEnum):
    """What the passages say of a sentence of an answer.

    `PROVEN` is a sentence that cited nothing and to which the passage that supports it was added.
    """

    SUPPORTED = "supported"
    PROVEN = "proven"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


class Certainty(StrEnum):
    """How sure an answer is: given plainly, given with the request to check it, or none at all."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the user limits the search to; empty means everything.

    Attributes:
        regions: region names; a document belongs where its region contains one of them.
        documents: document ids or source names.
    """

    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage with its document.

    Attributes:
        score: higher is better; about 1 for the best.
        similarity: how near its vector is to the question's: 0 as a passage of the library commonly is, 1 the
            nearest found, below 0 farther; None where it has no vector, or keywords alone searched.
        standout: how far its vector lies above what is usual (see `Similarities`); None likewise, and where
            the library is too small to tell it.
    """

    passage: Passage
    document: PolicyDocument
    score: float
    similarity: float | None = None
    standout: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a statement.

    Attributes:
        number: n of the [n] in the answer, from 1.
        passage: the passage it stands in.
        document: the passage's document.
        quote: verbatim span of the document's clean text.
        start, end: place of the quote in the document's clean text, in characters.
        standing: the document's status on the day of the answer.
        label: 《title》 and the section, as it is cited officially.
        supported: whether the statement was verified against the passage.
        why_not: the reason, in Chinese, where it was not.
        standing_label: what that day's readers were told of the document's standing.
    """

    number: int
    passage: Passage
    document: PolicyDocument
    quote: str
    start: int
    end: int
    standing: Status
    label: str
    supported: bool = True
    why_not: str = ""
    standing_label: str = ""

    @property
    def standing_words(self) -> str:
        """What a reader is told of the document's standing."""
        return self.standing_label or self.standing.label


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A sentence of a model's answer, held against the passages it cites.

    Attributes:
        start, end: its place in the answer's text, in characters, marks included.
        text: the sentence without its marks.
        numbers: the citations it rests on.
        verdict: what they say of it.
        reason: one Chinese line where they do not support it, else "".
    """

    start: int
    end: int
    text: str
    numbers: tuple[int, ...]
    verdict: Verdict
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the passages support it."""
        return self.verdict in (Verdict.SUPPORTED, Verdict.PROVEN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user is told; "I cannot answer" is `refused`, not a string to look for.

    Attributes:
        question: as it was typed.
        query: the standalone question that was understood.
        text: the answer with [n] marks, one citation for each n.
        citations: in order of their numbers.
        certainty: none where nothing in the library supports an answer; `text` says so and names what is
            nearest.
        mode: who wrote it.
        notices: what the reader should know of the sources or of the way the answer was made.
        seconds: time from question to finished answer.
        statements: the sentences that a model wrote and that state a fact, in the order of the text.
    """

    question: str
    query: str
    text: str
    citations: tuple[Citation, ...]
    certainty: Certainty
    mode: Mode
    notices: tuple[str, ...]
    seconds: float
    statements: tuple[CheckedStatement, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing in the library supports an answer."""
        return self.certainty is Certainty.NONE
