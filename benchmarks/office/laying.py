"""A table's cells with what they span, as every format that can merge cells writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.office.content import Grid


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell: its first place, what it covers, whether it names a column."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


def placed(grid: Grid) -> list[Placed]:
    """Lay a table out, its merged cells where they begin."""
    return [*_heads(grid), *_body(grid)]


def plain_rows(grid: Grid, *, blank: bool = True) -> list[list[str]]:
    """Lay a table out for a format that merges nothing.

    Args:
        grid: the table.
        blank: whether a merged cell is left empty wherever it does not begin.
    """
    height = grid.levels + len(grid.rows)
    width = len(grid.rows[0])
    rows = [[""] * width for _ in range(height)]
    for cell in placed(grid):
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if not blank or (row, column) == (cell.row, cell.column):
                    rows[row][column] = cell.text
    return rows


def _heads(grid: Grid) -> Iterator[Placed]:
    column = 0
    while column < len(grid.names):
        name = grid.names[column]
        width = 1
        if len(name) < grid.levels:
            yield Placed(0, column, name[0], grid.levels, 1, head=True)
        elif grid.levels == 1:
            yield Placed(0, column, name[0], head=True)
        else:
            below = grid.names[column:]
            width = next((n for n, other in enumerate(below) if other[0] != name[0]), len(below))
            yield Placed(0, column, name[0], 1, width, head=True)
            for place in range(width):
                yield Placed(1, column + place, below[place][1], head=True)
        column += width


def _body(grid: Grid) -> Iterator[Placed]:
    for order, row in enumerate(grid.rows):
        for column, text in enumerate(row):
            same = [other[: column + 1] == row[: column + 1] for other in grid.rows]
            if column < grid.labels and order and same[order - 1]:
                continue
            height = 1
            while column < grid.labels and order + height < len(grid.rows) and same[order + height]:
                height += 1
            yield Placed(grid.levels + order, column, text, height)
