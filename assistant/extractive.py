"""The answer without a model: the unit of a passage that answers, verbatim, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question, single_questions
from assistant.retriever import term_weights
from assistant.selecting.alternatives import alternative_units, complementary_units, units_of_years
from assistant.selecting.answer_types import years_in
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.decision import Decision, decide
from assistant.selecting.linear_model import Fitted, fitted
from assistant.selecting.places import holds_for
from assistant.selecting.query_profile import QueryProfile, profile_of
from assistant.selecting.sentence_features import sentence_features
from assistant.selecting.short_answer import has_all_types, short_answer_of, to_the_point
from assistant.selecting.units import FACTS, Unit, completed, units_of
from assistant.types import Certainty, Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_PASSAGES = 10
# Characters of what answers one part of a question, and of what is only near one.
_PART_ROOM, _NEAR_ROOM = 160, 80
_SEVERAL = re.compile(
    r"分别|各[自是有占为多达区市县地]|比|(?:19|20)\d{2}年?.{0,12}(?:19|20)\d{2}年|[吗?].+[?吗]|同一|一回事|差"
)
_AS_GOOD = 0.6
# What is near must be so likely beside the nearest.
_NEAR = 0.2
# Less sure than this, the best unit does not stand alone.
_ALONE = 0.9


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
    passages = _speaking(question, hits, weights)
    if not passages:
        return Extract((), None, (), Certainty.NONE)
    models = fitted(library.has_embedding)
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    probabilities = _of_sentences(models, profile, passages)
    units = units_of(profile, passages, probabilities, None)
    decision = decide(models, question, profile, passages, units)
    probability, certainty = decision.probability, decision.certainty
    lists = "list" in profile.forms
    chosen = [completed(units[0], lists=lists)]
    told = chosen if certainty is not Certainty.NONE else []
    of_parts, best = _of_parts(library, question, passages, told)
    if certainty is not Certainty.NONE:
        chosen += of_parts
        chosen += units_of_years(profile, passages, chosen)
        if _SEVERAL.search(fold(question.query)):
            chosen += complementary_units(
                profile, units_of(profile, passages, probabilities, _PART_ROOM), chosen
            )
    elif best:
        # What asks for things that stand far apart is like no single unit.
        chosen, probability, certainty = of_parts, best.probability, best.certainty
    else:
        return _nearest(library, units_of(profile, passages, probabilities, _NEAR_ROOM))
    also = [] if probability >= _ALONE else alternative_units(units[1:], chosen)
    point = short_answer_of(profile, chosen[0]) if profile.forms & FACTS and len(chosen) == 1 else None
    return Extract(
        quotes=tuple(_quote(library, unit) for unit in chosen),
        point=None if point is None else quote_of(library, point, chosen[0].passage.hit.document),
        also=tuple(_quote(library, completed(unit, lists=lists)) for unit in also),
        certainty=certainty,
    )


def decision_of(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> Decision | None:
    """Return how it is decided whether a question is answered as a whole; None where nothing was found."""
    passages = _speaking(question, hits, weights)
    if not passages:
        return None
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    models = fitted(library.has_embedding)
    return decide(models, question, profile, passages, ranked_units(models, profile, passages))


def _nearest(library: PolicyLibrary, units: Sequence[Unit]) -> Extract:
    """Return what is nearest where nothing answers, shortly, from a few passages."""
    best, *others = units
    shown = [best, *alternative_units(others, [best], _NEAR)]
    return Extract(tuple(_quote(library, unit) for unit in shown), None, (), Certainty.NONE)


def brief(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    room: int,
) -> tuple[Quote, ...]:
    """Answer a question with as little as can be: the telling clauses of one sentence.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters, unless a table row is longer.

    Returns:
        The sentence that most likely answers; where no year is asked for, a second one of the same document
        that gives another year's figure. Nothing where none answers.
    """
    passages = _speaking(question, hits, weights)
    if not passages:
        return ()
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    models = fitted(library.has_embedding)
    units = ranked_units(models, profile, passages, room)
    if decide(models, question, profile, passages, units).certainty is Certainty.NONE:
        return ()
    best = units[0]
    chosen = [(best.passage, _formed_peak(profile, best))]
    years = years_in(best.passage.folded[best.peak])
    for unit in units[1:] if years and not profile.years and "number" in profile.forms else ():
        same = unit.passage.hit.document.id == best.passage.hit.document.id
        others = years_in(unit.passage.folded[unit.peak])
        if same and others and not others & years and unit.top >= _AS_GOOD * best.top:
            chosen.append((unit.passage, unit.peak))
            break
    room //= len(chosen)
    cuts = [
        quote_of(library, to_the_point(profile, passage.sentences[at], room), passage.hit.document)
        for passage, at in chosen
    ]
    return tuple(cuts)


def _formed_peak(profile: QueryProfile, unit: Unit) -> int:
    """Return the sentence that most likely answers, or the next of its unit that has the form asked for."""
    order = (*range(unit.peak, unit.last + 1), *range(unit.first, unit.peak))
    return next((at for at in order if has_all_types(profile, unit.passage.folded[at])), unit.peak)


def _speaking(question: Question, hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Return the passages that may speak for the places asked about; all of them where none does."""
    near = hits[:_PASSAGES]
    return candidates_of([hit for hit in near if holds_for(question, hit)] or near, weights)


def ranked_units(
    models: Fitted, profile: QueryProfile, passages: Sequence[Candidate], room: int | None = None
) -> list[Unit]:
    """Return the best unit of each passage, best first; no room given is what the question needs."""
    return units_of(profile, passages, _of_sentences(models, profile, passages), room)


def _of_sentences(models: Fitted, profile: QueryProfile, passages: Sequence[Candidate]) -> list[float]:
    """Return the probability of each sentence of the passages, in order, to hold a part of the answer."""
    scorer = models.scorer
    rows = [row[: len(scorer.names)] for row in sentence_features(profile, passages)]
    probabilities: list[float] = scorer.probabilities(rows).tolist()
    return probabilities


def _of_parts(
    library: PolicyLibrary,
    question: Question,
    passages: Sequence[Candidate],
    chosen: Sequence[Unit],
) -> tuple[list[Unit], Decision | None]:
    """Return the units that answer parts of a question which those chosen for the whole leave open.

    Beside them stands the surest decision; None where there is none.
    """
    added: list[Unit] = []
    best: Decision | None = None
    singles, models = single_questions(question), fitted(library.has_embedding)
    for single in singles if len(singles) > 1 else ():
        weights = term_weights(library, single)
        read = candidates_of([passage.hit for passage in passages], weights)
        profile = profile_of(single, weights, library.rarity(single.search), read)
        units = ranked_units(models, profile, read, _PART_ROOM)
        unit, decision = completed(units[0]), decide(models, single, profile, read, units)
        told = any(unit.touches(other) for other in (*chosen, *added))
        if not told and decision.certainty is not Certainty.NONE:
            added.append(unit)
            best = max(best or decision, decision, key=lambda one: one.probability)
    return added, best


def _quote(library: PolicyLibrary, unit: Unit) -> Quote:
    sentences = unit.passage.sentences
    first, last = sentences[unit.first], sentences[unit.last]
    document = unit.passage.hit.document
    if first is last:
        return quote_of(library, first, document)
    passage = unit.passage.hit.passage
    text = passage.text[first.start - passage.start : last.end - passage.start]
    return Quote(passage, document, text, text, first.start, last.end)
