"""Tables that stand in lines of text: Markdown pipes, columns parted by tabs or spaces, one cell a line."""

from __future__ import annotations

import re

from ingest.blocks import Table
from ingest.heads import HEADS_MAX, Marks, headed
from ingest.numbering import Rank, number_of
from ingest.table_columns import is_figure, is_serial_name

_CELL_MAX = 60
_COLUMNS = re.compile(r"\s*\t\s*| {2,}")
_FIRST_COLUMN = re.compile(
    r"(?:指标)?类\s*别|序\s*号|一级指标|领\s*域|分\s*类|\S{0,4}名\s*称|项\s*目|指\s*标|地\s*区"
)
_WIDTHS = range(3, 11)


def pipe_table(lines: list[str]) -> Table | None:
    """Read a Markdown pipe table.

    Args:
        lines: consecutive lines that hold a pipe.

    Returns:
        The table, or None where the lines are the remains of something else.
    """
    rows = [_pipe_cells(line) for line in lines if not _is_frame(line)]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or (len(rows) < 2 and not _is_row(lines)):
        return None
    padded = [tuple(row + [""] * (width - len(row))) for row in rows]
    above = next((place for place, line in enumerate(lines) if _is_frame(line)), 0)
    if above and not any(padded[0]):
        # Markdown wants a head; a writer that has none leaves it empty.
        return headed(padded[1:], inline=False)
    # A rule under several rows is none that the syntax asks for: somebody counted the heads.
    stated = above if 1 < above <= HEADS_MAX else 0
    return headed(padded, (), Marks(stated, ruled=above == 1), inline=False)


def column_table(lines: list[str], start: int) -> tuple[Table, int] | None:
    """Read a table whose lines are rows, the cells parted by tabs or by wide gaps.

    Args:
        lines: all lines of the document.
        start: the line the table may begin at.

    Returns:
        The table and the line after it, or None.
    """
    rows: list[tuple[str, ...]] = []
    index = start
    while index < len(lines) and (row := _row_at(lines, index, rows)) is not None:
        if row:
            rows.append(row)
        index += 1
    least = 2 if rows and len(rows[0]) > 2 else 3
    if len(rows) < least or not any(is_figure(cell) for row in rows[1:] for cell in row):
        return None
    return headed(rows), index


def flattened_table(lines: list[str], start: int, *, tabbed: bool = True) -> tuple[Table, int] | None:
    """Read a table that was flattened into one cell a line.

    Serial numbers 1, 2, 3 … tell where rows begin, as a merged category above them may be missing; without
    them, the width at which columns of figures and of words come apart.

    Args:
        lines: all lines of the document.
        start: the line the table may begin at.
        tabbed: whether a tab stands before each cell.

    Returns:
        The table and the line after it, or None.
    """
    cells, places = _cells(lines, start, tabbed=tabbed)
    rows, used = (
        _rows_by_serial(cells) or _rows_by_width(cells if tabbed else _up_to_heading(cells)) or ([], 0)
    )
    if len(rows) < 3:
        return None
    return Table(tuple(rows)), places[used - 1]


def run_of_cells(lines: list[str], start: int) -> int:
    """The line after a run of one-cell lines that begins at `start`."""
    _, places = _cells(lines, start, tabbed=True)
    return places[-1] if places else start + 1


