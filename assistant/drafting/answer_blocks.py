"""The blocks an answer's text is made of: paragraphs, and tables between bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of an answer.

    Attributes:
        head: cells of the first row.
        rows: cells of the others.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def blocks(text: str) -> Iterator[Paragraph | Grid]:
    """Yield the blocks of an answer; a table is a head, a rule and rows between bars (GitHub's Markdown).

    Args:
        text: an answer, with [n] marks.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    position = 0
    while position < len(lines):
        rule = lines[position + 1] if position + 1 < len(lines) else ""
        if not (_ROW.match(lines[position]) and _RULE.match(rule)):
            yield Paragraph(lines[position].strip())
            position += 1
            continue
        end = position + 2
        while end < len(lines) and _ROW.match(lines[end]):
            end += 1
        rows = tuple(_cells(line) for line in lines[position + 2 : end])
        yield Grid(_cells(lines[position]), rows)
        position = end


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
