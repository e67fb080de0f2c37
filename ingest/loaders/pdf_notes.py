"""Footnotes at the foot of a PDF page: the marks in the text tell which lines they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.loaders.printed_lines import Line

_CITED = re.compile(r"(?<=.)\[(\d{1,3})\]")
_OPENING = re.compile(r"(\d{1,3})(?![\d.．、,，%])\s*(?=[㐀-鿿“《])")
_SMALLER = 0.96
_APART = 3.0


def marked(lines: Sequence[Line]) -> list[Line]:
    """Write the numbers of footnotes as their marks stand in the text.

    Args:
        lines: a page's lines; marks in the text read [1].

    Returns:
        The same lines; one that is smaller or set far apart, and opens with a number cited above it, opens
        with [1] as well.
    """
    sizes = [line.size for line in lines for _ in line.text]
    usual = median(sizes) if sizes else 0.0
    cited: set[str] = set()
    result: list[Line] = []
    for line in lines:
        found = _OPENING.match(line.text)
        apart = bool(result) and result[-1].middle - line.middle > line.size * _APART
        below = bool(result) and result[-1].text.startswith("[")
        if found and found.group(1) in cited and (line.size < usual * _SMALLER or apart or below):
            line = replace(line, text=f"[{found.group(1)}]{line.text[found.end() :]}")
        cited.update(_CITED.findall(line.text))
        result.append(line)
    return result
