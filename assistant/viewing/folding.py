"""A text with the differences of print taken away, each sign with its place in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache


def folded(text: str, kept: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
    """Yield the signs of a text as they are compared: width and case do not count.

    Args:
        text: any text.
        kept: tells which signs count.

    Yields:
        A sign and its index in the text; one sign of the text may become several, or none.
    """
    for index, original in enumerate(text):
        for sign in _narrow(original):
            if kept(sign):
                yield sign, index


def occurrences(text: str, looked_for: str) -> tuple[tuple[int, int], ...]:
    """Find all places of some words in a text; blanks, line breaks, width and case do not count.

    Args:
        text: the text.
        looked_for: the words.

    Returns:
        From where to where each stands in the text, in its order, none over another.
    """
    wanted = "".join(sign for sign, _ in folded(looked_for, _shown))
    if not wanted:
        return ()
    signs = list(folded(text, _shown))
    stream = "".join(sign for sign, _ in signs)
    found, at = [], stream.find(wanted)
    while at >= 0:
        found.append((signs[at][1], signs[at + len(wanted) - 1][1] + 1))
        at = stream.find(wanted, at + len(wanted))
    return tuple(found)


def _shown(sign: str) -> bool:
    return not sign.isspace()


@lru_cache(maxsize=20_000)
def _narrow(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign).casefold()
