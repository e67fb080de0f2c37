"""Tables: out of text lines into cells, and out of cells into rows that read by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.blocks import Table
from ingest.numbering import number_of

_SERIAL = re.compile(r"序\s*号|编\s*号|編\s*號|No\.?|№", re.IGNORECASE)
_SUBJECT = re.compile(r"指\s*标|指標|项\s*目|項目|名\s*称|名稱|任\s*务|任務|事\s*项|内\s*容|工程|措施")
_UNIT = re.compile(r"^(?:计量)?(?:单\s*位|單位)$")
_ATTRIBUTE = re.compile(r"属\s*性|屬性|性\s*质|性質|类\s*型|類型|指标类别")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_CELL_MAX = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table's body.

    Attributes:
        cells: its cells as they stand in the source, empty ones left out.
        sentence: the row read out with the names of its columns.
    """

    cells: tuple[str, ...]
    sentence: str


def rows_of(table: Table, unit_line: str = "") -> tuple[Row, ...]:
    """Read out a table's rows.

    A cell that is empty in a leading column takes the value above it, as merged cells do.

    Args:
        table: cells with their header rows.
        unit_line: the line above it that states the unit of its figures, such as 单位：亿元, or "".

    Returns:
        One `Row` for each row of the body.
    """
    header = _header(table)
    carried = [""] * len(header)
    rows = []
    subject = _subject_column(header)
    unit = re.sub(r"^[（(]?\s*(?:计量)?单位\s*[:：]\s*|[）)]$", "", unit_line).strip()
    for cells in table.rows[table.header_rows :]:
        full = list(cells)
        for column in range(min(subject, len(full))):
            if full[column]:
                carried[column] = full[column]
            elif not _SERIAL.search(header[column]):
                full[column] = carried[column]
        standing = tuple(cell for cell in cells if cell)
        if standing:
            rows.append(Row(standing, _sentence(header, full, subject, unit)))
    return tuple(rows)


def pipe_table(lines: list[str]) -> Table | None:
    """Read a Markdown pipe table.

    Args:
        lines: consecutive lines that hold a pipe.

    Returns:
        The table, or None where the lines are the remains of something else.
    """
    rows = [_pipe_cells(line) for line in lines if not _is_frame(line)]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows), inline=False)


def flattened_table(lines: list[str], start: int) -> tuple[Table, int] | None:
    """Read a table that was flattened into one cell a line, the cells behind a tab.

    The serial numbers 1, 2, 3 … tell where rows begin, as a merged category above them may be missing.

    Args:
        lines: all lines of the document.
        start: the line the table may begin at.

    Returns:
        The table and the line after it, or None.
    """
    cells, places = _tabbed_cells(lines, start)
    header = _flat_header(cells)
    if header is None:
        return None
    width, serial = header
    rows = [tuple(cells[:width])]
    position, expected = width, 1
    while position < len(cells):
        found = next(
            (p for p in range(position, min(position + serial + 2, len(cells))) if cells[p] == str(expected)),
            None,
        )
        if found is None or found + width - serial > len(cells):
            break
        lead = [cell for cell in cells[position:found] if cell][:serial]
        rows.append(tuple([""] * (serial - len(lead)) + lead + cells[found : found + width - serial]))
        position, expected = found + width - serial, expected + 1
    if len(rows) < 3:
        return None
    return Table(tuple(rows)), places[position - 1]


def _header(table: Table) -> list[str]:
    width = len(table.rows[0])
    names = []
    for column in range(width):
        parts = [row[column] for row in table.rows[: table.header_rows] if row[column]]
        names.append(re.sub(r"\s+", "", "".join(dict.fromkeys(parts))))
    return names


def _subject_column(header: list[str]) -> int:
    for column, name in enumerate(header):
        if _SUBJECT.search(name) and not _ATTRIBUTE.search(name) and not _SERIAL.search(name):
            return column
    return 1 if header and _SERIAL.search(header[0]) and len(header) > 1 else 0


def _sentence(header: list[str], cells: list[str], subject: int, unit: str) -> str:
    categories, serial, values = [], "", []
    for column, (name, cell) in enumerate(zip(header, cells, strict=False)):
        if not cell or column == subject:
            continue
        if _SERIAL.search(name):
            serial = f"序号{cell}"
        elif _UNIT.match(name):
            unit = cell
        elif column < subject:
            categories.append(cell)
        else:
            values.append(_value(name, cell))
    name = cells[subject] if subject < len(cells) else ""
    if unit and unit not in ("-", "—", "/") and f"（{unit}）" not in name:
        name = f"{name}（{unit}）"
    head = "｜".join([*categories, name])
    tail = "；".join([*values, *([serial] if serial else [])])
    return f"{head}：{tail}" if tail else head


def _value(name: str, cell: str) -> str:
    if not name or _ATTRIBUTE.search(name):
        return cell
    if re.fullmatch(r"(?:19|20)\d{2}", name):
        return f"{name}年{cell}"
    if _YEAR.search(name) and not name[-1].isdigit():
        return f"{name}{cell}"
    return f"{name}：{cell}"


def _pipe_cells(line: str) -> list[str]:
    line = re.sub(r"^\s*[-*]?\s*\|", "", line.strip())
    line = line.removesuffix("|")
    return [cell.replace("**", "").strip() for cell in line.split("|")]


def _is_frame(line: str) -> bool:
    return bool(re.fullmatch(r"[\s|:*-]+", line))


def _tabbed_cells(lines: list[str], start: int) -> tuple[list[str], list[int]]:
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
        if len(line.strip()) > _CELL_MAX or "。" in line or (not line.startswith("\t") and not cells):
            break
        text = re.sub(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])", "", line.strip())
        if line.startswith("\t"):
            cells.append(text)
            places.append(index + 1)
        elif (
            len(text) <= 8 and 0 < len(cells[-1]) <= 8 and number_of(text) is None and not cells[-1].isdigit()
        ):
            cells[-1] += text
            places[-1] = index + 1
        else:
            break
        blank = 0
    return cells, places


def _flat_header(cells: list[str]) -> tuple[int, int] | None:
    serial = next((index for index, cell in enumerate(cells[:6]) if _SERIAL.search(cell)), None)
    if serial is None or "1" not in cells[:30]:
        return None
    width = cells.index("1") - serial
    return (width, serial) if width > serial + 1 else None
