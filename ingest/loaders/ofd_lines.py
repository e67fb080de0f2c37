"""The text objects of an OFD page to lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.loaders.printed_lines import Line
from vectorstore.ofd.package import OfdPage
from vectorstore.ofd.runs import runs_of
from vectorstore.zipped import elements


def lines_of(page: OfdPage) -> list[Line]:
    """Read the text objects of a page.

    Args:
        page: the page.

    Returns:
        A line for each run of characters, in millimetres from the lower left corner, in the order of the
        file.
    """
    return list(_lines(page))


def _lines(page: OfdPage) -> Iterator[Line]:
    for element in elements(page.content, "TextObject"):
        for run in runs_of(element, page.box):
            a, b, c, d, e, f = run.matrix
            scale = (a * a + b * b) ** 0.5 or 1.0
            start, tall = a * run.x + c * run.y + e, run.size * scale
            end = start + (sum(run.across) + run.size) * scale
            base = page.box[3] - (b * run.x + d * run.y + f)
            words = _spaced(run.words, run.across, run.size)
            yield Line(words, start, end, base - tall * 0.15, base + tall * 0.85, tall)


def _spaced(words: str, steps: Sequence[float], size: float) -> str:
    """Words with the gaps that are drawn between them rather than written."""
    text = words[:1]
    for sign, step in zip(words[1:], steps, strict=True):
        text += ("    " if step > 2.8 * size else "") + sign
    return text
