"""The text objects of an OFD page: which characters stand where (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from vectorstore.ofd.numbers import number_in, numbers_in, steps_in
from vectorstore.ofd.package import Box, OfdPage
from vectorstore.zipped import elements

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: a point (x, y) stands at (a·x + c·y + e, b·x + d·y + f)."""

_BELOW = 0.15
_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """The characters of one TextCode.

    Attributes:
        words: they.
        x, y: where the first one's baseline begins, in the object's own measure.
        across, down: the steps from each to the next.
        size: of the font, in the object's own measure.
        matrix: leads from there to the page, in millimetres from its upper left corner.
    """

    words: str
    x: float
    y: float
    across: tuple[float, ...]
    down: tuple[float, ...]
    size: float
    matrix: Matrix

    def places(self) -> Iterator[tuple[float, float]]:
        """Where each character's baseline begins, in the object's own measure."""
        across, down = accumulate(self.across, initial=self.x), accumulate(self.down, initial=self.y)
        return zip(across, down, strict=True)


@dataclass(frozen=True, slots=True)
class Sign:
    """A character on a page.

    Attributes:
        text: it.
        box: left, top, right and bottom, in millimetres from the page's upper left corner.
    """

    text: str
    box: Box


def matrix_of(element: etree._Element, box: Box) -> Matrix | None:
    """Return what leads from a graphic object's own measure to the page; None where it has no place.

    Args:
        element: the object.
        box: the page's physical box.
    """
    place = numbers_in(element.get("Boundary"))
    if len(place) != 4 or element.get("Visible") == "false":
        return None
    own = numbers_in(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + place[0] - box[0], f + place[1] - box[1]


def runs_of(element: etree._Element, box: Box) -> Iterator[Run]:
    """Read a text object.

    Args:
        element: a TextObject.
        box: the page's physical box.

    Yields:
        Its runs of characters that show something.
    """
    matrix = matrix_of(element, box)
    if matrix is None:
        return
    size = number_in(element.get("Size"), 4.0)
    for code in element.iter("{*}TextCode"):
        words = (code.text or "").strip("\n")
        if not words.strip():
            continue
        steps = len(words) - 1
        down = steps_in(code.get("DeltaY"), steps, 0.0)
        # What runs down the page states no steps across it.
        across = steps_in(code.get("DeltaX"), steps, 0.0 if any(down) else size)
        x, y = number_in(code.get("X"), 0.0), number_in(code.get("Y"), size)
        yield Run(words, x, y, across, down, size, matrix)


def signs_of(page: OfdPage) -> tuple[Sign, ...]:
    """Return the characters of a page, line by line from the top; those of templates are left out.

    Args:
        page: the page.
    """
    runs = [run for element in elements(page.content, "TextObject") for run in runs_of(element, page.box)]
    pieces = [piece for run in runs if (piece := tuple(_signs(run)))]
    return tuple(sign for line in _lines(pieces) for piece in line for sign in piece)


def _signs(run: Run) -> Iterator[Sign]:
    steps = (*run.across, run.size)
    for sign, (x, y), step in zip(run.words, run.places(), steps, strict=True):
        if sign.isspace():
            continue
        usual = run.size / 2 if sign.isascii() else run.size
        wide = min(step, run.size) if step > 0 else usual
        low, high = y + run.size * _BELOW, y - run.size * (1 - _BELOW)
        yield Sign(sign, box_on_page(run.matrix, (x, high, x + wide, low)))


def box_on_page(matrix: Matrix, box: Box) -> Box:
    """Return the box on the page that holds one of an object's own measure.

    Args:
        matrix: leads from the one to the other.
        box: left, top, right and bottom.
    """
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (top, bottom)]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _lines(pieces: Sequence[tuple[Sign, ...]]) -> Iterator[list[tuple[Sign, ...]]]:
    """Put pieces, which stand in a file in any order, into lines, each from left to right."""
    line: list[tuple[Sign, ...]] = []
    for piece in sorted(pieces, key=lambda signs: signs[0].box[3]):
        _, top, _, bottom = piece[0].box
        if line and bottom - line[0][0].box[3] > _LEVEL * (bottom - top):
            yield _across(line)
            line = []
        line.append(piece)
    if line:
        yield _across(line)


def _across(line: Sequence[tuple[Sign, ...]]) -> list[tuple[Sign, ...]]:
    return sorted(line, key=lambda signs: signs[0].box[0])
