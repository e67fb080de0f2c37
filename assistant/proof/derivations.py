"""Figures that a sentence works out from others that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import combinations

from assistant.proof.trends import RISE
from vectorstore.quantities import Bound, Quantity, quantities
from vectorstore.units import COUNT, SHARE, YEAR

_WORKED_OUT = re.compile(
    "推算|测算|计算|折算|折合|合计|共计|总计|相差|差距|净增|新增|增加|增长|减少|提高|提升|上升|下降|降低|"
    "高出|多出|占|比重|年均|增速|倍|番|÷|×|[-−+=]"
)
_LISTED = re.compile(r"、|以及|和|及|与|；|;")
_CLAUSE = re.compile(r"[，,。：:（）()]")
# What one does not list: times, sessions, grades.
_UNLISTED = frozenset("次期届级步轮批点分")
# 比去年多3个, 还有3个.
_COMPARES = re.compile("比[^，,]{1,16}(?:多|少|高|低)|相差|还有|还剩|其余")
_SENTENCE = re.compile(r"[。；;\n]")
_POINTS = "百分点"
_TIMES = "倍"
_CLOSE = Decimal("0.08")
_WIDE = Decimal("0.25")
_HALF = Decimal("0.55")
_HUNDRED = Decimal(100)


def is_derived(claimed: Quantity, statement: str, operands: Sequence[Quantity], trend: str = "") -> bool:
    """Return whether a figure can be worked out from the others of its sentence.

    Args:
        claimed: the figure.
        statement: the sentence, which must say that it works something out.
        operands: the sentence's other figures that its sources state, in the order of the sentence.
        trend: the word that says which way the figure goes, if there is one.

    Returns:
        True where a sum, difference, share, multiple or yearly growth of two of them gives the figure,
        rounded as it is written.
    """
    if not _WORKED_OUT.search(statement):
        return False
    years = [operand.value for operand in operands if operand.kind == YEAR]
    spans = {abs(first - second) for first, second in combinations(years, 2)} - {0}
    if claimed.unit == "年" and claimed.value in spans:
        return True
    figures = [operand for operand in operands if operand.kind != YEAR and operand.value]
    return any(
        _rounds_to(claimed, result)
        for first, second in combinations(figures, 2)
        if not (trend and sorted(years) == years) or (first.value < second.value) == (trend in RISE)
        for one, other in ((first, second), (second, first))
        for result in _results(claimed, one, other, spans)
    )


def is_difference(claimed: Quantity, statement: str, text: str) -> bool:
    """Return whether a figure is by how much two that one sentence of a source names differ.

    Args:
        claimed: the figure.
        statement: its sentence, which must say that it compares, or what is left.
        text: the source's text.
    """
    if not _COMPARES.search(statement):
        return False
    return any(
        abs(one.value - other.value) == claimed.value
        for sentence in _SENTENCE.split(text)
        for one, other in combinations(quantities(sentence), 2)
        if one.unit == other.unit == claimed.unit
    )


def _results(claimed: Quantity, one: Quantity, other: Quantity, spans: Set[Decimal]) -> Iterator[Decimal]:
    if other.kind == SHARE and one.unit == claimed.unit:
        yield one.value * _HUNDRED / other.value
        yield one.value * other.value / _HUNDRED
    if one.unit != other.unit:
        return
    if claimed.unit == one.unit or (claimed.unit == _POINTS and one.kind == SHARE):
        yield one.value - other.value
        yield one.value + other.value
    ratio = one.value / other.value
    if claimed.unit == _TIMES:
        yield ratio
        yield ratio - 1
    if claimed.kind == SHARE and ratio > 0:
        yield ratio * _HUNDRED
        yield (ratio - 1) * _HUNDRED
        for span in spans:
            yield (ratio ** (1 / span) - 1) * _HUNDRED


def _rounds_to(claimed: Quantity, result: Decimal) -> bool:
    factor = claimed.value / claimed.number if claimed.number else Decimal(1)
    exponent = claimed.number.as_tuple().exponent
    precision = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    return abs(abs(result) / factor - abs(claimed.number)) <= _HALF * precision


def is_rounded(claimed: Quantity, stated: Sequence[Quantity]) -> bool:
    """Return whether a figure is a rounder one for what a source states: 约307亿元 for 306.7亿元.

    Args:
        claimed: the figure; only one that leaves a side open is a rounder one.
        stated: the figures of a source.
    """
    if claimed.bound is Bound.EXACT or claimed.value <= 0:
        return False
    return any(_is_rounder(claimed, one) for one in stated if one.unit == claimed.unit and one.kind != YEAR)


def _is_rounder(claimed: Quantity, one: Quantity) -> bool:
    if len(claimed.number.normalize().as_tuple().digits) >= len(one.number.normalize().as_tuple().digits):
        return False
    off = one.value - claimed.value
    if claimed.bound is Bound.ABOUT:
        return abs(off) <= min(_CLOSE * claimed.value, _step(claimed) * _HALF)
    if one.bound is not Bound.EXACT:
        return False
    return (
        0 <= (off if claimed.bound is Bound.AT_LEAST else -off) < min(_step(claimed), _WIDE * claimed.value)
    )


def _step(claimed: Quantity) -> Decimal:
    """Return what one is worth in the last place of a figure that is not nought: 10 of 480."""
    written = int(claimed.number.as_tuple().exponent)
    place = written if written < 0 else int(claimed.number.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(place) * claimed.value / claimed.number


def is_counted(claimed: Quantity, statement: str, sources: int) -> bool:
    """Return whether a number of things is that of the things which the sentence lists or cites.

    Args:
        claimed: the figure.
        statement: its sentence.
        sources: how many passages the sentence cites; each row of a table is one.
    """
    if claimed.kind != COUNT or claimed.unit in _UNLISTED:
        return False
    listed = {len(_LISTED.split(clause)) for clause in _CLAUSE.split(statement)}
    return claimed.value in (listed | {sources}) - {1}
