"""Two slips of the fingers: neighbours typed in the wrong order, and a character typed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.understanding.doubts import Run, runs
from vectorstore.library import PolicyLibrary

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch that was mistyped.

    Attributes:
        start: its place in the question.
        typed, meant: the stretch as it was typed, and as it stands in a passage.
    """

    start: int
    typed: str
    meant: str


def find_slip(plain: str, library: PolicyLibrary, stands: Callable[[str], bool]) -> Slip | None:
    """Find the first slip in a folded question that the library's text tells.

    Args:
        plain: the question, folded.
        library: which pairs of characters it knows.
        stands: whether a stretch stands in a passage.

    Returns:
        The slip, or None.
    """
    slips = (slip for run in runs(plain, library) for slip in _slips(run))
    return next((slip for slip in slips if len(slip.meant) >= _SHORTEST and stands(slip.meant)), None)


def _slips(run: Run) -> Iterator[Slip]:
    text = run.text
    for at, known in enumerate(run.known):
        is_one_word = at + 1 not in run.breaks
        if known or is_one_word or not run.fixed.isdisjoint((at, at + 1)):
            continue
        before = max(0, at - 1)
        if text[at] != text[at + 1]:
            if 0 in (*run.known[before:at], *run.known[at + 1 : at + 2]):
                swapped = text[before:at] + text[at + 1] + text[at] + text[at + 2 : at + 3]
                yield Slip(run.start + before, text[before : at + 3], swapped)
        # 税收收入 is two words of which each is whole.
        elif at in run.breaks or at + 2 in run.breaks:
            yield Slip(run.start + before, text[before : at + 3], text[before:at] + text[at + 1 : at + 3])
