"""Cells that hold a figure and nothing else, as numbers that a spreadsheet can add up."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"(?P<sign>[-−－]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<percent>[%％]?)")
# More digits a spreadsheet does not keep.
_DIGITS = 15


def figure_of(text: str) -> tuple[int | float, str] | None:
    """Return the number that a cell holds and the format that shows it as it stands, or None.

    What says more than a figure (≥90, 9.8左右, 〔318〕) stays text, and so does what is rather a code than a
    number: 007, or more digits than a spreadsheet keeps.

    Args:
        text: of the cell.
    """
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return None
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    if (len(whole) > 1 and whole.startswith("0")) or len(whole) + len(part) > _DIGITS:
        return None
    form = ("#,##0" if "," in match["whole"] else "0") + (f".{'0' * (len(part) - 1)}" if part else "")
    number = float(whole + part) if part else int(whole)
    if match["sign"]:
        number = -number
    if match["percent"]:
        return round(number / 100, len(part) + 2), f"{form}%"
    return number, form
