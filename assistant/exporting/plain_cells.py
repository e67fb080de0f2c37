"""Cells of a table for a spreadsheet program that stay what they say (OWASP, CSV injection)."""

from __future__ import annotations

# Some programs take the full-width signs for the others, and leave blanks before them out.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """Return a cell's text, set apart by an apostrophe where a program would take it for a formula."""
    return "'" + text if passes_for_formula(text) else text


def passes_for_formula(text: str) -> bool:
    """Return whether a spreadsheet program may take a text for a formula."""
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
