"""What a subscription asks, what was proved when it was asked, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assistant.records.scoping import Choice, scope_of
from assistant.types import Scope
from vectorstore.languages.language import own_words
from vectorstore.ledger import FactFilter
from vectorstore.types import PolicyDocument, Status

Cells = tuple[tuple[str, str], ...]
"""Names of the ledger's columns, each with what stands there."""


@dataclass(frozen=True, slots=True)
class WatchedQuestion:
    """A question that is asked again.

    Attributes:
        question: as it was typed.
        query: the same standing by itself, which is what is asked.
        choice: what the search is limited to, documents aside: what comes later is searched, too.
        sources: names of the only files that are searched, in whatever version; none means all.
    """

    question: str
    query: str
    choice: Choice = field(default_factory=Choice)
    sources: tuple[str, ...] = ()

    def scope(self, documents: Sequence[PolicyDocument], today: date) -> Scope | None:
        """Return what is searched in the library as it is now; None where nothing of it is left.

        Args:
            documents: all documents of the library.
            today: day on which a document's standing counts.
        """
        these = tuple(one.id for one in documents if one.source in self.sources)
        if self.sources and not these:
            return None
        return scope_of(replace(self.choice, documents=these), documents, today)


@dataclass(frozen=True, slots=True)
class WatchedFacts:
    """A filter of the ledger whose facts are listed again."""

    wanted: FactFilter


Watched = WatchedQuestion | WatchedFacts


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that was proved, apart from what numbers and places are its.

    Attributes:
        key: what a fact is of; "" for a quotation.
        mark: what it says, for comparing.
        name, value: the fact as the ledger tells it; empty for a quotation.
        quote: the words that prove it, verbatim.
        document_id, source, title: of the document.
        standing, standing_label: what the document was worth on the day, and the words for it.
        section: headings over it.
        passage: ordinal of the passage that holds it.
        start, end: place of the quote in the document's clean text, in characters.
    """

    key: str
    mark: str
    name: Cells
    value: Cells
    quote: str
    document_id: str
    source: str
    title: str
    standing: Status
    standing_label: str
    section: tuple[str, ...]
    passage: int
    start: int
    end: int


class Fate(StrEnum):
    """What became of something proved."""

    NEW = "new"
    GONE = "gone"
    DIFFERS = "differs"
    STANDING = "standing"

    @property
    @own_words
    def label(self) -> str:
        """The word a reader sees."""
        return {
            Fate.NEW: "新增",
            Fate.GONE: "不再出现",
            Fate.DIFFERS: "内容变化",
            Fate.STANDING: "文件状态变化",
        }[self]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        fate: what became of it.
        before: what was proved; None for what is new.
        after: what is proved now; None for what is gone.
        why: one Chinese line that tells why it is gone, or "".
    """

    fate: Fate
    before: Proof | None
    after: Proof | None
    why: str = ""

    @property
    def shown(self) -> Proof:
        """What is proved now, or else what was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has at least one side")
        return found
