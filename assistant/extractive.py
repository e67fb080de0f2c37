"""The answer without a model: the unit of a passage that answers, verbatim, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.answerability import answerability_features
from assistant.choosing.asked import Asked, read_question
from assistant.choosing.features import sentence_features
from assistant.choosing.found import FoundPassage, read_passages
from assistant.choosing.further import further_units, units_of_years
from assistant.choosing.linear import fitted
from assistant.choosing.places import holds_for
from assistant.choosing.sentences import Sentence, clip
from assistant.choosing.units import FACTS, Unit, completed, units_of
from assistant.choosing.wants import has_form, years_in
from assistant.citations import Quote, quote_of
from assistant.question import Question, single_questions
from assistant.retriever import term_weights
from assistant.types import Certainty, Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

_PASSAGES = 10
# Characters of what answers one part of a question.
_PART_ROOM = 160
_SEVERAL = re.compile(
    r"分别|各[自是有占为多达区市县地]|比|(?:19|20)\d{2}年?.{0,12}(?:19|20)\d{2}年|[吗?].+[?吗]|同一|一回事|差"
)
_AS_GOOD = 0.6
_POINT_CHARS, _WORTH_PULLING_OUT = 80, 1.8
_FORMED = "form"


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages say to a question.

    Attributes:
        quotes: verbatim spans in the order in which they are shown.
        point: the clause of the first one that says it shortest, or None where it is short itself.
        probability: that they answer it, 0 to 1.
        certainty: what that comes to; where it is none, the quotes are what is nearest.
    """

    quotes: tuple[Quote, ...]
    point: Quote | None
    probability: float
    certainty: Certainty


def extract(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    room: int | None = None,
) -> Extract:
    """Answer a question with a unit of the found passages, or one for each thing that it asks.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters of a unit; None is what the form of fact asked for needs.

    Returns:
        The quotes with how sure they are.
    """
    passages = _speaking(question, hits, weights)
    if not passages:
        return Extract((), None, 0.0, Certainty.NONE)
    asked = read_question(question, weights, library.rarity(question.search), passages)
    units = ranked_units(asked, passages, room)
    probability = _probability(question, asked, passages, units)
    certainty = _certainty(probability)
    lists = "list" in asked.forms
    shown = units[:1]
    if certainty is Certainty.DOUBTFUL:
        shown += [unit for unit in units[1:2] if unit.top >= _AS_GOOD * units[0].top]
    chosen = [completed(unit, lists=lists) for unit in shown]
    told = chosen if certainty is not Certainty.NONE else []
    of_parts, best = _of_parts(library, question, passages, told)
    if certainty is not Certainty.NONE:
        chosen += of_parts
        chosen += units_of_years(asked, passages, chosen)
        if _SEVERAL.search(fold(question.query)):
            chosen += further_units(asked, ranked_units(asked, passages, _PART_ROOM), chosen)
    elif of_parts:
        # What asks for things that stand far apart is like no single unit.
        chosen, probability, certainty = of_parts, best, _certainty(best)
    quotes = tuple(_quote(library, unit) for unit in chosen)
    point = _point(library, asked, chosen[0]) if asked.forms & FACTS and len(chosen) == 1 else None
    return Extract(quotes, point, probability, certainty)


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
    asked = read_question(question, weights, library.rarity(question.search), passages)
    units = ranked_units(asked, passages, room)
    if _certainty(_probability(question, asked, passages, units)) is Certainty.NONE:
        return ()
    best = units[0]
    chosen = [(best.passage, _formed_peak(asked, best))]
    years = years_in(best.passage.folded[best.peak])
    for unit in units[1:] if years and not asked.years and "number" in asked.forms else ():
        same = unit.passage.hit.document.id == best.passage.hit.document.id
        others = years_in(unit.passage.folded[unit.peak])
        if same and others and not others & years and unit.top >= _AS_GOOD * best.top:
            chosen.append((unit.passage, unit.peak))
            break
    room //= len(chosen)
    cuts = [
        quote_of(library, to_the_point(asked, passage.sentences[at], room), passage.hit.document)
        for passage, at in chosen
    ]
    return tuple(cuts)


