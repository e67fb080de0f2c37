"""The answer without a model: the sentences that answer, verbatim, with what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question, years_of
from assistant.scoring import score_sentences
from assistant.selection import LONGEST, of_named, select
from assistant.sentences import Sentence, clip, split_sentences
from assistant.spans import Span, grow, quote_span
from assistant.support import holding, supported
from assistant.thresholds import CALIBRATED, Thresholds
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

_PASSAGES = 10
_NEAREST = 2
# Characters: of the sentences chosen, and up to which they may take in their neighbours.
_ROOM = 320
_GROWN, _GROWN_NUMBERS = 260, 160
_YEAR_WORTH = 0.3
_DIGIT = re.compile(r"\d")
_FIGURE = "figure"


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
    *,
    sparing: bool = False,
    strict: bool = False,
    thresholds: Thresholds = CALIBRATED,
) -> Extract:
    """Answer a question with sentences of the found passages.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters to quote, roughly; None is what the kind of question needs.
        sparing: leave out what only says the same once more.
        strict: answer with the one sentence that itself holds the asked fact.
        thresholds: when what was found is no answer.

    Returns:
        The quotes that answer, or a refusal with what is nearest.
    """
    found = [(hit, split_sentences(hit.passage)) for hit in hits[:_PASSAGES]]
    everything = score_sentences(question, found, weights)
    scored = of_named(question, everything)
    if not scored:
        return Extract((), refused=True)
    chosen = select(question, scored, weights, room or _ROOM, sparing=sparing)
    answers = supported(question, chosen, scored, weights, thresholds)
    if strict:
        # What a place's own documents leave open, those of places within it may hold.
        pools = (holding(question, chosen, pool, weights, thresholds) for pool in (scored, everything))
        answers = sorted(next(filter(None, pools), []), key=lambda item: -item.score)[:1]
    if not answers:
        nearest = [quote_of(library, item.sentence, item.hit.document) for item in chosen[:_NEAREST]]
        return Extract(tuple(nearest), refused=True)
    sentences = {hit.passage.id: split for hit, split in found}
    crowded = sum(len(item.sentence.text) for item in answers) > (room or _ROOM)
    spans = []
    for item in answers:
        own = list(sentences[item.hit.passage.id])
        if crowded:
            own[item.sentence.index] = to_the_point(question, item.sentence, weights)
        spans.append(Span(item.hit, own, item.sentence.index, item.sentence.index))
    lists = question.kind in (AnswerKind.LIST, AnswerKind.DEFINITION, AnswerKind.MEASURE)
    limit = room or (_GROWN_NUMBERS if question.kind is AnswerKind.NUMBER else _GROWN)
    return Extract(
        tuple(quote_span(library, span) for span in grow(spans, limit, lists=lists)), refused=False
    )


def to_the_point(
    question: Question, sentence: Sentence, weights: Mapping[str, float], limit: int = LONGEST
) -> Sentence:
    """Cut a long sentence down to the clauses that tell what is asked, so that others find room beside it."""
    total = sum(weights.values())
    values = {**weights, _FIGURE: total, **{str(year): _YEAR_WORTH * total for year in question.years}}

    def features(clause: str) -> frozenset[str]:
        folded = fold(clause)
        figure = [_FIGURE] if _DIGIT.search(folded) else []
        return frozenset([*tokens(folded), *map(str, years_of(folded)), *figure])

    return clip(sentence, features, values, limit)
