"""The cells of HTML tables: what they span, what makes them stand out."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SET_OFF_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|background(?:-color)?\s*:\s*(?!\s*(?:#f{3,6}\b|white|none|transparent|inherit))",
    re.IGNORECASE,
)


def is_set_off(cell: HtmlElement) -> bool:
    """Whether a cell is made to stand out: a head cell, bold or shaded."""
    style = f"{cell.get('style', '')};{cell.getparent().get('style', '')}"
    if cell.tag == "th" or cell.get("bgcolor") or _SET_OFF_STYLE.search(style):
        return True
    bold = "".join(part.text_content() for part in cell.iterdescendants("b", "strong"))
    return bool(bold.strip()) and bold.split() == cell.text_content().split()


def span_of(cell: HtmlElement, name: str) -> int:
    """How many rows or columns a cell states to cover."""
    stated = str(cell.get(name, "1")).strip()
    return min(int(stated), 1_000 if name == "colspan" else 100_000) if stated.isdecimal() else 1
