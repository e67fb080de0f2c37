"""The point: the clauses that say what is asked as short as can be."""

from __future__ import annotations

from assistant.choosing.asked import Asked
from assistant.choosing.sentences import Sentence, clip
from assistant.choosing.units import FACTS, Unit
from assistant.choosing.wants import has_form
from vectorstore.segmentation import fold, tokens

_POINT_CHARS, _WORTH_PULLING_OUT = 80, 1.8
_FORMED = "form"


def point_of(asked: Asked, unit: Unit) -> Sentence | None:
    """Return the clauses of a unit that say what is asked as short as can be, where it is much longer."""
    short = to_the_point(asked, unit.passage.sentences[unit.peak], _POINT_CHARS)
    if unit.length < _WORTH_PULLING_OUT * len(short.text) or len(short.text) > 2 * _POINT_CHARS:
        return None
    # What does not have the form asked for is no answer by itself.
    return short if is_formed(asked, fold(short.text)) else None


def to_the_point(asked: Asked, sentence: Sentence, limit: int) -> Sentence:
    """Cut a long sentence down to the clauses that tell what is asked."""
    total = sum(asked.weights.values())

    def features(clause: str) -> frozenset[str]:
        folded = fold(clause)
        formed = is_formed(asked, folded)
        in_unit = asked.unit is None or asked.unit.search(folded)
        return frozenset([*tokens(folded), *([_FORMED] if formed and in_unit else [])])

    return clip(sentence, features, {**asked.weights, _FORMED: total}, limit)


def is_formed(asked: Asked, folded: str) -> bool:
    """Tell whether a folded text has every form of fact that is asked for."""
    return all(has_form(form, folded) for form in asked.forms & FACTS)
