"""What passages say to a question as shortly as can be, as for one side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question
from assistant.reading import read_passages, unit_quote
from assistant.selecting.alternatives import ALONE, alternative_units
from assistant.selecting.short_answer import to_the_point
from assistant.selecting.units import Unit
from assistant.types import Certainty, Hit
from vectorstore.library import PolicyLibrary

# What does not seem to be asked of a side is near where its sentence is so likely.
_LIKELY = 0.5
# A sentence that is less likely than this is told with its unit, and beside it the sentences of so many other
# passages.
_PLAIN, _BESIDE = 0.7, 1


@dataclass(frozen=True, slots=True)
class Brief:
    """What passages say to a question as shortly as can be.

    Attributes:
        quotes: what most likely answers; none where nothing is even near.
        also: what may answer instead, where it is not sure that it does.
        answers: whether it answers, and is not only near what is asked.
    """

    quotes: tuple[Quote, ...] = ()
    also: tuple[Quote, ...] = ()
    answers: bool = False


def brief(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    room: int,
) -> Brief:
    """Answer a question with as little as can be: the telling clauses of a sentence, or its unit if unsure.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters, unless a table row is longer.
    """
    reading = read_passages(library, question, hits, weights)
    if reading is None:
        return Brief()
    units = reading.units(room)
    decision = reading.decision(units)
    asked = decision.models.found.certainty(decision.found) is not Certainty.NONE
    if not asked and units[0].top < _LIKELY:
        return Brief()

    def sentence_of(unit: Unit) -> Quote:
        sentence = to_the_point(reading.profile, unit.passage.sentences[unit.peak], room)
        return quote_of(library, sentence, unit.passage.hit.document)

    best, *others = units
    told = sentence_of(best) if best.top >= _PLAIN else unit_quote(library, best)
    instead = alternative_units(others, [best])[:_BESIDE] if decision.probability < ALONE else ()
    return Brief((told,), tuple(map(sentence_of, instead)), answers=decision.certainty is not Certainty.NONE)
