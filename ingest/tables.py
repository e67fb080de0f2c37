"""Tables: rows that read by themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Table
from ingest.cell_kinds import MEASURED, kind_of
from ingest.numbering import Rank, number_of
from ingest.table_columns import (
    FIGURE,
    YEAR,
    holds_serials,
    is_attribute,
    is_figure,
    is_serial_name,
    names_of_columns,
    subject_column,
)
from ingest.table_units import (
    SEVERAL,
    UNIT_CHARS,
    measure_columns,
    own_unit,
    row_unit,
    stated_unit,
    unit_of_column,
)

_REMARK = re.compile(r"^(?:注|备注|備註|说明|說明|资料来源|資料來源)\s*\d*\s*[:：]?|[。；]")
_SUM = re.compile(r"(?:合|小|总|共)\s*计|合計|小計|總計|平均|总\s*和")
# The sum of the whole table is none of its last group.
_TOTAL = re.compile(r"(?:[^（(]{0,4}[合总總共累]\s*[计計])(?:[（(].*[）)])?")
_GROUPING = re.compile(
    r"(?:指标|項目|项目)?(?:[类種种]\s*别|類別|分\s*类|分類|领\s*域|領域|方\s*面|板\s*块|大类|[一二三]级指标)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table's body.

    Attributes:
        cells: its cells as they stand in the source, empty ones left out where white space parts them.
        full: one cell for each column, a merged one repeated wherever it reaches.
        sentence: the row read out with its groups and the names of its columns.
        is_group: whether it only names the group of the rows below it; its name is its first full cell.
    """

    cells: tuple[str, ...]
    full: tuple[str, ...]
    sentence: str
    is_group: bool = False


def rows_of(table: Table, unit_line: str = "") -> tuple[Row, ...]:
    """Read out a table's rows.

    Where the file does not say which cells are merged, one that is empty in a leading column takes the value
    above it. A row of one cell across the table names the group of the rows below it.

    Args:
        table: cells with their header rows.
        unit_line: the line above it that states the unit of its figures, such as 单位：亿元, maybe with who
            made it and when, or "".

    Returns:
        One `Row` for each row of the body.
    """
    header = names_of_columns(table)
    subject = subject_column(header, table.rows[table.header_rows :])
    unit = stated_unit(unit_line)
    body = table.rows[table.header_rows :]
    named = _group_rows(table, subject)
    leading = _leading_rows(body, table.filled[table.header_rows :] or body, subject)
    whole = _carried(table.filled[table.header_rows :] or body, header, subject, named)
    measures = measure_columns(header, whole)
    groups: list[str] = []
    rows = []
    last = max((order for order, cells in enumerate(body) if sum(map(bool, cells)) > 1), default=0)
    for order, (cells, full) in enumerate(zip(body, whole, strict=True)):
        if not any(cells):
            continue
        source = tuple(filter(None, cells)) if table.inline else cells
        if order in named:
            groups = _enclosing(groups, named[order])
            alone = (" ".join(filter(None, cells)), *[""] * (len(header) - 1))
            rows.append(Row(source, alone, "｜".join(groups), is_group=True))
        else:
            said = list(filter(None, cells))
            if order == last and _TOTAL.fullmatch(said[0]):
                groups = []
            if order in leading:
                groups = _enclosing(groups, leading[order])[:-1]
            remark = len(said) == 1 and _REMARK.search(said[0])
            sentence = "｜".join(
                [*([] if remark else groups), _sentence(header, full, subject, measures, unit)]
            )
            rows.append(Row(source, tuple(full), sentence))
            if order in leading:
                groups = [*groups, leading[order]]
    return tuple(rows)


def _group_rows(table: Table, subject: int) -> dict[int, str]:
    """Find the rows that name those below them: number of the row in the body → its one cell."""
    body = table.rows[table.header_rows :]
    filled = table.filled[table.header_rows :] or body
    found: dict[int, str] = {}
    waiting: dict[int, str] = {}
    for order, (cells, full) in enumerate(zip(body, filled, strict=True)):
        name = _group_name(cells, full, subject)
        if name:
            waiting[order] = name
        elif sum(map(bool, cells)) > 1:
            # Equals that follow each other are a list whose other cells are still empty.
            rank = _rank(cells[subject])
            found |= {place: name for place, name in waiting.items() if not rank or _rank(name) != rank}
            waiting = {}
    return found


