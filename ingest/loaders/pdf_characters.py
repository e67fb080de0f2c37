"""The characters of a PDF page, turned upright, without those that are printed across it."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_ASKEW = 8.0
_UNSEEN = "\x02\ufffe\x00"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Character:
    """One character and its box, in points from the lower left corner of the page as it is read."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed on a page.

    Attributes:
        runs: its characters line by line, as the file gives them; those of the usual direction first.
        turn: how far the page is turned for them to stand upright, clockwise in degrees.
        width, height: of the page so turned.
        watermark: words that run aslant over an upright page; they are in no run.
    """

    runs: tuple[tuple[Character, ...], ...]
    turn: int
    width: float
    height: float
    watermark: str


def printed(page: pypdfium2.PdfPage) -> Printed:
    """Read the characters of a page.

    Args:
        page: the page, open.

    Returns:
        Them in the order of the file; what is drawn at a right angle to the rest comes last.
    """
    lines = _lines(page)
    counts: Counter[int | None] = Counter({0: 0})
    for turn, signs in lines:
        counts[turn] += len(signs)
    usual = counts.most_common(1)[0][0]
    upright = 0 if usual is None else usual
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    sides = {turn: (height, width) if turn in (90, 270) else (width, height) for turn in (0, 90, 180, 270)}
    watermark = [signs for turn, signs in lines if turn is None and usual is not None]
    ordered = sorted(
        ((turn or 0, signs) for turn, signs in lines if turn is not None or usual is None),
        key=lambda line: line[0] != upright,
    )
    runs = (
        tuple(_upright(sign, turn, *sides[turn]) for sign in signs) if turn else tuple(signs)
        for turn, signs in ordered
    )
    words = " ".join("".join(character.sign for character in signs).strip() for signs in watermark)
    return Printed(tuple(runs), upright, *sides[upright], words)


def _upright(character: Character, turn: int, width: float, height: float) -> Character:
    box = (character.left, character.bottom, character.right, character.top)
    return Character(character.sign, *turned(box, turn, width, height))


def _lines(page: pypdfium2.PdfPage) -> list[tuple[int | None, list[Character]]]:
    """The file's lines, one for each direction that occurs in them; None is none of the four."""
    textpage = page.get_textpage()
    lines: list[tuple[int | None, list[Character]]] = []
    current: defaultdict[int | None, list[Character]] = defaultdict(list)
    rect = pdfium.FS_RECTF()
    where = ctypes.byref(rect)
    turn: int | None = 0
    turns = _has_turned(page)
    for index in range(textpage.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
        if sign in "\r\n":
            lines.extend(current.items())
            current.clear()
        elif sign == " " and pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue  # where one is due is told by the gap
        elif sign not in _UNSEEN:
            pdfium.FPDFText_GetLooseCharBox(textpage, index, where)
            if turns and not sign.isspace():
                turn = _turn(pdfium.FPDFText_GetCharAngle(textpage, index))
            current[turn].append(Character(sign, rect.left, rect.bottom, rect.right, rect.top))
    lines.extend(current.items())
    return lines


def _has_turned(page: pypdfium2.PdfPage) -> bool:
    """Whether any text is drawn at an angle: asked of its objects, which are far fewer than its signs."""
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM), max_depth=1):
        if drawn.type == pdfium.FPDF_PAGEOBJ_FORM:
            return True
        a, b, c, *_ = drawn.get_matrix().get()
        if b or c or a < 0:
            return True
    return False


def _turn(angle: float) -> int | None:
    """How far a page is turned clockwise for a character drawn at an angle, in radians, to stand upright."""
    if not angle:
        return 0
    degrees = -math.degrees(angle) % 360
    quarter = round(degrees / 90) * 90
    return quarter % 360 if abs(degrees - quarter) <= _ASKEW else None


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Where a box stands once the page is turned; `width` and `height` are those of the turned page."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, height - right, top, height - left
    if turn == 180:
        return width - right, height - top, width - left, height - bottom
    if turn == 270:
        return width - top, left, width - bottom, right
    return box
