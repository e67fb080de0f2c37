"""Tables: rows that read by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Table

_SERIAL = re.compile(r"序\s*号|编\s*号|編\s*號|No\.?|№", re.IGNORECASE)
_SUBJECT = re.compile(r"指\s*标|指標|项\s*目|項目|名\s*称|名稱|任\s*务|任務|事\s*项|内\s*容|工程|措施")
_BRACKETED_UNIT = re.compile(r"[（(]([^（()）]{1,12})[）)]$")
_FIGURE = re.compile(r"[^\d]{0,4}\d[\d,，.]*")
_UNIT_CHARS = 6
_UNIT = re.compile(r"^(?:计量)?(?:单\s*位|單位)$")
_ATTRIBUTE = re.compile(r"属\s*性|屬性|性\s*质|性質|类\s*型|類型|指标类别")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_FIGURE = re.compile(r"(?:力争|达到?|约|超过?|不低于|不高于|[≥≤＞＜><±~～-])?\s*\d[\d,.]*")


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

    Where the file does not say which cells are merged, one that is empty in a leading column takes the value
    above it.

    Args:
        table: cells with their header rows.
        unit_line: the line above it that states the unit of its figures, such as 单位：亿元, or "".

    Returns:
        One `Row` for each row of the body.
    """
    header = _header(table)
    subject = _subject_column(header)
    unit = re.sub(r"^[（(]?\s*(?:计量)?单位\s*[:：]\s*|[）)]$", "", unit_line).strip()
    body = table.rows[table.header_rows :]
    whole = table.filled[table.header_rows :] or _carried(body, header, subject)
    return tuple(
        Row(tuple(filter(None, cells)) if table.inline else cells, _sentence(header, full, subject, unit))
        for cells, full in zip(body, whole, strict=True)
        if any(cells)
    )


def _carried(body: Sequence[Sequence[str]], header: list[str], subject: int) -> Sequence[Sequence[str]]:
    """Rows whose empty leading cells take the value above them, as merged cells do."""
    above = [""] * len(header)
    rows = []
    for cells in body:
        full = list(cells)
        for column in range(min(subject, len(full))):
            if full[column]:
                above[column] = full[column]
            elif not _SERIAL.search(header[column]):
                full[column] = above[column]
        rows.append(full)
    return rows


def guess_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of a table's first rows name its columns: those above the first that holds a figure.

    Years name columns; a column of serial numbers starts with 1.

    Args:
        rows: the table's cells.

    Returns:
        At least 1, at most 3.
    """
    for index, row in enumerate(rows[:4]):
        figures = [cell for cell in row if is_figure(cell)]
        if index and (figures or index == 3):
            return index
    return 1


def is_serial_name(name: str) -> bool:
    """Tell the name of a column of serial numbers."""
    return bool(_SERIAL.fullmatch(name))


def is_figure(cell: str) -> bool:
    """Tell a cell that states a quantity, a year excepted."""
    return bool(_FIGURE.match(cell)) and not _YEAR.fullmatch(cell)


def _header(table: Table) -> list[str]:
    width = len(table.rows[0])
    # A year above two columns names both of them.
    named = (table.filled or table.rows)[: table.header_rows]
    names = []
    for column in range(width):
        parts = [row[column] for row in named if row[column]]
        names.append(re.sub(r"\s+", "", "".join(dict.fromkeys(parts))))
    return names


def _subject_column(header: list[str]) -> int:
    for column, name in enumerate(header):
        if _SUBJECT.search(name) and not _ATTRIBUTE.search(name) and not _SERIAL.search(name):
            return column
    return 1 if header and _SERIAL.search(header[0]) and len(header) > 1 else 0


def _sentence(header: Sequence[str], cells: Sequence[str], subject: int, unit: str) -> str:
    categories, serial, values = [], "", []
    name = cells[subject] if subject < len(cells) else ""
    unit = _row_unit(header, cells) or unit or _own_unit(name)
    for column, (title, cell) in enumerate(zip(header, cells, strict=False)):
        if not cell or column == subject:
            continue
        if _SERIAL.search(title):
            serial = f"{cell} "
        elif _UNIT.match(title):
            continue
        elif column < subject:
            categories.append(cell)
        else:
            values.append(_value(title, cell, unit))
    if unit and _own_unit(name) != unit:
        name = f"{name}（{unit}）"
    head = "｜".join([*categories, f"{serial}{name}"])
    tail = "；".join(values)
    return f"{head}：{tail}" if tail else head


def _row_unit(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return what stands in the column of units, "" for a dash."""
    units = (cell for title, cell in zip(header, cells, strict=False) if _UNIT.match(title))
    return next((unit for unit in units if unit not in ("", "-", "—", "/")), "")


def _own_unit(name: str) -> str:
    """Return the unit that a row's name carries in brackets at its end."""
    match = _BRACKETED_UNIT.search(name)
    return match.group(1) if match else ""


def _value(name: str, cell: str, unit: str) -> str:
    if not name or _ATTRIBUTE.search(name):
        return cell
    if _FIGURE.fullmatch(cell) and len(unit) <= _UNIT_CHARS:
        cell += unit
    if re.fullmatch(r"(?:19|20)\d{2}", name):
        return f"{name}年{cell}"
    if _YEAR.search(name) and not name[-1].isdigit():
        return f"{name}{cell}"
    return f"{name}：{cell}"
