"""The lines of a page to paragraphs, by their size and the edges they reach."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from ingest.loaders.pdf_grids import BareTables
from ingest.loaders.printed_lines import COLUMNS, HAN, Line
from ingest.numbering import is_caption, number_of

_INDENT = 1.2
_SHORT = 1.9
_PARTED = 1.75
_RUNNING = 0.5
_LETTERS, _FULL = 9, 0.4
_CENTRED = 3.0
_WORD = re.compile(r"[A-Za-z\d.,%]+")
_SECTION = re.compile(r"第[一二三四五六七八九十百零\d]{1,6}[编章节条][ \u3000]")
_ENDED = re.compile(r"[。！？；：!?;:][”’」』）)】]*$")


def written_regions(
    regions: Sequence[Sequence[Line]],
    width: float,
    bare: BareTables,
    inserted: Mapping[Line, Sequence[str]] | None = None,
) -> list[str]:
    """Write the lines of a page.

    Args:
        regions: lines in groups that are read one after the other.
        width: that of the page.
        bare: finds the tables without lines of the file.
        inserted: lines that stand for something already written.

    Returns:
        Paragraphs, and tables in Markdown.
    """
    texts: list[str] = []
    widths = [max(x.right for x in lines) - min(x.left for x in lines) for lines in regions]
    measure = width if len(regions) < 2 else max(widths)
    for lines in regions:
        held: list[Line] = []
        for piece in bare.find(lines):
            if isinstance(piece, Line) and piece not in (inserted or {}):
                held.append(piece)
                continue
            texts += paragraphs_of(held, measure)
            held = []
            texts += [
                "",
                *((inserted or {})[piece] if isinstance(piece, Line) else piped(piece.rows, piece.heads)),
                "",
            ]
        texts += paragraphs_of(held, measure)
    return texts


def piped(rows: Sequence[Sequence[str]], heads: int = 1) -> list[str]:
    """Write rows as Markdown, a rule under those that name the columns."""
    lines = ["|" + "|".join(cell.replace("|", "｜") for cell in row) + "|" for row in rows]
    rule = ["|" + "---|" * len(rows[0])] if heads else []
    return [*lines[:heads], *rule, *lines[heads:]]


def paragraphs_of(lines: Sequence[Line], width: float) -> list[str]:
    """Join the lines of a page that the paper's edge alone has parted.

    A line goes on with the one above it where that one is full, and where it is neither set in nor set apart,
    nor of another size, nor numbered.

    Args:
        lines: lines of running text, from the top down.
        width: that of the page.

    Returns:
        One text a paragraph.
    """
    margin = _margins(lines, width)
    paragraphs: list[str] = []
    above: Line | None = None
    pitch = _pitch(lines)
    for line in lines:
        if above is not None and margin and _goes_on(above, line, margin, pitch):
            paragraphs[-1] += _between(paragraphs[-1], line.text) + line.text
        else:
            paragraphs.append(line.text)
        above = line
    return paragraphs


def _between(above: str, line: str) -> str:
    """What parts two lines of a paragraph: a blank between Latin words, nothing inside a number."""
    if HAN.match(line) or HAN.match(above[-1]):
        return ""
    inside = line[0].isdigit() and above[-1].isdigit() and HAN.search(above)
    return "" if inside else " "


def _goes_on(above: Line, line: Line, margin: tuple[float, float], pitch: float) -> bool:
    left, right = margin
    if abs(above.size - line.size) > 0.15 * above.size or COLUMNS in above.text or COLUMNS in line.text:
        return False
    # A number or a Latin word is not broken: the line above ends early where it did not fit.
    word = _WORD.match(line.text)
    short = _SHORT * line.size + (word.end() * line.size / 2 if word else 0.0)
    if above.right < right - short or line.left > left + _INDENT * line.size:
        return False
    if pitch and above.middle - line.middle > pitch * _PARTED:
        return False
    if _SECTION.match(line.text) or above.left > left + _CENTRED * above.size:
        return False
    begins = number_of(line.text) or is_caption(line.text) or line.text[0] in "①②③④⑤⑥⑦⑧⑨⑩[¹²³"
    return not (begins and _ENDED.search(above.text))


def _margins(lines: Sequence[Line], width: float) -> tuple[float, float] | None:
    """The left and right edge of the running text, told by the lines of the usual size."""
    prose = [line for line in lines if COLUMNS not in line.text]
    sizes = [line.size for line in prose for _ in line.text]
    usual = median(sizes) if sizes else 0.0
    prose = [line for line in prose if abs(line.size - usual) <= 0.15 * usual]
    widest = max((line.right - line.left for line in prose), default=0.0)
    if len(prose) < 2:
        return None
    left, right = min(line.left for line in prose), max(line.right for line in prose) - usual * 0.1
    full = sum(line.right > right - _SHORT * line.size and len(line.text) >= _LETTERS for line in prose)
    # A narrow column of running text is one whose lines mostly end at the same edge.
    return (left, right) if widest >= width * _RUNNING or full >= max(3, len(prose) * _FULL) else None


def _pitch(lines: Sequence[Line]) -> float:
    steps = [
        above.middle - below.middle
        for above, below in pairwise(lines)
        if 0 < above.middle - below.middle < 4 * above.size
    ]
    return median(steps) if steps else 0.0
