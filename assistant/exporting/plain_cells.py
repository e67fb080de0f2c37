"""Cells of a table for a spreadsheet program that stay what they say (OWASP, CSV injection)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

# Some programs take the full-width signs for the others, and leave blanks before them out.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# What a cell of a spreadsheet holds at most, in characters.
_LONGEST = 32_000


def plain_cell(text: str) -> str:
    """Return a cell's text, set apart by an apostrophe where a program would take it for a formula."""
    return "'" + text if passes_for_formula(text) else text


def passes_for_formula(text: str) -> bool:
    """Return whether a spreadsheet program may take a text for a formula."""
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))


def put_text(cell: Cell, text: str) -> None:
    """Write text into a workbook's cell that stays text: no spreadsheet program takes it for a formula."""
    plain = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    cell.value = plain[:_LONGEST]
    cell.data_type = "s"
    # Neither does it when somebody edits the cell.
    cell.quotePrefix = passes_for_formula(plain)
