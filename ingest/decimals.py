"""Headings numbered 1, 1.1, 1.1.1, as emergency plans and standards have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block, Heading, Paragraph
from ingest.numbering import Numbered, Rank

_LINE = re.compile(
    r"((?:[1-9]\d?[.．]){0,3}[1-9]\d?)(?![\d%])[.．、]?\s*(?=[㐀-鿿“《A-ZⅠ-Ⅻ])([^，。；：！？]{2,40})"
)
_RANKS = (Rank.FIRST, Rank.SECOND, Rank.THIRD, Rank.FOURTH)
_SECTIONS_MIN = 3


def decimal_headings(blocks: Sequence[Block]) -> dict[int, Numbered]:
    """Find headings whose numbers only their order tells from figures: each counts on from the one above.

    Args:
        blocks: pieces in reading order.

    Returns:
        Index of the heading → its number; nothing where fewer than three of them have several levels.
    """
    found: dict[int, Numbered] = {}
    last: tuple[int, ...] = ()
    sections = 0
    for index, block in enumerate(blocks):
        line = _LINE.fullmatch(block.text) if isinstance(block, Heading | Paragraph) else None
        if line is None:
            continue
        numbers = tuple(map(int, re.split("[.．]", line[1])))
        if numbers == (1,) and not sections:
            found, last = {}, ()
        if numbers in _next_of(last):
            found[index] = Numbered(_RANKS[len(numbers) - 1], line[1], numbers[-1], line[2])
            last = numbers
            sections += len(numbers) > 1
    return found if sections >= _SECTIONS_MIN else {}


def _next_of(last: tuple[int, ...]) -> set[tuple[int, ...]]:
    """The numbers that may follow a number: its first part, and the next on its level or above."""
    if not last:
        return {(1,), (1, 1)}
    return {(*last, 1), *((*last[:depth], last[depth] + 1) for depth in range(len(last)))}
