"""The point: the clauses that say what is asked as short as can be."""

from __future__ import annotations

from assistant.selecting.answer_types import has_answer_type
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.sentences import Sentence, clip
from assistant.selecting.units import FACTS, Unit
from vectorstore.segmentation import fold, tokens

_POINT_CHARS, _WORTH_PULLING_OUT = 80, 1.8
_FORMED = "form"


def short_answer_of(profile: QueryProfile, unit: Unit) -> Sentence | None:
    """Return the clauses of a unit that say what is asked as short as can be, where it is much longer."""
    short = to_the_point(profile, unit.passage.sentences[unit.peak], _POINT_CHARS)
    if unit.length < _WORTH_PULLING_OUT * len(short.text) or len(short.text) > 2 * _POINT_CHARS:
        return None
    # A short unit that begins with it says it first as well.
    if unit.length <= 2 * _POINT_CHARS and short.start == unit.passage.sentences[unit.first].start:
        return None
    # What does not have the form asked for is no answer by itself.
    return short if has_all_types(profile, fold(short.text)) else None


def to_the_point(profile: QueryProfile, sentence: Sentence, limit: int) -> Sentence:
    """Cut a long sentence down to the clauses that tell what is profile."""
    total = sum(profile.weights.values())

    def features(clause: str) -> frozenset[str]:
        folded = fold(clause)
        formed = has_all_types(profile, folded)
        in_unit = profile.unit is None or profile.unit.search(folded)
        return frozenset([*tokens(folded), *([_FORMED] if formed and in_unit else [])])

    return clip(sentence, features, {**profile.weights, _FORMED: total}, limit)


def has_all_types(profile: QueryProfile, folded: str) -> bool:
    """Return whether a folded text has every form of fact that is asked for."""
    return all(has_answer_type(form, folded) for form in profile.forms & FACTS)
