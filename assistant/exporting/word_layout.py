"""The page and the tables of a Word file in the layout of official papers (after GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.export import Line, Sheet
from assistant.exporting.word_styles import CELL, CELL_HEAD

# The width of a page's text, also in characters of a table (12 points). A column has room for a word of five
# characters, such as 征求意见稿; text of more than 24 makes it no wider.
_TEXT_MM = 210 - 28 - 26
_LINE_CHARS = 36
_SHORT_CHARS, _MOST_CHARS = 5, 24


def set_page(document: Document) -> None:
    """Give a document the paper, margins and page numbers of official papers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    # What programs show that do not count pages themselves.
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def add_table(document: Document, sheet: Sheet, fill: Callable[[Any, Line], None]) -> None:
    """Put a table at a document's end.

    Args:
        document: the document.
        sheet: what the table holds.
        fill: writes a line into a paragraph.
    """
    widths = _widths(sheet)
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for style, row in ((CELL_HEAD, sheet.head), *((CELL, row) for row in sheet.rows)):
        added = table.add_row()
        _keep_whole(added, is_head=style == CELL_HEAD)
        for position, cell in enumerate(added.cells):
            cell.width = Mm(widths[position])
            cell.paragraphs[0].style = style
            fill(cell.paragraphs[0], row[position] if position < len(row) else ())


def _widths(sheet: Sheet) -> list[float]:
    """Return the width of each column in millimetres: room for a short word, and more for longer text."""
    rows = (sheet.head, *sheet.rows)
    longest = [0] * max(map(len, rows))
    for row in rows:
        for column, line in enumerate(row):
            length = sum(len(piece) for piece in line if isinstance(piece, str))
            longest[column] = max(longest[column], min(length, _MOST_CHARS))
    # One more for the margins of the cell.
    least = [min(length, _SHORT_CHARS) + 1 for length in longest]
    wanted = [length - min(length, _SHORT_CHARS) for length in longest]
    spare = max(_LINE_CHARS - sum(least), 0) / (sum(wanted) or 1)
    widths = [low + more * spare for low, more in zip(least, wanted, strict=True)]
    return [_TEXT_MM * width / sum(widths) for width in widths]


def _keep_whole(row: Any, *, is_head: bool) -> None:
    """Let a row of a table not be parted by the end of a page, and the first one stand on each page."""
    settings = row._tr.get_or_add_trPr()
    settings.append(OxmlElement("w:cantSplit"))
    if is_head:
        settings.append(OxmlElement("w:tblHeader"))
