"""Tables without lines on a page: rows whose cells stand below each other, an empty one kept in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.heads import head_rows
from ingest.loaders.printed_lines import Line, Piece, pieces_of

_ROWS_MIN = 3
_LOOSE_ROWS = 2.5
_LEADER = re.compile(r"[.…·]{4,}")


def without_grids(lines: Sequence[Line]) -> list[Line | list[tuple[str, ...]]]:
    """Find tables that only their columns' edges tell.

    Args:
        lines: lines of running text, from the top down.

    Returns:
        The same lines; each run of them that is a table is the list of its rows.
    """
    result: list[Line | list[tuple[str, ...]]] = []
    place = 0
    while place < len(lines):
        end = _end(lines, place)
        rows = _rows(lines[place:end]) if end - place >= _ROWS_MIN else None
        if rows:
            result.append(rows)
            place = end
        else:
            result.append(lines[place])
            place += 1
    return result


def _end(lines: Sequence[Line], start: int) -> int:
    """The line after a run of lines with wide gaps in them; one cell alone may stand between two of them."""
    if len(pieces_of(lines[start])) < 2:
        return start
    end = start + 1
    for place in range(start + 1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if above.middle - line.middle > _LOOSE_ROWS * max(above.size, line.size):
            break
        if len(pieces_of(line)) > 1:
            end = place + 1
        elif place > end:
            break
    return end


def _rows(lines: Sequence[Line]) -> list[tuple[str, ...]] | None:
    """The cells of lines in columns; None where they are no table."""
    pieces = [pieces_of(line) for line in lines]
    columns = _columns([piece for row in pieces for piece in row])
    if len(columns) < 2 or any(_LEADER.search(line.text) for line in lines):
        return None
    rows: list[tuple[str, ...]] = []
    full: list[int] = []
    for line, row in zip(lines, pieces, strict=True):
        cells, reach = [""] * len(columns), []
        for piece in row:
            column = next(n for n, (left, right) in enumerate(columns) if left <= piece.left <= right)
            if cells[column]:
                return None
            cells[column] = piece.text
            reach += [column] if piece.right > columns[column][1] - line.size else []
        filled = [column for column, cell in enumerate(cells) if cell]
        if rows and not cells[0] and all(column in full for column in filled):
            # What did not fit into the cells above goes on here.
            cells = ["".join(pair) for pair in zip(rows.pop(), cells, strict=True)]
        rows.append(tuple(cells))
        full = reach
    return rows if _reads_as_table(rows) else None


def _reads_as_table(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether rows have a head over each column, and are no list of headings with their pages."""
    if len(rows) < _ROWS_MIN or not all(rows[0]) or not head_rows(rows):
        return False
    last = [row[-1] for row in rows]
    return not (len(rows[0]) == 2 and all(cell.isdecimal() for cell in last))


def _columns(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """The stretches from left to right that pieces cover; white lies between them from top to bottom."""
    columns: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns
