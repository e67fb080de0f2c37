"""The characters of a PDF page to lines, by where they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from ingest.loaders.pdf_characters import Character, Printed
from ingest.loaders.printed_lines import Gap, Line, is_white, note_mark, space

_SMALL = 0.8
_LOOSE = 0.08


def lines_of(printed: Printed) -> list[Line]:
    """Make lines of what is printed on a page, in the order of the file.

    Args:
        printed: its characters.

    Returns:
        Its lines; wide gaps inside one become four spaces.
    """
    return [line for run in printed.runs for line in _line(run)]


def _line(characters: Sequence[Character]) -> Iterable[Line]:
    """One line of these characters, where any of them can be seen."""
    seen = [character for character in characters if not character.sign.isspace()]
    if not seen:
        return
    size = median(character.top - character.bottom for character in seen)
    bottom = median(character.bottom for character in seen)
    between = [right.left - left.right for left, right in pairwise(seen)]
    loose = bool(between) and median(between) > _LOOSE * size
    text = ""
    small, before, spaced = "", None, False
    gaps: list[Gap] = []
    for character in [*characters, None]:
        if character is not None and character.sign.isdigit() and _is_raised(character, size, bottom):
            small += character.sign
            before = character
            continue
        if small:
            text, small = text + note_mark(text, small), ""
        if character is None:
            break
        if character.sign.isspace():
            spaced = bool(text)
            continue
        gap = character.left - before.right if before is not None else 0.0
        white = space(gap, size, text[-1:], character.sign, loose=loose) or (" " if spaced else "")
        if before is not None and is_white(gap, size):
            gaps.append((len(text), len(text) + len(white), before.right, character.left))
        text += white + character.sign
        before, spaced = character, False
    yield Line(
        text,
        min(character.left for character in seen),
        max(character.right for character in seen),
        bottom,
        max(character.top for character in seen),
        size,
        tuple(gaps),
    )


def _is_raised(character: Character, size: float, bottom: float) -> bool:
    return character.top - character.bottom < size * _SMALL and character.bottom > bottom + size * 0.1
