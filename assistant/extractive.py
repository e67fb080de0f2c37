"""The answer without a model: the unit of a passage that answers, verbatim, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question, single_questions
from assistant.reading import read_passages, unit_quote
from assistant.retriever import term_weights
from assistant.selecting.alternatives import ALONE, alternative_units, units_of_years
from assistant.selecting.decision import Decision
from assistant.selecting.short_answer import short_answer_of
from assistant.selecting.units import FACTS, Unit, completed
from assistant.types import Certainty, Hit
from vectorstore.library import PolicyLibrary

# Characters of what answers one part of a question, and of what is only near one.
_PART_ROOM, _NEAR_ROOM = 160, 80
# What is near must be so likely beside the nearest.
_NEAR = 0.2


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages say to a question.

    Attributes:
        quotes: verbatim spans in the order in which they are shown.
        point: the clause of the first one that says it shortest, or None where it is short itself.
        also: what may answer instead, where it is not sure enough that the quotes do.
        certainty: whether they answer it; where it is none, the quotes are what is nearest.
    """

    quotes: tuple[Quote, ...]
    point: Quote | None
    also: tuple[Quote, ...]
    certainty: Certainty


def extract(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
) -> Extract:
    """Answer a question with a unit of the found passages, or one for each thing that it asks.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.

    Returns:
        The quotes with how sure they are.
    """
    reading = read_passages(library, question, hits, weights)
    if reading is None:
        return Extract((), None, (), Certainty.NONE)
    profile, units = reading.profile, reading.units()
    decision = reading.decision(units)
    lists = "list" in profile.forms
    answered = decision.certainty is not Certainty.NONE
    chosen = [completed(units[0], lists=lists)] if answered else []
    of_parts, best = _of_parts(library, question, hits, chosen)
    chosen += of_parts
    if answered:
        chosen += units_of_years(profile, reading.passages, chosen)
    elif best is None or best.certainty is not Certainty.SURE:
        return _nearest(library, reading.units(_NEAR_ROOM))
    else:
        # What asks for things that stand far apart is like no single unit.
        decision = best
    also = [] if decision.probability >= ALONE else alternative_units(units[1:], chosen)
    point = short_answer_of(profile, chosen[0]) if profile.forms & FACTS and len(chosen) == 1 else None
    return Extract(
        quotes=tuple(unit_quote(library, unit) for unit in chosen),
        point=None if point is None else quote_of(library, point, chosen[0].passage.hit.document),
        also=tuple(unit_quote(library, completed(unit, lists=lists)) for unit in also),
        certainty=decision.certainty,
    )


def decision_of(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> Decision | None:
    """Return how it is decided whether a question is answered as a whole; None where nothing was found."""
    reading = read_passages(library, question, hits, weights)
    return None if reading is None else reading.decision(reading.units())


def _nearest(library: PolicyLibrary, units: Sequence[Unit]) -> Extract:
    """Return what is nearest where nothing answers, shortly, from a few passages."""
    best, *others = units
    shown = [best, *alternative_units(others, [best], _NEAR)]
    return Extract(tuple(unit_quote(library, unit) for unit in shown), None, (), Certainty.NONE)


def _of_parts(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], chosen: Sequence[Unit]
) -> tuple[list[Unit], Decision | None]:
    """Return the units that answer parts of a question which those chosen for the whole leave open.

    Beside them stands the surest decision; None where there is none.
    """
    added: list[Unit] = []
    best: Decision | None = None
    singles = single_questions(question)
    for single in singles if len(singles) > 1 else ():
        reading = read_passages(library, single, hits, term_weights(library, single))
        if reading is None:
            continue
        units = reading.units(_PART_ROOM)
        unit, decision = completed(units[0]), reading.decision(units)
        told = any(unit.touches(other) for other in (*chosen, *added))
        if not told and decision.certainty is not Certainty.NONE:
            added.append(unit)
            best = max(best or decision, decision, key=lambda one: one.probability)
    return added, best
