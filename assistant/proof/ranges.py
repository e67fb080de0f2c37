"""Ranges such as 5—10家, whose two ends belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.proof.faults import Fault
from assistant.proof.sources import Source
from vectorstore.quantities import Quantity, quantities
from vectorstore.units import DAY, YEAR

_BETWEEN = re.compile(r"\s*(?:[-—–~～]+|至|到)\s*")


def range_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each range of a statement that no source states with the same ends.

    Args:
        statement: a sentence without marks.
        sources: what it cites; one that has no range with either end speaks of something else.
    """
    stated = {
        (low.value, high.value)
        for source in sources
        for text, found in ((source.text, source.stated), (source.context, source.known))
        for low, high in _ranges(text, found)
    }
    ends: set[Decimal] = {end for pair in stated for end in pair}
    for low, high in _ranges(statement, quantities(statement)):
        known = low.value in ends or high.value in ends
        if known and (low.value, high.value) not in stated:
            yield Fault(f"引用的资料中没有“{statement[low.start : high.end]}”这一范围", contradicted=True)


def _ranges(text: str, found: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    for low, high in pairwise(found):
        alike = low.kind not in (YEAR, DAY) and low.unit == high.unit
        if alike and _BETWEEN.fullmatch(text, low.end, high.start):
            yield low, high