def _formed_peak(asked: Asked, unit: Unit) -> int:
    """Return the sentence that most likely answers, or the next of its unit that has the form asked for."""
    order = (*range(unit.peak, unit.last + 1), *range(unit.first, unit.peak))
    return next((at for at in order if _is_formed(asked, unit.passage.folded[at])), unit.peak)


def _is_formed(asked: Asked, folded: str) -> bool:
    """Tell whether a folded text has every form of fact that is asked for."""
    return all(has_form(form, folded) for form in asked.forms & FACTS)


def _speaking(
    question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> tuple[FoundPassage, ...]:
    """Return the passages that may speak for the places asked about; all of them where none does."""
    near = hits[:_PASSAGES]
    return read_passages([hit for hit in near if holds_for(question, hit)] or near, weights)


def ranked_units(asked: Asked, passages: Sequence[FoundPassage], room: int | None) -> list[Unit]:
    """Return the best unit of each passage, best first; no room given is what the question needs."""
    probabilities = fitted().scorer.probabilities(sentence_features(asked, passages))
    return units_of(asked, passages, probabilities.tolist(), room)


def _probability(
    question: Question, asked: Asked, passages: Sequence[FoundPassage], units: Sequence[Unit]
) -> float:
    row = answerability_features(question, asked, passages, units)
    return float(fitted().answerability.probabilities([row])[0])


def _certainty(probability: float) -> Certainty:
    models = fitted()
    if probability < models.doubtful:
        return Certainty.NONE
    return Certainty.SURE if probability >= models.sure else Certainty.DOUBTFUL


def _of_parts(
    library: PolicyLibrary,
    question: Question,
    passages: Sequence[FoundPassage],
    chosen: Sequence[Unit],
) -> tuple[list[Unit], float]:
    """Return the units that answer parts of a question which those chosen for the whole leave open.

    Beside them stands the probability of the surest.
    """
    added: list[Unit] = []
    best = 0.0
    singles = single_questions(question)
    for single in singles if len(singles) > 1 else ():
        weights = term_weights(library, single)
        read = read_passages([passage.hit for passage in passages], weights)
        asked = read_question(single, weights, library.rarity(single.search), read)
        units = ranked_units(asked, read, _PART_ROOM)
        unit, probability = completed(units[0]), _probability(single, asked, read, units)
        told = any(unit.touches(other) for other in (*chosen, *added))
        if not told and _certainty(probability) is not Certainty.NONE:
            added.append(unit)
            best = max(best, probability)
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


def _point(library: PolicyLibrary, asked: Asked, unit: Unit) -> Quote | None:
    """Return the clauses that say what is asked as short as can be, where the unit is much longer."""
    sentence = unit.passage.sentences[unit.peak]
    short = to_the_point(asked, sentence, _POINT_CHARS)
    if unit.length < _WORTH_PULLING_OUT * len(short.text) or len(short.text) > 2 * _POINT_CHARS:
        return None
    # What does not have the form asked for is no answer by itself.
    if not _is_formed(asked, fold(short.text)):
        return None
    return quote_of(library, short, unit.passage.hit.document)


def to_the_point(asked: Asked, sentence: Sentence, limit: int) -> Sentence:
    """Cut a long sentence down to the clauses that tell what is asked."""
    total = sum(asked.weights.values())

    def features(clause: str) -> frozenset[str]:
        folded = fold(clause)
        formed = _is_formed(asked, folded)
        in_unit = asked.unit is None or asked.unit.search(folded)
        return frozenset([*tokens(folded), *([_FORMED] if formed and in_unit else [])])

    return clip(sentence, features, {**asked.weights, _FORMED: total}, limit)
