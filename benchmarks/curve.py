"""A curve as a picture that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_SIZE, _MARGIN, _LABEL_ROOM = 420, 56, 16
_INK, _FAINT, _LINE, _MARK = "#1f2933", "#e4e7eb", "#2b6cb0", "#c53030"
_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One setting: shares from 0 to 1, its label, and whether it is the one in use."""

    wrong: float
    right: float
    label: str
    marked: bool = False


def curve(points: Sequence[Point], title: str) -> str:
    """Draw right refusals over wrong ones.

    Args:
        points: in the order of strictness; neighbours are joined.
        title: what the picture shows.

    Returns:
        An SVG picture that refers to nothing outside itself; all text in it is escaped.
    """
    # Wrong refusals are few: the axis goes no further than it must.
    widest = max(0.1, *(point.wrong for point in points)) * 1.1
    side = _SIZE + 2 * _MARGIN
    places = [(_across(point.wrong / widest), _up(point.right), point) for point in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        f'role="img" font-family="sans-serif" font-size="12" fill="{_INK}"><title>{escape(title)}</title>'
        f'<rect width="{side}" height="{side}" fill="#ffffff"/>{_grid(widest)}'
        f'<polyline points="{path}" fill="none" stroke="{_LINE}" stroke-width="2"/>'
        f"{''.join(_dot(*place) for place in places)}{''.join(_labels(places))}</svg>\n"
    )


def _across(share: float) -> float:
    return _MARGIN + share * _SIZE


def _up(share: float) -> float:
    return _MARGIN + (1 - share) * _SIZE


def _grid(widest: float) -> str:
    lines = []
    for step in _STEPS:
        x, y = _across(step), _up(step)
        lines.append(
            f'<path d="M{_MARGIN},{y}H{_MARGIN + _SIZE}M{x},{_MARGIN}V{_MARGIN + _SIZE}" stroke="{_FAINT}"/>'
        )
        lines.append(f'<text x="{_MARGIN - 8}" y="{y + 4}" text-anchor="end">{step:.0%}</text>')
        lines.append(
            f'<text x="{x}" y="{_MARGIN + _SIZE + 18}" text-anchor="middle">{step * widest:.1%}</text>'
        )
    middle = _MARGIN + _SIZE / 2
    lines.append(
        f'<text x="{middle}" y="{_SIZE + _MARGIN + 40}" text-anchor="middle">误拒（可答的问题）</text>'
    )
    lines.append(f'<text x="{_MARGIN}" y="{_MARGIN - 16}" text-anchor="middle">应拒已拒</text>')
    return "".join(lines)


def _dot(x: float, y: float, point: Point) -> str:
    colour, radius = (_MARK, 6) if point.marked else (_LINE, 4)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>'


def _labels(places: Sequence[tuple[float, float, Point]]) -> Iterator[str]:
    """Yield labels; neighbours too near for labels of their own share one."""
    start = 0
    for end in range(1, len(places) + 1):
        x, y, first = places[start]
        if end < len(places) and abs(places[end][0] - x) + abs(places[end][1] - y) < _LABEL_ROOM:
            continue
        last = places[end - 1][2]
        label = first.label if first is last else f"{first.label} … {last.label}"
        yield f'<text x="{x + 10:.1f}" y="{y + 4:.1f}">{escape(label)}</text>'
        start = end
