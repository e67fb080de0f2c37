"""Pages set in columns: which lines stand beside each other, and in what order they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.loaders.printed_lines import Line, beside, cut, pieces_of

_PIECES_MIN = 4
_LETTERS = 9
_STUB_MIN = 12
_FULL = 0.8
_FULL_SHARE = 0.5
_EDGES_TRIED = 6
_BEFORE = 0.3
_INDENT = 2.5
_LOOSE_ROWS = 1.7


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows from `first` to `end` that a gutter parts into two columns."""

    first: int
    end: int
    gutter: float
    pieces: int


class Columns:
    """Puts the lines of page after page into reading order; a paper keeps its columns from page to page."""

    def __init__(self) -> None:
        self._known: float | None = None

    def regions(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Put the lines of a page into the order in which they are read.

        Args:
            lines: pieces of printed lines, in any order.

        Returns:
            One or more groups, each from the top down, pieces of one printed line joined: what stands above
            two columns, the left one, the right one, what stands below them.
        """
        rows = _rows(lines)
        band = self._band(rows)
        if band is None:
            whole = [beside(row) for row in rows]
            return [whole] if whole else []
        left: list[Line] = []
        right: list[Line] = []
        for row in rows[band.first : band.end]:
            for piece in row:
                for part in cut(piece, band.gutter):
                    (left if part.right <= band.gutter else right).append(part)
        above = [beside(row) for row in rows[: band.first]]
        below = [piece for row in rows[band.end :] for piece in row]
        # Columns within columns are those of three or more; they say nothing of the next page.
        parts = [Columns().regions(side) for side in (left, right)]
        return [*([above] if above else []), *parts[0], *parts[1], *self.regions(below)]

    def _band(self, rows: Sequence[list[Line]]) -> _Band | None:
        """The first band of rows set in columns of running text."""
        found = [band for gutter in _gutters(rows) for band in _bands(rows, gutter, known=False)]
        if self._known is not None and not found:
            found = _bands(rows, self._known, known=True)
        if not found:
            return None
        most = max(band.pieces for band in found)
        large = (band for band in found if band.pieces * 2 > most)
        first = min(large, key=lambda band: (band.first, -band.pieces))
        self._known = first.gutter
        return first


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines from the top down, those at one height together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and abs(rows[-1][0].middle - line.middle) < 0.5 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _gutters(rows: Sequence[list[Line]]) -> list[float]:
    """Places where many rows may be parted: in the white before an edge at which many lines begin."""
    edges: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        for piece in row:
            starts = [piece.left, *(right for *_, right in piece.gaps)]
            for start in starts:
                edges.setdefault(round(start / 4), []).append((start, piece.size))
    often = sorted(edges.values(), key=len, reverse=True)[:_EDGES_TRIED]
    found = [
        min(start - _BEFORE * size for start, size in edge) for edge in often if len(edge) >= _PIECES_MIN
    ]
    # The second column may hold too little for an edge: the first one ends where all its lines do.
    usual = [
        piece.right + _BEFORE * piece.size
        for row in rows
        for piece in row
        if not piece.gaps and abs(piece.left - often[0][0][0]) <= _INDENT * piece.size
    ]
    return [*found, max(usual)] if usual else found


def _bands(rows: Sequence[list[Line]], gutter: float, *, known: bool) -> list[_Band]:
    """The bands that a gutter makes; one that is known from above parts all rows that do not cross it."""
    sides = [_side(row, gutter) for row in rows]
    found = []
    for crossing, group in groupby(range(len(rows)), key=lambda place: sides[place] == "across"):
        places = list(group)
        if crossing:
            continue
        both = [place for place in places if sides[place] == "both"]
        if not both:
            both = [place for place in places if sides[place] == "right"]
        if not both:
            continue
        first, end = (places[0], places[-1] + 1) if known else _reach(rows, places, both)
        band = rows[first:end]
        parts = [part for row in band for piece in row for part in cut(piece, gutter)]
        left = [part for part in parts if part.right <= gutter]
        right = [part for part in parts if part.right > gutter]
        if left and right and (_may_be_columns if known else _are_columns)(left, right):
            found.append(_Band(first, end, gutter, len(parts)))
    return found


def _reach(rows: Sequence[list[Line]], places: Sequence[int], core: Sequence[int]) -> tuple[int, int]:
    """The rows of a band: those that both columns share, and all that follow them without a wide gap."""
    first, end = core[0], core[-1] + 1
    upper = max(piece.top for row in rows[first:end] for piece in row)
    lower = min(piece.bottom for row in rows[first:end] for piece in row)
    loose = _LOOSE_ROWS * max(piece.size for row in rows[first:end] for piece in row)
    while first > places[0] and min(piece.bottom for piece in rows[first - 1]) < upper + loose:
        first -= 1
        upper = max(upper, *(piece.top for piece in rows[first]))
    while end <= places[-1] and max(piece.top for piece in rows[end]) > lower - loose:
        lower = min(lower, *(piece.bottom for piece in rows[end]))
        end += 1
    return first, end


def _side(row: list[Line], gutter: float) -> str:
    """On which side of a gutter a row stands."""
    left = right = False
    for piece in row:
        for part in cut(piece, gutter):
            if part.left < gutter < part.right:
                return "across"
            left, right = left or part.right <= gutter, right or part.left >= gutter
    return "both" if left and right else "left" if left else "right"


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether running text stands on both sides of a gutter, or on one a table as wide as its column.

    On the last page of a paper the second column may hold a few lines beside a full first one.
    """
    sides = (left, right)
    if _is_prose(left) and len(left) >= _STUB_MIN and len(right) * 4 <= len(left):
        return len(right) > 1
    filled = [_is_prose(side) or _has_table(side, other) for side, other in (sides, sides[::-1])]
    return all(filled) and any(map(_is_prose, sides)) and _overlap(left, right)


def _may_be_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether columns that are known from above go on here: the text on one side is enough."""
    return _is_prose(left) or _is_prose(right)


def _has_table(parts: Sequence[Line], beside: Sequence[Line]) -> bool:
    """Whether a ruled table, which stands here for one line without type, fills its column."""
    width = max(part.right for part in beside) - min(part.left for part in beside)
    return any(part.right - part.left >= _FULL * width for part in parts if not part.size)


def _is_prose(parts: Sequence[Line]) -> bool:
    """Whether most of what lines say is running text that fills its column, and not the cells of a table."""
    pieces = [
        (piece, len(piece.text.replace(" ", ""))) for part in parts if part.size for piece in pieces_of(part)
    ]
    long = [(piece, letters) for piece, letters in pieces if letters >= _LETTERS]
    if len(long) < _PIECES_MIN or 2 * sum(n for _, n in long) < sum(n for _, n in pieces):
        return False
    widths = [piece.right - piece.left for piece, _ in long]
    return sum(width >= _FULL * max(widths) for width in widths) >= _FULL_SHARE * len(widths)


def _overlap(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two columns stand beside each other for most of the shorter one's height."""
    top = min(max(part.top for part in side) for side in (left, right))
    bottom = max(min(part.bottom for part in side) for side in (left, right))
    height = min(max(part.top for part in side) - min(part.bottom for part in side) for side in (left, right))
    return top - bottom > 0.5 * height
