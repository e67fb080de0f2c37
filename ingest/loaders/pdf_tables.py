"""Ruled tables of PDF pages, written as Markdown tables among the page's paragraphs."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.heads import head_rows

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_RULES_MIN = 4
_LONG_CELL = 400
_WRAPPED = re.compile(r"(?<=[㐀-鿿，、；（）0-9%])\n(?=[㐀-鿿，、；（）0-9%])")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A table on a page: its rows, and where it stands in points from the lower left corner."""

    rows: tuple[Row, ...]
    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])


def is_ruled(page: pypdfium2.PdfPage) -> bool:
    """Tell cheaply whether enough lines are drawn on a page for a table to be there."""
    drawn = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3)
    return any(number >= _RULES_MIN for number, _ in enumerate(drawn, 1))


class TableFinder:
    """Finds ruled tables; opens the file a second time, and only once a page needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._file: PDF | None = None

    def find(self, number: int) -> list[Found]:
        """The tables of a page.

        Args:
            number: the page, from 0.

        Returns:
            Its tables from the top down; frames round text are none.
        """
        if self._file is None:
            # Half of a worker's start would go into this, and most files have no such page.
            from pdfplumber.pdf import PDF

            self._file = PDF.open(io.BytesIO(self._data))
        page = self._file.pages[number]
        height = page.bbox[3]
        found = []
        for table in page.find_tables():
            rows = _filled_heads([[_cell(cell) for cell in row] for row in table.extract()])
            if rows is not None:
                left, top, right, bottom = table.bbox
                found.append(Found(rows, left, right, height - bottom, height - top))
        page.close()
        return sorted(found, key=lambda table: -table.top)


def continued(table: Found, above: Found) -> Found:
    """A table with what it lacks of the one on the page before that it goes on with.

    The header names the columns here too, and a merged cell that began there is not lost.
    """
    heads = above.rows[: head_rows(above.rows)]
    body = table.rows[len(heads) :] if table.rows[: len(heads)] == heads else table.rows
    return replace(table, rows=(*heads, *_carried(body, above)))


def written(table: Found) -> str:
    """Write a table as Markdown."""
    frame = "|" + "---|" * table.width
    lines = ["|" + "|".join(cell.replace("|", "｜") for cell in row) + "|" for row in table.rows]
    return "\n".join([lines[0], frame, *lines[1:]])


def goes_on(above: Found, table: Found) -> bool:
    """Tell whether the first table of a page goes on with the last one of the page before."""
    same = above.width == table.width and abs(above.left - table.left) < 15
    headed = head_rows(table.rows)
    repeated = table.rows[:headed] == above.rows[:headed]
    return same and (repeated or headed == 1)


def _carried(body: Sequence[Row], above: Found) -> list[Row]:
    """Rows of a page's table whose first cell began on the page before and has no words here."""
    if not body or body[0][0]:
        return list(body)
    begun = next((row[0] for row in reversed(above.rows) if row[0]), "")
    return [(begun, *body[0][1:]), *body[1:]]


def _cell(words: str | None) -> str | None:
    return None if words is None else " ".join(_WRAPPED.sub("", words.strip()).split())


def _filled_heads(rows: list[list[str | None]]) -> tuple[Row, ...] | None:
    """Rows with a merged header cell repeated over the columns it names; None where this is no table."""
    rows = [row for row in rows if any(row)]
    kept = [
        column
        for column in range(len(rows[0]) if rows else 0)
        if any(row[column] is not None for row in rows)
    ]
    plain = [tuple(row[column] or "" for column in kept) for row in rows]
    longest = max((len(cell) for row in plain for cell in row), default=0)
    if len(kept) < 2 or len(plain) < 2 or (longest > _LONG_CELL and len(kept) * len(plain) <= 4):
        return None
    heads = head_rows(plain)
    for row, result in zip(rows[:heads], range(heads), strict=True):
        cells = list(plain[result])
        for place, column in enumerate(kept):
            merged_down = result > 0 and row[column] is None and rows[result - 1][column] is not None
            if place and row[column] is None and not merged_down:
                cells[place] = cells[place - 1]
        plain[result] = tuple(cells)
    return tuple(plain)
