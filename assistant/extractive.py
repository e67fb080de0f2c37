"""The answer without a model: the sentences that answer, verbatim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question
from assistant.scoring import ScoredSentence, score_sentences
from assistant.sentences import split_sentences
from assistant.types import Hit
from vectorstore.library import PolicyLibrary

_PASSAGES = 10
_MAX_QUOTES = 4
_CHARS = {
    AnswerKind.LIST: 300,
    AnswerKind.MEASURE: 300,
    AnswerKind.COMPARISON: 420,
    AnswerKind.DOCUMENTS: 480,
}
_DEFAULT_CHARS = 240
_WORTH_ADDING = 0.16
_NEAR_BEST = 0.55


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages say to a question.

    Attributes:
        quotes: verbatim spans in the order in which they are shown.
        refused: they do not answer it; the quotes are what is nearest.
    """

    quotes: tuple[Quote, ...]
    refused: bool


def extract(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    room: int | None = None,
) -> Extract:
    """Answer a question with sentences of the found passages.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters to quote, roughly; None is what the kind of question needs.

    Returns:
        The quotes that answer, or a refusal with what is nearest.
    """
    found = [(hit, split_sentences(hit.passage)) for hit in hits[:_PASSAGES]]
    scored = score_sentences(question, found, weights)
    if not scored:
        return Extract((), refused=True)
    chosen = _select(scored, weights, room or _CHARS.get(question.kind, _DEFAULT_CHARS))
    return Extract(
        tuple(quote_of(library, item.sentence, item.hit.document) for item in chosen), refused=False
    )


def _select(
    scored: Sequence[ScoredSentence], weights: Mapping[str, float], room: int
) -> list[ScoredSentence]:
    """Choose sentences greedily: the best one, then those that cover what is still open."""
    total = sum(weights.values()) or 1.0
    best = max(scored, key=lambda item: item.score)
    chosen = [best]
    covered = set(best.covered)
    room -= len(best.sentence.text)
    rest = [item for item in scored if item is not best and item.score >= _NEAR_BEST * best.score]
    while rest and len(chosen) < _MAX_QUOTES:
        gains = {id(item): sum(weights[token] for token in item.covered - covered) / total for item in rest}
        item = max(rest, key=lambda other: (gains[id(other)] + 0.3 * other.score, other.score))
        rest.remove(item)
        if len(item.sentence.text) > room or any(
            item.sentence.text == other.sentence.text for other in chosen
        ):
            continue
        if gains[id(item)] < _WORTH_ADDING and item.score < 0.9 * best.score:
            continue
        chosen.append(item)
        covered |= item.covered
        room -= len(item.sentence.text)
    return chosen
