"""The answer without a model: the sentences that answer, verbatim, with what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.forms import lacks_form
from assistant.choosing.scoring import ScoredSentence, score_sentences
from assistant.choosing.selection import LONGEST, of_named, select
from assistant.choosing.sentences import Sentence, clip, split_sentences
from assistant.choosing.spans import Span, grow, quote_span
from assistant.choosing.support import supported
from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question, years_of
from assistant.retriever import term_weights
from assistant.types import Hit
from assistant.understanding.members import asks_each
from assistant.understanding.parts import single_questions
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

_PASSAGES = 10
_NEAREST = 2
# Characters: of the sentences chosen, and up to which they may take in their neighbours.
_ROOM = 320
_GROWN, _GROWN_NUMBERS = 260, 60
_YEAR_WORTH = 0.3
_MEASURED = 0.2
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_FIGURE, _FORM = "figure", "form"


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
    if not answers and len(scored) < len(everything):
        # What a place's own documents leave open, those of places within and around it may hold.
        wider = select(question, everything, weights, room or _ROOM, sparing=sparing)
        answers = supported(question, wider, everything, weights, thresholds)
    if not answers:
        nearest = [quote_of(library, item.sentence, item.hit.document) for item in chosen[:_NEAREST]]
        return Extract(tuple(nearest), refused=True)
    answers = [*answers, *_of_parts(library, question, found, answers, thresholds)]
    spans = _spans(question, answers, weights, found, room or _ROOM)
    lists = question.kind in (AnswerKind.LIST, AnswerKind.DEFINITION, AnswerKind.MEASURE)
    limit = room or (_GROWN_NUMBERS if question.kind is AnswerKind.NUMBER else _GROWN)
    grown = grow(spans, limit, lists=lists, each=asks_each(question))
    return Extract(tuple(quote_span(library, span) for span in grown), refused=False)


def _of_parts(
    library: PolicyLibrary,
    question: Question,
    found: Sequence[tuple[Hit, Sequence[Sentence]]],
    answers: Sequence[ScoredSentence],
    thresholds: Thresholds,
) -> list[ScoredSentence]:
    """Return what answers the parts of a question that the sentences chosen for the whole leave open."""
    added: list[ScoredSentence] = []
    singles = single_questions(question)
    for single in singles if len(singles) > 1 else ():
        weights = term_weights(library, single)
        scored = of_named(single, score_sentences(single, found, weights))
        best = _best_of_part(single, scored, weights)
        told = any(item.sentence == best.sentence for item in (*answers, *added))
        if not told and best in supported(single, [best], scored, weights, thresholds):
            added.append(best)
    return added


def _best_of_part(
    single: Question, scored: Sequence[ScoredSentence], weights: Mapping[str, float]
) -> ScoredSentence:
    """Return the sentence that fits a part best, its own words counting beside those it leans on."""
    own = weights.keys() & set(tokens(single.search))
    total = sum(weights[token] for token in own) or 1.0
    top = max(item.score for item in scored) or 1.0
    return max(
        scored,
        key=lambda item: item.score / top + sum(weights[token] for token in item.covered & own) / total,
    )


def _spans(
    question: Question,
    answers: Sequence[ScoredSentence],
    weights: Mapping[str, float],
    found: Sequence[tuple[Hit, Sequence[Sentence]]],
    room: int,
) -> list[Span]:
    """Return the sentences that answer as spans; where they are too many, long ones are cut down."""
    sentences = {hit.passage.id: split for hit, split in found}
    crowded = sum(len(item.sentence.text) for item in answers) > room
    spans: list[Span] = []
    for item in answers:
        own = list(sentences[item.hit.passage.id])
        if crowded:
            own[item.sentence.index] = to_the_point(question, item.sentence, weights)
        spans.append(Span(item.hit, own, item.sentence.index, item.sentence.index))
    return spans


def to_the_point(
    question: Question, sentence: Sentence, weights: Mapping[str, float], limit: int = LONGEST
) -> Sentence:
    """Cut a long sentence down to the clauses that tell what is asked, so that others find room beside it."""
    total = sum(weights.values())
    values = {
        **weights,
        _FIGURE: total,
        _FORM: total,
        **{str(year): _YEAR_WORTH * total for year in question.years},
    }

    def features(clause: str) -> frozenset[str]:
        folded = fold(clause)
        said = frozenset(tokens(folded))
        # The figure that is asked for is no year, and stands beside what it measures where room is scarce.
        measured = sum(weights[token] for token in weights.keys() & said) >= _MEASURED * total
        near = measured or limit >= LONGEST
        # The form that is asked for tells more than any figure.
        formed = [_FORM] if any(not lacks_form(fold(part), folded) for part in question.parts) else []
        figure = [_FIGURE, *formed] if near and _DIGIT.search(_YEAR.sub("", folded)) else []
        return frozenset([*said, *map(str, years_of(folded)), *figure])

    return clip(sentence, features, values, limit)
