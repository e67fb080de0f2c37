"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.citations import Quote
from assistant.extractive import extract
from assistant.question import AnswerKind, Question
from assistant.retriever import find
from assistant.types import Scope
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_HITS_A_SIDE = 8
_SIDES = 5
_CHARS = 420


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: as the question names it, or the title of its document.
        documents: ids of the documents that speak for it.
        quotes: what they say, best first; empty where they are silent.
    """

    name: str
    documents: frozenset[str]
    quotes: tuple[Quote, ...] = ()


def sides_of(question: Question) -> tuple[Side, ...]:
    """Return the sides a question holds against each other: places that different documents speak for.

    Returns:
        Two to five sides, or none where there is nothing to compare.
    """
    sides: list[Side] = []
    for mention in question.mentions:
        if not any(mention.documents & side.documents for side in sides):
            sides.append(Side(mention.text, mention.documents))
    return tuple(sides[:_SIDES]) if len(sides) > 1 else ()


def compare(
    library: PolicyLibrary, question: Question, sides: tuple[Side, ...], weights: Mapping[str, float]
) -> tuple[Side, ...]:
    """Search and answer each side by itself.

    Args:
        library: the policy library.
        question: what is asked of every side.
        sides: the sides, in the order of the question.
        weights: weight of each token of the question.

    Returns:
        The sides with their quotes; a side that says nothing keeps none.
    """
    answered: list[Side] = []
    for side in sides:
        others = [fold(other.name) for other in sides if other is not side]
        own = _without(question, others)
        hits = find(library, own, _HITS_A_SIDE, Scope(documents=tuple(sorted(side.documents))))
        result = extract(library, own, hits, weights, _CHARS // len(sides))
        answered.append(replace(side, quotes=() if result.refused else result.quotes))
    return tuple(answered)


def by_document(library: PolicyLibrary, question: Question, weights: Mapping[str, float]) -> tuple[Side, ...]:
    """Answer which documents speak of something: each that does, with the sentence that shows it."""
    sides: list[Side] = []
    for document in library.documents():
        hits = find(library, question, 2, Scope(documents=(document.id,)))
        result = extract(library, question, hits, weights, _CHARS // _SIDES)
        if not result.refused:
            sides.append(Side(f"《{document.title}》", frozenset({document.id}), result.quotes[:1]))
    return tuple(sides)


def _without(question: Question, names: list[str]) -> Question:
    search = question.search
    for name in names:
        search = search.replace(name, " ")
    kind = AnswerKind.FACT if question.kind is AnswerKind.COMPARISON else question.kind
    return replace(question, search=search, kind=kind)
