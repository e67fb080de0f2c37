"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.citations import Quote, quote_of, title_without_years
from assistant.extractive import extract
from assistant.question import AnswerKind, Question
from assistant.retriever import distinct_places, find, term_weights
from assistant.sentences import clip, split_sentences
from assistant.thresholds import CALIBRATED, Thresholds
from assistant.types import Scope
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

_HITS_A_SIDE = 8
_SIDES = 5
_CHARS = 420
_HITS_A_DOCUMENT = 3
_MOST_DOCUMENTS = 24
_CHARS_A_DOCUMENT = 60
_SPEAKS_OF_IT = 0.8
_ABOUT_DOCUMENTS = re.compile(
    r"现有|这|几份|哪几?[份个篇部]|资料|文件|文档|规划|政策|里|中|都|提到了?|涉及|讲到?了?|说到?了?|写到?了?|关于"
)


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
    kept = distinct_places(question.mentions)
    return tuple(Side(mention.text, mention.documents) for mention in kept[:_SIDES]) if len(kept) > 1 else ()


def compare(
    library: PolicyLibrary,
    question: Question,
    sides: tuple[Side, ...],
    weights: Mapping[str, float],
    thresholds: Thresholds = CALIBRATED,
) -> tuple[Side, ...]:
    """Search and answer each side by itself.

    Args:
        library: the policy library.
        question: what is asked of every side.
        sides: the sides, in the order of the question.
        weights: weight of each token of the question.
        thresholds: when what was found is no answer.

    Returns:
        The sides with their quotes; a side that says nothing keeps none.
    """
    room = _CHARS // len(sides)

    def answered(side: Side, *, any_year: bool) -> Side:
        own = _without(question, [fold(other.name) for other in sides if other is not side])
        own = replace(own, firm_years=()) if any_year else own
        hits = find(library, own, _HITS_A_SIDE, Scope(documents=tuple(sorted(side.documents))))
        result = extract(library, own, hits, weights, room, sparing=True, thresholds=thresholds)
        return replace(side, quotes=() if result.refused else result.quotes)

    compared = tuple(answered(side, any_year=False) for side in sides)
    if not any(side.quotes for side in compared):
        return compared
    # Beside a side that names the asked year, what another one plans for its own years is worth seeing.
    return tuple(side if side.quotes else answered(side, any_year=True) for side in compared)


def by_document(library: PolicyLibrary, question: Question) -> tuple[Side, ...]:
    """Answer which documents speak of something: each that does, with the words that show it."""
    subject = replace(question, search=_ABOUT_DOCUMENTS.sub(" ", question.search), kind=AnswerKind.FACT)
    own = term_weights(library, subject)
    total = sum(own.values()) or 1.0

    def worth(text: str) -> float:
        return sum(own[token] for token in own.keys() & set(tokens(text))) / total

    sides: list[Side] = []
    for document_id in library.score_documents(subject.search, _MOST_DOCUMENTS):
        document = library.document(document_id)
        hits = find(library, subject, _HITS_A_DOCUMENT, Scope(documents=(document.id,)))
        sentences = [sentence for hit in hits for sentence in split_sentences(hit.passage)]
        best = max(sentences, key=lambda sentence: worth(sentence.text), default=None)
        if best is not None and worth(best.text) >= _SPEAKS_OF_IT:
            clipped = clip(
                best, lambda clause: frozenset(tokens(clause)), own, _CHARS_A_DOCUMENT, fullest=True
            )
            quote = quote_of(library, clipped, document)
            sides.append(Side(f"《{title_without_years(document)}》", frozenset({document.id}), (quote,)))
    return tuple(sorted(sides, key=lambda side: side.quotes[0].document.source))


def _without(question: Question, names: list[str]) -> Question:
    search = question.search
    for name in names:
        search = search.replace(name, " ")
    kind = AnswerKind.FACT if question.kind is AnswerKind.COMPARISON else question.kind
    return replace(question, search=search, kind=kind)
