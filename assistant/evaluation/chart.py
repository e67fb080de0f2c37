"""Figures as a picture that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _ROW, _BAR, _LABEL, _VALUE = 720, 26, 10, 170, 70
_INK, _FAINT, _NOW, _BEFORE = "#1f2933", "#e4e7eb", "#2b6cb0", "#a0aec0"


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its name, and what it was before where that is known."""

    label: str
    share: float
    before: float | None = None


def bar_chart(bars: Sequence[Bar], title: str) -> str:
    """Draw shares as horizontal bars.

    Args:
        bars: shares from 0 to 1, from top to bottom; the earlier value is drawn as a thin bar below.
        title: what the picture shows, for those who do not see it.

    Returns:
        An SVG element that refers to nothing outside itself; all text in it is escaped.
    """
    height = _ROW * len(bars) + 8
    rows = "".join(_row(bar, 4 + _ROW * number) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" font-family="sans-serif" font-size="13">'
        f'<title>{escape(title)}</title><rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{rows}</svg>'
    )


def _row(bar: Bar, top: int) -> str:
    room = _WIDTH - _LABEL - _VALUE
    baseline = top + _ROW // 2 + 4
    middle = top + (_ROW - _BAR) // 2
    earlier = ""
    if bar.before is not None:
        earlier = _bar(_LABEL, middle + _BAR + 1, room * bar.before, 4, _BEFORE)
    return (
        f'<text x="{_LABEL - 10}" y="{baseline}" text-anchor="end" fill="{_INK}">{escape(bar.label)}</text>'
        f"{_bar(_LABEL, middle, room, _BAR, _FAINT)}"
        f"{_bar(_LABEL, middle, room * bar.share, _BAR, _NOW)}{earlier}"
        f'<text x="{_WIDTH - _VALUE + 10}" y="{baseline}" fill="{_INK}">{bar.share:.1%}</text>'
    )


def _bar(left: float, top: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{left}" y="{top}" width="{width:.1f}" height="{height}" rx="2" fill="{colour}"/>'