def _leading_rows(
    body: Sequence[Sequence[str]], filled: Sequence[Sequence[str]], subject: int
) -> dict[int, str]:
    """Find the rows that sum up those below them, which have no number: 一、续建项目 with its figures."""
    names = [
        full[subject] if sum(map(bool, cells)) > 1 else "" for cells, full in zip(body, filled, strict=True)
    ]
    found = {}
    for order, (name, below) in enumerate(pairwise(names)):
        cells = [cell for cell in body[order] if cell and cell != name]
        if 0 < _rank(name) <= Rank.SECOND and below and not _rank(below) and all(map(is_figure, cells)):
            found[order] = name
    return found


def _group_name(cells: Sequence[str], full: Sequence[str], subject: int) -> str:
    """The one cell of a row where it stands for all columns: three or more, or numbered 一、 or （一）.

    A code may stand before one that the file says reaches over all other columns.
    """
    said = [(column, cell) for column, cell in enumerate(cells) if cell]
    if len(said) == 2 and said[1][0] == subject and kind_of(said[0][1]) in MEASURED:
        name = said[1][1]
        whole = len(full) > subject + 1 and all(cell == name for cell in full[subject:])
        return name if whole and not is_figure(name) else ""
    if len(said) != 1 or said[0][0] > subject:
        return ""
    name = said[0][1]
    alone = all(cell in ("", name) for cell in full)
    named = len(full) > 2 or 0 < _rank(name) <= Rank.SECOND
    return name if alone and named and not is_figure(name) and not _REMARK.search(name) else ""


def _enclosing(groups: list[str], name: str) -> list[str]:
    """The groups that a new one leaves open, and itself; one of deeper numbering stands within the others."""
    rank = _rank(name)
    return [*(group for group in groups if _rank(group) < rank), name]


def _rank(name: str) -> int:
    number = number_of(name)
    return number.rank if number else 0


def _carried(
    body: Sequence[Sequence[str]], header: list[str], subject: int, named: Mapping[int, str]
) -> Sequence[Sequence[str]]:
    """Rows whose empty leading cells take the value above them, as merged cells do; a group begins anew.

    A sum stands for itself, and so does a row of one cell.
    """
    above = [""] * len(header)
    rows = []
    for order, cells in enumerate(body):
        full = list(cells)
        said = list(filter(None, full))
        if order in named:
            above = [""] * len(header)
        alone = order in named or len(said) < 2 or _SUM.fullmatch(said[0])
        for column in range(0 if alone else min(subject + 1, len(full))):
            if full[column]:
                above[column] = full[column]
            elif not holds_serials(header[column]):
                full[column] = above[column]
        rows.append(full)
    return rows


def _sentence(
    header: Sequence[str], cells: Sequence[str], subject: int, measures: Collection[int], unit: str
) -> str:
    serial = ""
    categories: list[str] = []
    values: list[str] = []
    name = cells[subject] if 0 <= subject < len(cells) else ""
    of_row, own = row_unit(header, cells, measures), own_unit(name)
    for column, (title, cell) in enumerate(zip(header, cells, strict=False)):
        # A cell that reaches over the subject's column and others names the row, as of a sum: it is no value.
        if not cell or column == subject or cell == name:
            continue
        if is_serial_name(title):
            serial = f"{cell} "
        elif column in measures:
            continue
        elif column < subject:
            bare = not title or title == header[subject] or _GROUPING.fullmatch(title)
            categories.append(cell if bare else f"{title}：{cell}")
        else:
            value = _value(title, cell, row_unit(header, cells, measures, column) or own or unit)
            values += [value] if value not in values[-1:] else []
    # What stands behind every figure of a table need not stand behind the names.
    too_long = len(unit) > UNIT_CHARS and not SEVERAL.search(unit) and not own
    told = of_row or (unit if too_long else "")
    if told and told != own:
        name = f"{name}（{told}）"
    head = "｜".join([*categories, f"{serial}{name}"])
    tail = "；".join(values)
    return "：".join(filter(None, (head, tail)))


def _value(name: str, cell: str, unit: str) -> str:
    if not name or is_attribute(name):
        return cell
    if FIGURE.fullmatch(cell) and (counted := unit_of_column(name, unit)):
        name, cell = re.sub(rf"[（(](?:单位[:：])?{re.escape(counted)}[）)]", "", name), cell + counted
    if re.fullmatch(r"(?:19|20)\d{2}", name):
        return f"{name}年{cell}"
    if YEAR.search(name) and not name[-1].isdigit():
        return f"{name}{cell}"
    return f"{name}：{cell}"
