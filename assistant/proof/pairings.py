"""Figures that belong to the things listed before them: 全国、全省分别达到8016美元、10901美元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.proof.faults import Fault
from assistant.proof.sources import Source
from vectorstore.quantities import Quantity, quantities

_CLAUSE = re.compile(r"[^。；;！？!?\n]+")
_EACH = "分别"
_JOINT = re.compile("、|和|及|与|以及")
_JOINED = re.compile(r"\s*(?:、|,|，|和|及|与)\s*(?:约|近)?")
_BREAK = re.compile("[，,：:（）()]")
_HEAD = 2


def pairing_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each figure that the sources give to another of several things.

    Args:
        statement: a sentence without marks.
        sources: what it cites.
    """
    mine = list(_pairs(statement))
    for source in sources:
        theirs = list(_pairs(source.text))
        for name, owned in theirs:
            for rival, figure in theirs:
                if rival == name or (figure.value, figure.unit) == (owned.value, owned.unit):
                    continue
                if _gives(statement, mine, name, rival, figure):
                    yield Fault(f"资料中“{figure.text}”说的是{rival}，不是{name}", contradicted=True)
                    return


def _pairs(text: str) -> Iterator[tuple[str, Quantity]]:
    """Yield the heads of things that 分别 pairs with figures, each with its own."""
    for clause in _CLAUSE.finditer(text):
        before, each, _ = clause.group().partition(_EACH)
        if not each:
            continue
        start = clause.start() + len(before)
        figures = _series([one for one in quantities(text) if start <= one.start < clause.end()], text)
        names = [name[:_HEAD] for name in _JOINT.split(_BREAK.split(before)[-1]) if len(name) >= _HEAD]
        if len(names) == len(figures) > 1 and len(set(names)) == len(names):
            yield from zip(names, figures, strict=True)


def _series(figures: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return the first figures that follow one another directly."""
    found = list(figures[:1])
    for one, other in pairwise(figures):
        if not _JOINED.fullmatch(text, one.end, other.start):
            break
        found.append(other)
    return found


def _gives(
    statement: str, mine: Sequence[tuple[str, Quantity]], name: str, rival: str, figure: Quantity
) -> bool:
    """Return whether a statement gives a figure to a thing that is not its own."""
    if mine:
        return any(head == name and _same(one, figure) for head, one in mine)
    for one in quantities(statement):
        before = _CLAUSE.findall(statement[: one.start] or "。")
        if _same(one, figure) and before:
            return name in before[-1] and rival not in before[-1]
    return False


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)
