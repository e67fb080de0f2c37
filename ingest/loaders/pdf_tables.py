"""Ruled tables of PDF pages, written as Markdown tables among the page's paragraphs."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.blocks import Paragraph, Table
from ingest.cell_kinds import is_column_name
from ingest.loaders.cells import Cell, table_blocks
from ingest.loaders.pdf_paragraphs import piped

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_RULES_MIN = 4
_LONG_CELL = 400
_EDGE = 1.0
_WRAPPED = re.compile(r"(?<=[㐀-鿿，、；（）0-9%])\n(?=[㐀-鿿，、；（）0-9%])")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A table on a page, and where it stands in points from the lower left corner.

    Attributes:
        rows: its rows, merged cells repeated.
        heads: how many of the first rows name the columns.
        before, after: lines across its whole width above and below the rows.
    """

    rows: tuple[Row, ...]
    heads: int
    left: float
    right: float
    bottom: float
    top: float
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0


def is_ruled(page: pypdfium2.PdfPage) -> bool:
    """Tell cheaply whether enough lines are drawn on a page for a table to be there."""
    drawn = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3)
    return any(number >= _RULES_MIN for number, _ in enumerate(drawn, 1))


class TableFinder:
    """Finds ruled tables; opens the file a second time, and only once a page needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._file: PDF | None = None

    def find(self, number: int, turn: int) -> list[Found]:
        """The tables of a page.

        Args:
            number: the page, from 0.
            turn: how far it is turned for its words to stand upright, clockwise in degrees.

        Returns:
            Its tables from the top down; frames round text are none.
        """
        if self._file is None:
            # Half of a worker's start would go into this, and most files have no such page.
            from pdfplumber.pdf import PDF

            self._file = PDF.open(io.BytesIO(self._data))
        page = _upright(self._file, self._file.pages[number], turn)
        height = page.bbox[3]
        found = []
        for table in page.filter(_is_straight).find_tables():
            left, top, right, bottom = table.bbox
            place = Found((), 0, left, right, height - bottom, height - top)
            if told := _told(_cells(table), place):
                found.append(told)
        page.close()
        return sorted(found, key=lambda table: -table.top)


def continued(table: Found, above: Found) -> Found:
    """A table with what it lacks of the one on the page before that it goes on with.

    The header names the columns here too, and a merged cell that began there is not lost.
    """
    heads = above.rows[: above.heads]
    body = table.rows[len(heads) :] if table.rows[: len(heads)] == heads else table.rows
    groups = tuple((name, *[""] * (table.width - 1)) for name in table.before)
    rows = (*heads, *_carried([*groups, *body], above))
    return replace(table, rows=rows, heads=above.heads, before=())


def written(table: Found) -> list[str]:
    """Write a table as Markdown."""
    pipes = piped(table.rows, table.heads) if table.rows else []
    above = [*table.before, ""] if table.before and pipes else [*table.before]
    return [*above, *pipes, *([""] if table.after else []), *table.after]


def goes_on(above: Found, table: Found) -> bool:
    """Return whether the first table of a page goes on with the last one of the page before."""
    if not (above.width and above.width == table.width and abs(above.left - table.left) < 15):
        return False
    heads = above.rows[: above.heads]
    return table.rows[: above.heads] == heads or not (table.heads and any(map(is_column_name, table.rows[0])))


def _upright(file: PDF, page: Page, turn: int) -> Page:
    if page.rotation == turn:
        return page
    from pdfplumber.page import Page as Turned

    page.page_obj.rotate = turn
    page.page_obj.attrs["Rotate"] = turn
    return Turned(file, page.page_obj, page.page_number)


def _is_straight(drawn: dict[str, Any]) -> bool:
    """Whether something is no character of a watermark that runs aslant."""
    matrix = drawn.get("matrix")
    return matrix is None or abs(matrix[0] * matrix[1]) < 0.05 * (matrix[0] ** 2 + matrix[1] ** 2)


def _cells(table: Any) -> list[Cell]:
    """The cells of a table with the rows and columns that each covers."""
    tops = [row.bbox[1] for row in table.rows]
    lefts = sorted({cell[0] for cell in table.cells})
    cells = []
    for number, (row, texts) in enumerate(zip(table.rows, table.extract(), strict=True)):
        for column, (box, words) in enumerate(zip(row.cells, texts, strict=True)):
            if box is not None:
                height = sum(top < box[3] - _EDGE for top in tops[number:])
                width = sum(left < box[2] - _EDGE for left in lefts[column:])
                cells.append(Cell(number, column, _cell(words or ""), max(height, 1), max(width, 1)))
    return cells


def _told(cells: Sequence[Cell], place: Found) -> Found | None:
    """The table that cells make; None where they are a frame round text."""
    said = [cell for cell in cells if cell.text]
    longest = max((len(cell.text) for cell in said), default=0)
    columns = {cell.column for cell in said}
    if len(columns) < 2 or (longest > _LONG_CELL and len(said) <= 4):
        return None
    blocks = table_blocks(cells, part=True)
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            rows, heads = block.filled, block.header_rows
            before, after = tuple(texts[:at]), tuple(texts[at + 1 :])
            return replace(place, rows=rows, heads=heads, before=before, after=after)
    if len({cell.row for cell in said}) == 1:
        row = {cell.column: cell.text for cell in said}
        return replace(place, rows=(tuple(row.get(column, "") for column in range(max(row) + 1)),))
    return replace(place, before=tuple(texts))


def _carried(body: Sequence[Row], above: Found) -> list[Row]:
    """Rows of a page's table whose first cell began on the page before and has no words here."""
    begun = next((row[0] for row in reversed(above.rows) if row[0]), "")
    rows: list[Row] = []
    for row in body:
        if row[0] or (rows and rows[-1][0] != begun):
            return [*rows, *body[len(rows) :]]
        rows.append((begun, *row[1:]))
    return rows


def _cell(words: str) -> str:
    return " ".join(_WRAPPED.sub("", words.strip()).split())
