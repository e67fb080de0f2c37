"""Two texts laid beside each other word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from vectorstore.quantities import quantities
from vectorstore.segmentation import fold, tagged

_LONG = 5000


class Step(StrEnum):
    """What became of words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that share one fate.

    Attributes:
        step: what became of them.
        text: as they stand in the earlier text, or, where inserted, in the later one.
    """

    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A place where two texts part: what stood there and what stands there now; one of them may be empty."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def cut(text: str) -> list[str]:
    """Cut a text into words, quantities whole, without losing a character."""
    pieces, at = [], 0
    for quantity in quantities(text):
        if quantity.start < at:
            continue
        pieces += [word for word, _ in tagged(text[at : quantity.start])]
        pieces.append(text[quantity.start : quantity.end])
        at = quantity.end
    return [*pieces, *(word for word, _ in tagged(text[at:]))]


def marked(before: str, after: str) -> tuple[Words, ...]:
    """Return the words of two texts in one row: kept, deleted and inserted ones."""
    found: list[Words] = []
    for same, mine, theirs in _steps(cut(before), cut(after)):
        if same:
            found.append(Words(Step.SAME, "".join(theirs)))
            continue
        gone, come = "".join(mine), "".join(theirs)
        if gone:
            found.append(Words(Step.DELETED, gone))
        if come:
            found.append(Words(Step.INSERTED, come))
    return tuple(found)


def replacements(before: str, after: str) -> tuple[Replacement, ...]:
    """Return the places where two texts part."""
    return tuple(
        Replacement(tuple(mine), tuple(theirs))
        for same, mine, theirs in _steps(cut(before), cut(after))
        if not same
    )


def _steps(mine: list[str], theirs: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    ours, others = ([fold(word) for word in words] for words in (mine, theirs))
    # Long texts take too long unless the commonest words are no footing.
    matcher = SequenceMatcher(None, ours, others, autojunk=max(len(ours), len(others)) > _LONG)
    for step, begin, end, low, high in matcher.get_opcodes():
        yield step == "equal", mine[begin:end], theirs[low:high]
