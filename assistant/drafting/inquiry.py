"""What an answer is drafted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.question import Question
from assistant.selecting.places import holds_for
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What an answer is drafted from.

    Attributes:
        library: the policy library.
        question: what is asked.
        hits: the passages found for it, best first.
        weights: weight of each token of the question.
        today: the day of the answer.
        allowed: ids of the documents that may be told of; None is all.
    """

    library: PolicyLibrary
    question: Question
    hits: Sequence[Hit]
    weights: Mapping[str, float]
    today: date
    allowed: frozenset[str] | None = None

    @property
    def folded(self) -> str:
        """The question, folded."""
        return fold(self.question.query)

    def allows(self, document: str) -> bool:
        """Return whether a document, by its id, may be told of."""
        return self.allowed is None or document in self.allowed

    def documents(self) -> list[str]:
        """Return ids of the documents found that may speak for the places asked about, best first."""
        named = frozenset[str]().union(*(mention.documents for mention in self.question.mentions))
        found = dict.fromkeys(hit.document.id for hit in self.hits if holds_for(self.question, hit))
        return [one for one in found if self.allows(one) and (not named or one in named)][:_DOCUMENTS]
