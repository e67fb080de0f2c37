"""Printed lines: their words and where they stand, whatever file or picture they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.loaders.inline import raised

COLUMNS = "    "
HAN = re.compile(r"[㐀-鿿，。、；：？！（）《》“”—…]")
_WIDE_GAP = 1.8
_LATIN_GAP = 0.175
_HAN_GAP = 0.2
_LOOSE_HAN_GAP = 0.56
_WHITE = 0.7
_NUMBER_GAP = re.compile(
    r"^((?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|第[\d一二三四五六七八九十百]{1,4}[编章节条]|[•●■◆·]))\s{2,}"
)
_LEADING_MARK = re.compile(r"\[(\d{1,3})\]")

Gap = tuple[int, int, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, in points from the page's lower left corner.

    Attributes:
        text: its words; wide gaps are four spaces.
        left, right, bottom, top: its edges.
        size: the height of its type.
        gaps: the white in it: where it begins and ends in the text and on the page.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    gaps: tuple[Gap, ...] = ()

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two wide gaps of a line, and its edges."""

    text: str
    left: float
    right: float


def space(gap: float, size: float, before: str, after: str, *, loose: bool = True) -> str:
    """What a gap stands for; in a line that is spread to the margins, a small one stands for nothing."""
    if gap > _WIDE_GAP * size:
        return COLUMNS
    han = bool(HAN.match(before) or HAN.match(after))
    least = (_LOOSE_HAN_GAP if loose else _HAN_GAP) if han else _LATIN_GAP
    return " " if before and gap > least * size else ""


def is_white(gap: float, size: float) -> bool:
    """Whether a gap is wide enough to part two columns of text."""
    return gap >= _WHITE * size


def note_mark(before: str, digits: str) -> str:
    """A raised figure behind a letter or figure is an exponent; elsewhere it is the mark of a note."""
    if before[-1:].isascii() and before[-1:].isalnum():
        return raised(digits)
    # [1] may be set raised as a whole, and ① is a mark by itself.
    return digits if before.endswith("[") or not digits.isascii() else f"[{digits}]"


def beside(row: Sequence[Line]) -> Line:
    """Join the pieces of one printed line that the file holds apart; they stand from left to right."""
    whole = row[0]
    for piece in row[1:]:
        words, cut_off = piece.text, 0
        if (mark := _LEADING_MARK.match(words)) and piece.left - whole.right < whole.size:
            words = note_mark(whole.text, mark.group(1)) + words[mark.end() :]
            cut_off = len(piece.text) - len(words)
        apart = piece.left - whole.right
        gap = COLUMNS if apart > whole.size else space(apart, whole.size, whole.text[-1:], words[:1])
        start = len(whole.text)
        begins = start + len(gap) - cut_off
        gaps = [(start, start + len(gap), whole.right, piece.left)] if is_white(apart, whole.size) else []
        gaps += [(first + begins, last + begins, left, right) for first, last, left, right in piece.gaps]
        whole = replace(
            whole,
            text=whole.text + gap + words,
            right=max(whole.right, piece.right),
            top=max(whole.top, piece.top),
            bottom=min(whole.bottom, piece.bottom),
            gaps=(*whole.gaps, *gaps),
        )
    return _without_number_gap(whole)


def cut(line: Line, place: float) -> list[Line]:
    """Cut a line where white of it lies over a place, in points from the left; else leave it whole."""
    for number, (first, last, left, right) in enumerate(line.gaps):
        if left <= place <= right:
            begins = [(a - last, b - last, c, d) for a, b, c, d in line.gaps[number + 1 :]]
            return [
                replace(line, text=line.text[:first], right=left, gaps=line.gaps[:number]),
                replace(line, text=line.text[last:], left=right, gaps=tuple(begins)),
            ]
    return [line]


def pieces_of(line: Line, *, close: bool = False) -> list[Piece]:
    """The pieces of a line between its wide gaps, or between all white of it where columns stand close."""
    pieces, begin, edge = [], 0, line.left
    for first, last, left, right in line.gaps:
        if close or line.text[first:last] == COLUMNS:
            pieces.append(Piece(line.text[begin:first], edge, left))
            begin, edge = last, right
    return [*pieces, Piece(line.text[begin:], edge, line.right)]


def _without_number_gap(line: Line) -> Line:
    """A wide gap behind a number parts no columns."""
    found = _NUMBER_GAP.match(line.text)
    if not found:
        return line
    shift = found.end() - found.end(1) - 1
    gaps = [(a - shift, b - shift, c, d) for a, b, c, d in line.gaps if a >= found.end()]
    return replace(line, text=f"{found.group(1)} {line.text[found.end() :]}", gaps=tuple(gaps))
