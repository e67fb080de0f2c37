"""The answer without a model: the unit of a passage that answers, verbatim, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question, single_questions
from assistant.retriever import term_weights
from assistant.selecting.alternatives import alternative_units, complementary_units, units_of_years
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.decision import Decision, decide
from assistant.selecting.fitted_models import Fitted, fitted
from assistant.selecting.places import holds_for
from assistant.selecting.query_profile import QueryProfile, profile_of
from assistant.selecting.sentence_features import sentence_features
from assistant.selecting.short_answer import short_answer_of, to_the_point
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
# What is near must be so likely beside the nearest.
_NEAR = 0.2
# Less sure than this, the best unit does not stand alone.
_ALONE = 0.8
# What does not seem to be asked of a side is near where its sentence is so likely.
_LIKELY = 0.5
# Beside the sentence that is told of one side stands its unit where the sentence is less likely than this and
# the unit so much longer, and the sentences of so many other passages.
_PLAIN, _MUCH_LONGER, _BESIDE = 0.6, 1.5, 1


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """The passages that may speak to a question, read for it.

    Attributes:
        question: what is asked.
        models: what chooses and what decides.
        passages: those that may speak for the places asked about, at least one.
        profile: of the question.
        probabilities: of each of their sentences, in order, to hold a part of the answer.
    """

    question: Question
    models: Fitted
    passages: tuple[Candidate, ...]
    profile: QueryProfile
    probabilities: Sequence[float]

    def units(self, room: int | None = None) -> list[Unit]:
        """Return the best unit of each passage, best first; no room given is what the question needs."""
        return units_of(self.profile, self.passages, self.probabilities, room)

    def decision(self, units: Sequence[Unit]) -> Decision:
        """Return how it is decided whether units answer."""
        return decide(self.models, self.question, self.profile, self.passages, units)


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
    reading = _read(library, question, hits, weights)
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
        if _SEVERAL.search(fold(question.query)):
            chosen += complementary_units(profile, reading.units(_PART_ROOM), chosen)
    elif best is None:
        return _nearest(library, reading.units(_NEAR_ROOM))
    else:
        # What asks for things that stand far apart is like no single unit.
        decision = best
    also = [] if decision.probability >= _ALONE else alternative_units(units[1:], chosen)
    point = short_answer_of(profile, chosen[0]) if profile.forms & FACTS and len(chosen) == 1 else None
    return Extract(
        quotes=tuple(_quote(library, unit) for unit in chosen),
        point=None if point is None else quote_of(library, point, chosen[0].passage.hit.document),
        also=tuple(_quote(library, completed(unit, lists=lists)) for unit in also),
        certainty=decision.certainty,
    )


def decision_of(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> Decision | None:
    """Return how it is decided whether a question is answered as a whole; None where nothing was found."""
    reading = _read(library, question, hits, weights)
    return None if reading is None else reading.decision(reading.units())


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
    reading = _read(library, question, hits, weights)
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
    if decision.probability < _ALONE:
        whole = _quote(library, best)
        longer = best.top < _PLAIN and len(whole.text) > _MUCH_LONGER * len(short.text)
        also = [whole] if longer else []
        also += map(told, alternative_units(others, [best])[:_BESIDE])
    return Brief((short,), tuple(also), answers=decision.certainty is not Certainty.NONE)


def sentence_probabilities(
    models: Fitted, profile: QueryProfile, passages: Sequence[Candidate]
) -> list[float]:
    """Return the probability of each sentence of the passages, in order, to hold a part of the answer."""
    scorer = models.scorer
    rows = [row[: len(scorer.names)] for row in sentence_features(profile, passages)]
    probabilities: list[float] = scorer.probabilities(rows).tolist()
    return probabilities


def _read(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> _Reading | None:
    """Read the passages that may speak for the places asked about, all of them where none does."""
    near = hits[:_PASSAGES]
    passages = candidates_of([hit for hit in near if holds_for(question, hit)] or near, weights)
    if not passages:
        return None
    # Without vectors, as where the endpoint is away, nothing is near and all would be refused.
    models = fitted(library.has_embedding and any(hit.similarity is not None for hit in hits))
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    probabilities = sentence_probabilities(models, profile, passages)
    return _Reading(question, models, passages, profile, probabilities)


def _nearest(library: PolicyLibrary, units: Sequence[Unit]) -> Extract:
    """Return what is nearest where nothing answers, shortly, from a few passages."""
    best, *others = units
    shown = [best, *alternative_units(others, [best], _NEAR)]
    return Extract(tuple(_quote(library, unit) for unit in shown), None, (), Certainty.NONE)


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
        reading = _read(library, single, hits, term_weights(library, single))
        if reading is None:
            continue
        units = reading.units(_PART_ROOM)
        unit, decision = completed(units[0]), reading.decision(units)
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
