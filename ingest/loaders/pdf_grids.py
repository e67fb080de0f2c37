"""Tables without lines on a page: rows whose cells stand below each other, an empty one kept in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cell_kinds import is_column_name
from ingest.heads import head_rows
from ingest.loaders.printed_lines import Line, Piece, pieces_of

_ROWS_MIN = 3
_LOOSE_ROWS = 2.5
_LEADER = re.compile(r"[.…·]{4,}")
# A running header, and a page number, may stand between the halves of a table.
_BETWEEN = 1

Row = tuple[str, ...]
Column = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BareTable:
    """A table that only the edges of its columns tell.

    Attributes:
        rows: its rows.
        heads: how many of the first ones name the columns.
        columns: from where to where each column reaches.
    """

    rows: tuple[Row, ...]
    heads: int
    columns: tuple[Column, ...]


class BareTables:
    """Finds such tables page after page; one may go on at the top of the next page without its heads."""

    def __init__(self) -> None:
        self._open: BareTable | None = None

    def find(self, lines: Sequence[Line]) -> list[Line | BareTable]:
        """Find the tables among lines.

        Args:
            lines: lines of running text, from the top down.

        Returns:
            The same lines; each run of them that is a table is one.
        """
        result: list[Line | BareTable] = []
        place = 0
        while place < len(lines):
            rest = self._rest(lines, place) if place <= _BETWEEN else None
            end = _end(lines, place)
            if rest is not None:
                result.append(rest[0])
                place = rest[1]
            elif end - place > 1 and (table := _best(lines[place:end])):
                result.append(table)
                place = end
            else:
                result.append(lines[place])
                place += 1
        self._open = next((x for x in result[-1 - _BETWEEN :] if isinstance(x, BareTable)), None)
        return result

    def _rest(self, lines: Sequence[Line], place: int) -> tuple[BareTable, int] | None:
        """The rows with which the table of the page before goes on under its heads; the line after them."""
        above = self._open
        if above is None:
            return None
        rows: list[Row] = []
        for line in lines[place:]:
            row = _row(pieces_of(line, close=True), above.columns)
            if row is None or sum(map(bool, row)) < 2:
                break
            rows.append(row)
        heads = above.rows[: above.heads]
        end = place + len(rows)
        body = rows[above.heads :] if tuple(rows[: above.heads]) == heads else rows
        if body and not body[0][0]:
            # The label of the rows began on the page before.
            body[0] = (next((row[0] for row in reversed(above.rows) if row[0]), ""), *body[0][1:])
        return (BareTable((*heads, *body), above.heads, above.columns), end) if body else None


def _end(lines: Sequence[Line], start: int) -> int:
    """The line after a run of lines with wide gaps in them; one cell alone may stand between two of them."""
    if len(pieces_of(lines[start], close=True)) < 2:
        return start
    end = start + 1
    for place in range(start + 1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if above.middle - line.middle > _LOOSE_ROWS * max(above.size, line.size):
            break
        if len(pieces_of(line, close=True)) > 1:
            end = place + 1
        elif place > end:
            break
    return end


def _best(lines: Sequence[Line]) -> BareTable | None:
    """The table that lines make with columns far apart, or else with close ones."""
    return _table(lines, close=False) or _table(lines, close=True)


def _table(lines: Sequence[Line], *, close: bool) -> BareTable | None:
    """The table that lines make; None where they make none."""
    pieces = [pieces_of(line, close=close) for line in lines]
    columns = _columns([piece for row in pieces for piece in row])
    if len(columns) < 2 or any(_LEADER.search(line.text) for line in lines):
        return None
    rows: list[Row] = []
    full: set[int] = set()
    for line, parts in zip(lines, pieces, strict=True):
        row = _row(parts, columns)
        if row is None:
            return None
        filled = {column for column, cell in enumerate(row) if cell}
        if rows and not row[0] and filled <= full and len(filled) <= max(1, (len(columns) - 1) // 2):
            # What did not fit into the cells above goes on here.
            above = rows.pop()
            row = tuple(upper + lower for upper, lower in zip(above, row, strict=True))
        rows.append(row)
        ends = [piece.right for piece in parts]
        full = {
            n for n, (_, right) in enumerate(columns) if any(right - line.size < end <= right for end in ends)
        }
    heads = head_rows(rows)
    named = all(any(row[column] for row in rows[:heads]) for column in range(len(columns)))
    return BareTable(tuple(rows), heads, columns) if _reads_as_table(rows, heads) and named else None


def _reads_as_table(rows: Sequence[Row], heads: int) -> bool:
    """Whether rows have a head over each column, and are no list of headings with their pages."""
    least = _ROWS_MIN if len(rows[0]) < 3 or not all(map(is_column_name, rows[0])) else 2
    if len(rows) < least or not heads:
        return False
    return not (len(rows[0]) == 2 and all(row[-1].isdecimal() for row in rows[heads:]))


def _row(pieces: Sequence[Piece], columns: Sequence[Column]) -> Row | None:
    """Pieces in their columns; None where one stands in none, or two in the same."""
    cells = [""] * len(columns)
    for piece in pieces:
        middle = (piece.left + piece.right) / 2
        column = next((n for n, (left, right) in enumerate(columns) if left <= middle <= right), None)
        if column is None or cells[column]:
            return None
        cells[column] = piece.text
    return tuple(cells)


def _columns(pieces: Sequence[Piece]) -> tuple[Column, ...]:
    """The stretches from left to right that pieces cover; white lies between them from top to bottom."""
    columns: list[Column] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return tuple(columns)
