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
# Beside the sentence that is told of one side stands its unit where the sentence is less likely than this and
# the unit so much longer, and the sentences of so many other passages.
_PLAIN, _MUCH_LONGER, _BESIDE = 0.6, 1.5, 1


@dataclass(frozen=True, slots=True)
class Brief:
    """What passages say to a question as shortly as can be.

    Attributes:
        quotes: the clauses that most likely answer; none where nothing is even near.
        also: where it is not sure that they do, what they stand in, and what may answer instead.
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
    """Answer a question with as little as can be: the telling clauses of one sentence.

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

    def told(unit: Unit) -> Quote:
        sentence = to_the_point(reading.profile, unit.passage.sentences[unit.peak], room)
        return quote_of(library, sentence, unit.passage.hit.document)

    best, *others = units
    short, also = told(best), list[Quote]()
    if decision.probability < ALONE:
        whole = unit_quote(library, best)
        longer = best.top < _PLAIN and len(whole.text) > _MUCH_LONGER * len(short.text)
        also = [whole] if longer else []
        also += map(told, alternative_units(others, [best])[:_BESIDE])
    return Brief((short,), tuple(also), answers=decision.certainty is not Certainty.NONE)
