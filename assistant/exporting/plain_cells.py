"""Cells of a table for a spreadsheet program that stay what they say (OWASP, CSV injection)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

# Some programs take the full-width signs for the others, and leave blanks before them out.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# What a cell of a spreadsheet holds at most, in units of UTF-16.
_LONGEST = 32_000
# What XML 1.0 cannot hold (section 2.2), and with it no workbook.
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def plain_cell(text: str) -> str:
    """Return a cell's text, set apart by an apostrophe where a program would take it for a formula."""
    return "'" + text if passes_for_formula(text) else text


def passes_for_formula(text: str) -> bool:
    """Return whether a spreadsheet program may take a text for a formula."""
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))


def held_text(text: str) -> str:
    """Return what a cell of a spreadsheet can hold of a text: all but control characters and half characters.

    Args:
        text: of a document, a model or a reader.
    """
    kept = _UNHELD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts a character beyond the first 65,536 twice.
    return kept.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def put_text(cell: Cell, text: str) -> None:
    """Write text into a workbook's cell that stays text: no spreadsheet program takes it for a formula."""
    held = held_text(text)
    cell.value = held
    cell.data_type = "s"
    # Neither does it when somebody edits the cell.
    cell.quotePrefix = passes_for_formula(held)
