"""Figures, days and bounds that two sentences state differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.comparing.words import replacements
from vectorstore.numerals import FIGURE
from vectorstore.quantities import Bound, Quantity, quantities
from vectorstore.units import DAY, YEAR

_FEW_CHARS = 8
_NUMERAL = re.compile(rf"(?<!第){FIGURE}")
Difference = tuple[str, str, str]
"""Kind (figure, day or bound), before, after."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure or a whole day of a sentence; `key` is what it means, its bound left aside."""

    key: tuple[str, ...]
    text: str
    bound: Bound

    @property
    def kind(self) -> str:
        return "day" if self.key[0] in (YEAR, DAY) else "figure"

    @property
    def bounded(self) -> str:
        """The figure behind the word for its bound."""
        return self.text if self.bound is Bound.EXACT else f"{self.bound.value}{self.text}"


def figures(before: str, after: str) -> Iterator[Difference]:
    """Yield the figures, days and bounds that two sentences state differently.

    Args:
        before, after: a sentence, and what became of it.
    """
    mine, theirs = _stated(before), _stated(after)
    parted = replacements(before, after)
    ours, others = ([one.key for one in side] for side in (mine, theirs))
    for step, begin, end, low, high in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        if step == "equal":
            for same, still in zip(mine[begin:end], theirs[low:high], strict=True):
                yield from _bounds(same, still)
            continue
        for one, other in _paired(mine[begin:end], theirs[low:high]):
            if one and other:
                yield one.kind, one.text, other.text
                yield from _bounds(one, other)
            elif one:
                yield one.kind, one.text, _instead(one.text, ((r.before, r.after) for r in parted))
            elif other:
                yield other.kind, _instead(other.text, ((r.after, r.before) for r in parted)), other.text
    for place in parted:
        yield from _counted("".join(place.before), "".join(place.after), before)


def _counted(was: str, becomes: str, sentence: str) -> Iterator[Difference]:
    """Yield numerals that count what is no unit, such as 两期 in the place of 三期; ordinals are none."""
    alike = _NUMERAL.sub("", was) == _NUMERAL.sub("", becomes) and _NUMERAL.search(was)
    if alike and was != becomes and not quantities(was + becomes) and f"第{was}" not in sentence:
        yield "figure", was, becomes


def _instead(figure: str, places: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    """Return the few words that stand in a figure's place and are no figure themselves, such as 一年."""
    found = next(("".join(others) for words, others in places if figure in "".join(words)), "")
    return found if len(found) <= _FEW_CHARS else ""


def _bounds(one: _Stated, other: _Stated) -> Iterator[Difference]:
    if one.bound is not other.bound:
        yield "bound", one.bounded, other.bounded


def _paired(
    mine: Sequence[_Stated], theirs: Sequence[_Stated]
) -> Iterator[tuple[_Stated | None, _Stated | None]]:
    """Pair what stands in one place by what it measures; what is left over stands alone."""
    left = list(theirs)
    for one in mine:
        other = next((two for two in left if two.key[0] == one.key[0]), None)
        if other:
            left.remove(other)
        yield one, other
    yield from ((None, other) for other in left)


def _stated(sentence: str) -> list[_Stated]:
    found: list[_Stated] = []
    last: Quantity | None = None
    for one in quantities(sentence):
        whole_day = one.kind == DAY and last is not None and last.kind == YEAR and last.end == one.start
        if whole_day and last is not None:
            found[-1] = _Stated((DAY, str(last.value), str(one.value)), last.text + one.text, one.bound)
        else:
            kind = DAY if one.kind == YEAR else one.kind or one.unit or one.written
            found.append(_Stated((kind, one.unit, str(one.value.normalize())), one.text, one.bound))
        last = one
    return found
