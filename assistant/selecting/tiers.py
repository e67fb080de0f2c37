"""Tiers: whether a quantity that a question tells lies within the bounds that a sentence sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from vectorstore.quantities import Bound, Quantity, quantities
from vectorstore.units import DAY, YEAR

_TO = re.compile(r"\s*(?:[（(]不?含[^（()）]{0,6}[）)])?\s*(?:[-—–~～]+|至|到)\s*")
_MOST = Decimal("Infinity")


def told_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities that a question tells of its own case; days, years and bare figures are none."""
    return tuple(one for one in quantities(text) if one.unit and one.kind not in (DAY, YEAR))


def tier_of(told: Sequence[Quantity], sentence: str) -> tuple[bool, bool]:
    """Return whether a told quantity lies within bounds of a sentence, and whether each lies without all.

    Args:
        told: quantities of the question.
        sentence: as it stands in the document.
    """
    held = [
        least <= one.value <= most
        for unit, least, most in (_bounds(sentence) if told else ())
        for one in told
        if one.unit == unit
    ]
    return any(held), bool(held) and not any(held)


def _bounds(sentence: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield unit, least and most of what a sentence bounds: 5万元至8万元, 满10年不满20年, 3年以上."""
    found = quantities(sentence)
    ends: set[int] = set()
    for at, (one, other) in enumerate(pairwise(found)):
        ranged = _TO.fullmatch(sentence, one.end, other.start)
        steps = one.bound is Bound.AT_LEAST and other.bound is Bound.AT_MOST and other.start - one.end < 6
        if one.unit == other.unit and (ranged or steps):
            ends |= {at, at + 1}
            yield one.unit, one.value, other.value
    for at, one in enumerate(found):
        if at not in ends and one.bound is Bound.AT_LEAST:
            yield one.unit, one.value, _MOST
        if at not in ends and one.bound is Bound.AT_MOST:
            yield one.unit, Decimal(0), one.value
