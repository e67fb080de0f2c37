"""The columns of tables: what they are called, and which of them names the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from ingest.blocks import Table
from ingest.cell_kinds import Kind, kind_of
from ingest.table_units import UNIT_CHARS, is_unit, says_units

_SERIAL = re.compile(r"序\s*号|编\s*号|編\s*號|No\.?|№", re.IGNORECASE)
_SUBJECT = re.compile(r"指\s*标|指標|项\s*目|項目|名\s*称|名稱|任\s*务|任務|事\s*项|内\s*容|工程|措施")
# They name rows where hardly anything stands before them, else they say what is done about what is named.
_DONE = re.compile(r"(?:内\s*容|措施)$")
_FIRST = 3
_SUM = re.compile(r"\S{0,4}[合小总總共]\s*[计計分]")
_CODE = re.compile(r"[编代]码|号$")
_ATTRIBUTE = re.compile(r"属\s*性|屬性|性\s*质|性質|类\s*型|類型|指标类别")
YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
"""A year as it stands in a cell or names a column."""
FIGURE = re.compile(r"(?:力争|达到?|约|超过?|不低于|不高于|[≥≤＞＜><±~～-])?\s*\d[\d,.]*")
"""The figure that a cell begins with, its bound before it."""


def header_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows that name a table's columns, merged cells repeated where the file says which are merged."""
    return (table.filled or table.rows)[: table.header_rows]


def names_of_columns(table: Table) -> list[str]:
    """Return the names of a table's columns, those of several rows of heads joined."""
    width = len(table.rows[0])
    named = [_spread(row, below) for row, below in zip_longest(header_of(table), header_of(table)[1:])]
    names = []
    for column in range(width):
        # Which row states the units is no name.
        told = [row[column] for row in named if row[column] and not (column == 0 and says_units(row))]
        parts = list(dict.fromkeys(re.sub(r"\s+", "", cell) for cell in told))
        # A row of bare units below the names reads as if in brackets.
        if len(parts) > 1 and is_unit(parts[-1]):
            parts[-1] = f"（{parts[-1]}）"
        names.append("".join(parts))
    return names


def _spread(row: tuple[str, ...], below: tuple[str, ...] | None) -> tuple[str, ...]:
    """A row of names, one that reaches over several columns, as a year does, written over each of them."""
    if below is None:
        return row
    spread = list(row)
    for column in range(1, len(row)):
        if not row[column] and below[column]:
            spread[column] = spread[column - 1]
    return tuple(spread)


def subject_column(names: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """Tell which column names the rows.

    Args:
        names: of the columns.
        body: the rows below them.

    Returns:
        Its place, or -1 where a table's only row has figures alone.
    """
    # Sums have no name of the kind that the other rows have.
    counted = [row for row in body if sum(map(bool, row)) > 1 and not _SUM.match(next(filter(None, row)))]
    columns = [
        _Column(name, [row[at] for row in counted or body if row[at]]) for at, name in enumerate(names)
    ]
    # One head over several columns: each of them parts what the one before it names.
    lead = len(list(takewhile(lambda name: name and name == names[0], names)))
    if 1 < lead < len(columns) and columns[lead - 1].is_worded():
        return lead - 1
    # What stands behind figures tells of them: 主要不合格项目.
    figures = next((at for at, column in enumerate(columns) if column.is_measured()), len(columns))
    subjects = [
        at
        for at, column in enumerate(columns[: figures + 1])
        if column.is_subject() and (at < _FIRST or not _DONE.search(column.name))
    ]
    if subjects:
        # 主项名称 may stand before several 子项名称.
        return next((at for at in subjects if columns[at].tells_apart(len(counted))), subjects[0])
    if len(body) == 1 and not any(column.is_worded() for column in columns):
        return -1
    serial = next((at for at, name in enumerate(names[:3]) if is_serial_name(name)), None)
    if serial is None:
        apart = (at for at in range(min(_FIRST, figures)) if columns[at].tells_apart(len(counted)))
        return next(apart, 0)
    behind = (at for at in range(serial + 1, len(columns)) if columns[at].is_worded())
    return next(behind, min(serial + 1, len(columns) - 1))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, and what its cells say."""

    name: str
    cells: list[str]

    def is_subject(self) -> bool:
        """Whether it says that it names the rows; 项目个数 is a figure of what stands before it."""
        said = _SUBJECT.search(self.name) and not is_attribute(self.name) and not holds_serials(self.name)
        return bool(said) and self.is_worded()

    def is_worded(self) -> bool:
        counted = sum(_counts(cell) or kind_of(cell) is Kind.CODE for cell in self.cells)
        return counted * 2 <= len(self.cells)

    def tells_apart(self, rows: int) -> bool:
        """Whether it says something else in words in each of so many rows."""
        return self.is_worded() and len(set(self.cells)) >= rows

    def is_measured(self) -> bool:
        """Whether it holds figures alone, which are neither codes nor 1, 2, 3."""
        if _CODE.search(self.name) or self.cells == [str(at) for at in range(1, len(self.cells) + 1)]:
            return False
        return bool(self.cells) and all(kind_of(cell) is Kind.FIGURE for cell in self.cells)


def _counts(cell: str) -> bool:
    """Tell a quantity, maybe with its unit, from a name that begins with one: 10行及以上自走式水稻直播机."""
    found = FIGURE.match(cell)
    return found is not None and is_figure(cell) and len(cell) - found.end() <= UNIT_CHARS


def is_serial_name(name: str) -> bool:
    """Tell the name of a column of serial numbers."""
    return bool(_SERIAL.fullmatch(name))


def is_figure(cell: str) -> bool:
    """Tell a cell that states a quantity, a year excepted."""
    return bool(FIGURE.match(cell)) and not YEAR.fullmatch(cell)


def holds_serials(name: str) -> bool:
    """Tell the name of a column of numbers that tell rows apart, those of documents and codes among them."""
    return bool(_SERIAL.search(name))


def is_attribute(name: str) -> bool:
    """Tell the name of a column that says of which sort a row is, such as 约束性."""
    return bool(_ATTRIBUTE.search(name))
