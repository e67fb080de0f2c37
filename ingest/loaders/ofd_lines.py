"""The text objects of an OFD page to lines (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.loaders.printed_lines import Line

_RUN = "g"
_MOST = 1e6


def lines_of(objects: Sequence[etree._Element], box: tuple[float, float, float, float]) -> list[Line]:
    """Read text objects.

    Args:
        objects: the page's TextObject elements.
        box: the page's physical box: left, top, width and height in millimetres.

    Returns:
        Their lines, in millimetres from the lower left corner, in the order of the file.
    """
    return [line for element in objects for line in _pieces(element, box[3])]


def _pieces(element: etree._Element, height: float) -> Iterator[Line]:
    """One line for each TextCode: its characters and where they begin and end."""
    place = _numbers(element.get("Boundary", ""))
    if len(place) != 4 or element.get("Visible") == "false":
        return
    matrix = _numbers(element.get("CTM", ""))
    size = number_in(element.get("Size"), 4.0)
    for code in element.iter("{*}TextCode"):
        words = (code.text or "").strip("\n")
        if not words.strip():
            continue
        x, y = number_in(code.get("X"), 0.0), number_in(code.get("Y"), size)
        steps = _deltas(code.get("DeltaX", ""), len(words) - 1, size)
        length = sum(steps) + size
        scale, left, base = 1.0, x, y
        if len(matrix) == 6:
            a, b, c, d, e, f = matrix
            scale, left, base = (a * a + b * b) ** 0.5 or 1.0, a * x + c * y + e, b * x + d * y + f
        baseline = height - (place[1] + base)
        tall = size * scale
        start = place[0] + left
        yield Line(
            _spaced(words, steps, size),
            start,
            start + length * scale,
            baseline - tall * 0.15,
            baseline + tall * 0.85,
            tall,
        )


def _spaced(words: str, steps: Sequence[float], size: float) -> str:
    """Words with the gaps that are drawn between them rather than written."""
    text = words[:1]
    for sign, step in zip(words[1:], steps, strict=True):
        text += ("    " if step > 2.8 * size else "") + sign
    return text


def _deltas(stated: str, count: int, size: float) -> list[float]:
    """The steps from character to character; `g n d` repeats a step d for n characters (11.3).

    Where fewer are stated than there are characters, each of the others stands beside the one before.
    """
    steps: list[float] = []
    words = iter(stated.split())
    for word in words:
        if word == _RUN:
            times = int(number_in(next(words, ""), 0.0))
            steps += [number_in(next(words, ""), 0.0)] * min(times, max(count, 0))
        else:
            steps.append(number_in(word, 0.0))
    return [*steps, *[size] * (count - len(steps))][: max(count, 0)]


def _numbers(words: str) -> list[float]:
    return [number_in(word, 0.0) for word in words.split()]


def number_in(word: str | None, default: float) -> float:
    """Return a number that a part states, in millimetres or times.

    Args:
        word: how it is written, if it is.
        default: what counts where it is not, or is none.
    """
    try:
        stated = float(word) if word else default
    except ValueError:
        return default
    # "nan" and "1e309" are numbers to Python, and none to reckon with; no page is a kilometre long.
    return stated if abs(stated) < _MOST else default
