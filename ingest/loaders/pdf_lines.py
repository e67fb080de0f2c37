"""The characters of a PDF page to lines, by where they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders.inline import raised

_SMALL = 0.8
_WIDE_GAP = 1.8
_LATIN_GAP = 0.175
_HAN_GAP = 0.2
_LOOSE_HAN_GAP = 0.56
_LOOSE = 0.08
HAN = re.compile(r"[㐀-鿿，。、；：？！（）《》“”—…]")
COLUMNS = "    "
_TWO_COLUMNS_SHARE = 0.3
_NUMBER_GAP = re.compile(
    r"^((?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|第[\d一二三四五六七八九十百]{1,4}[编章节条]|[•●■◆·]))\s{2,}"
)
_LEADING_MARK = re.compile(r"\[(\d{1,3})\]")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, in points from the page's lower left corner; `size` is the height of its type."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Character:
    sign: str
    left: float
    bottom: float
    right: float
    top: float


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Read a page's lines from the top down; a page set in two columns keeps its own order.

    Args:
        page: the page, open.

    Returns:
        Its lines; wide gaps inside one become four spaces.
    """
    textpage = page.get_textpage()
    turn, (width, height) = page.get_rotation(), page.get_size()
    lines: list[Line] = []
    current: list[_Character] = []
    for index in range(textpage.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
        if sign in "\r\n":
            lines.extend(_line(current))
            current = []
        elif sign == " " and pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue  # where one is due is told by the gap
        elif sign not in "\x02\ufffe\x00":
            box = _turned(textpage.get_charbox(index, loose=True), turn, width, height)
            current.append(_Character(sign, *box))
    lines.extend(_line(current))
    return in_order(lines)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Where a box stands once the page is turned as it is shown; `width` and `height` are those shown."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, height - right, top, height - left
    if turn == 180:
        return width - right, height - top, width - left, height - bottom
    if turn == 270:
        return width - top, left, width - bottom, right
    return box


def _line(characters: Sequence[_Character]) -> Iterable[Line]:
    """One line of these characters, where any of them can be seen."""
    seen = [character for character in characters if not character.sign.isspace()]
    if not seen:
        return
    size = median(character.top - character.bottom for character in seen)
    bottom = median(character.bottom for character in seen)
    gaps = [right.left - left.right for left, right in pairwise(seen)]
    loose = bool(gaps) and median(gaps) > _LOOSE * size
    text = ""
    small, before, spaced = "", None, False
    for character in [*characters, None]:
        if character is not None and character.sign.isdigit() and _is_raised(character, size, bottom):
            small += character.sign
            before = character
            continue
        if small:
            text, small = text + _mark(text, small), ""
        if character is None:
            break
        if character.sign.isspace():
            spaced = bool(text)
            continue
        gap = character.left - before.right if before is not None else 0.0
        space = _space(gap, size, text[-1:], character.sign, loose=loose) or (" " if spaced else "")
        text += space + character.sign
        before, spaced = character, False
    yield Line(
        text,
        min(character.left for character in seen),
        max(character.right for character in seen),
        bottom,
        max(character.top for character in seen),
        size,
    )


def _space(gap: float, size: float, before: str, after: str, *, loose: bool = True) -> str:
    """What a gap stands for; in a line that is spread to the margins, a small one stands for nothing."""
    if gap > _WIDE_GAP * size:
        return COLUMNS
    han = bool(HAN.match(before) or HAN.match(after))
    least = (_LOOSE_HAN_GAP if loose else _HAN_GAP) if han else _LATIN_GAP
    return " " if before and gap > least * size else ""


def _is_raised(character: _Character, size: float, bottom: float) -> bool:
    return character.top - character.bottom < size * _SMALL and character.bottom > bottom + size * 0.1


def _mark(before: str, digits: str) -> str:
    """A raised figure behind a letter or figure is an exponent; elsewhere it is the mark of a note."""
    if before[-1:].isascii() and before[-1:].isalnum():
        return raised(digits)
    return f"[{digits}]"


def in_order(lines: list[Line]) -> list[Line]:
    """Lines from the top down, pieces of one printed line joined; two columns keep the order they have."""
    ordered = sorted(lines, key=lambda line: -line.middle)
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].middle - line.middle) < 0.5 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    crowded = sum(len(row) for row in rows if len(row) == 2 and all(len(line.text) > 12 for line in row))
    if crowded > len(lines) * _TWO_COLUMNS_SHARE:
        return lines
    whole = (_beside(sorted(row, key=lambda line: line.left)) for row in rows)
    # A wide gap behind a number parts no columns.
    return [replace(line, text=_NUMBER_GAP.sub(r"\1 ", line.text)) for line in whole]


def _beside(row: list[Line]) -> Line:
    """Pieces of one printed line that the file holds apart."""
    whole = row[0]
    for piece in row[1:]:
        words = piece.text
        if (mark := _LEADING_MARK.match(words)) and piece.left - whole.right < whole.size:
            words = _mark(whole.text, mark.group(1)) + words[mark.end() :]
        apart = piece.left - whole.right
        gap = COLUMNS if apart > whole.size else _space(apart, whole.size, whole.text[-1], words[0])
        whole = replace(
            whole,
            text=whole.text + gap + words,
            right=max(whole.right, piece.right),
            top=max(whole.top, piece.top),
            bottom=min(whole.bottom, piece.bottom),
        )
    return whole


def is_legible(lines: Sequence[Line]) -> bool:
    """Whether a page's text layer holds words rather than the numbers of shapes without a meaning."""
    signs = Counter(
        "lost" if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign < " " else "read"
        for line in lines
        for sign in line.text
    )
    return signs["read"] >= 2 and signs["lost"] * 3 <= signs["read"]