def _row_at(lines: list[str], index: int, rows: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The row on a line, () for a blank line inside the table, None behind the table."""
    line = lines[index].strip()
    below: tuple[str, ...] = ()
    if rows and index + 1 < len(lines) and lines[index + 1].strip():
        if not line:
            return None if _row_at(lines, index + 1, rows) is None else ()
        below = _row_of(lines[index + 1], rows)
        if not below and index + 2 < len(lines) and _names_group(lines[index + 1]):
            below = _row_of(lines[index + 2], rows)
    row = _row_of(line, rows)
    if row or not below:
        return row or None
    # A row without a figure may be the header of the next table, under a heading of its own.
    is_group = _names_group(line) and any(map(is_figure, below))
    return (line, *[""] * (len(rows[0]) - 1)) if is_group else None


def _names_group(line: str) -> bool:
    """Whether a line may name the rows below it."""
    number = number_of(line.strip())
    numbered = number is not None and number.rank in (Rank.FIRST, Rank.SECOND)
    return numbered and len(line) <= _CELL_MAX and "。" not in line


def _row_of(line: str, rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The cells of a line where they make a row of the table; () where they do not.

    Leading words may be missing, as a merged cell stands in its first line only, where all other cells agree
    with those of a whole row.
    """
    cells = tuple(_COLUMNS.split(line.strip())) if line.strip() else ()
    if len(cells) < 2 or max(map(len, cells)) > 3 * _CELL_MAX:
        return ()
    if not rows or len(cells) == len(rows[0]):
        return cells
    missing = len(rows[0]) - len(cells)
    whole = next((row for row in reversed(rows[1:]) if all(row)), ())
    if missing < 1 or not whole or any(map(is_figure, whole[:missing])):
        return ()
    agrees = all(is_figure(cell) == is_figure(own) for cell, own in zip(cells, whole[missing:], strict=True))
    return (*[""] * missing, *cells) if agrees else ()


def _pipe_cells(line: str) -> list[str]:
    line = re.sub(r"^\s*[-*]?\s*\|", "", line.strip())
    line = line.removesuffix("|")
    return [cell.replace("**", "").strip() for cell in line.split("|")]


def _is_row(lines: list[str]) -> bool:
    """Whether a single line is a row of a table that goes on elsewhere, rather than the remains of a box."""
    return len(lines) == 1 and len(list(filter(None, _pipe_cells(lines[0])))) > 2


def _is_frame(line: str) -> bool:
    return bool(re.fullmatch(r"[\s|:*-]+", line))


def is_header_cell(line: str) -> bool:
    """Tell a line that may be the first cell of a flattened table: the name of its first column."""
    return bool(_FIRST_COLUMN.fullmatch(line))


def _cells(lines: list[str], start: int, *, tabbed: bool) -> tuple[list[str], list[int]]:
    """Collect cells from a line on; `places` holds, for each cell, the line after it."""
    cells: list[str] = []
    places: list[int] = []
    blank = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.strip() and not line.startswith("\t"):
            blank += 1
            if blank > 3:
                break
            continue
        is_cell = not tabbed or line.startswith("\t")
        if len(line.strip()) > _CELL_MAX or "。" in line or (not is_cell and not cells):
            break
        text = re.sub(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])", "", line.strip())
        if is_cell:
            cells.append(text)
            places.append(index + 1)
        elif _continues_cell(cells[-1], text):
            cells[-1] += text
            places[-1] = index + 1
        else:
            break
        blank = 0
    return cells, places


def _up_to_heading(cells: list[str]) -> list[str]:
    """The cells above the first numbered heading: nothing else tells where a table without marks ends."""
    numbers = (number_of(cell) for cell in cells)
    end = next((place for place, found in enumerate(numbers) if found and found.rank <= Rank.SECOND), None)
    return cells[:end]


def _continues_cell(cell: str, text: str) -> bool:
    return len(text) <= 8 and 0 < len(cell) <= 8 and not cell.isdigit() and number_of(text) is None


def _rows_by_serial(cells: list[str]) -> tuple[list[tuple[str, ...]], int] | None:
    serial = next((index for index, cell in enumerate(cells[:6]) if is_serial_name(cell)), None)
    if serial is None or "1" not in cells[:30]:
        return None
    # A first category that is broken over lines stands between the header and the first number as well.
    widest = cells.index("1") - serial
    tries = [_rows_of_width(cells, width, serial) for width in range(widest, serial + 1, -1)]
    return max(tries, key=lambda found: len(found[0]), default=None)


def _rows_of_width(cells: list[str], width: int, serial: int) -> tuple[list[tuple[str, ...]], int]:
    rows = [tuple(cells[:width])]
    position = width
    while position < len(cells):
        window = range(position, min(position + serial + 2, len(cells)))
        found = next((place for place in window if cells[place] == str(len(rows))), None)
        if found is None or found + width - serial > len(cells):
            break
        lead = [cell for cell in cells[position:found] if cell]
        lead = ["".join(lead)] if len(lead) > serial else lead
        rows.append(tuple([""] * (serial - len(lead)) + lead + cells[found : found + width - serial]))
        position = found + width - serial
    return rows, position


def _rows_by_width(cells: list[str]) -> tuple[list[tuple[str, ...]], int] | None:
    for width in _WIDTHS:
        rows = [tuple(cells[place : place + width]) for place in range(0, len(cells) - width + 1, width)]
        body = rows[1:]
        if len(body) < 2 or any(is_figure(cell) or not cell for cell in rows[0]):
            continue
        kinds = [{is_figure(cell) for cell in column} for column in zip(*body, strict=True)]
        if kinds[0] == {False} and {True} in kinds and all(len(kind) == 1 for kind in kinds):
            return rows, len(rows) * width
    return None
