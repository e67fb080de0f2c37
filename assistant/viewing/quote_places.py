"""Where a quote of a document's clean text stands among the signs of its printed pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from assistant.viewing.folding import folded

_CONTEXT = 40
# What interrupts a quote in print: page number and running head, a footnote, a cell that spans rows.
_BETWEEN = 1_000
_ENOUGH = 0.8
_LEAST = 2

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote to look for.

    Attributes:
        quote: it, as it stands in the clean text.
        before, after: what stands beside it there, which tells it from others of its words.
    """

    quote: str
    before: str = ""
    after: str = ""


def sought(text: str, start: int, end: int) -> Sought:
    """Return a span of a clean text with what stands beside it.

    Args:
        text: the clean text.
        start, end: the span, in characters.
    """
    return Sought(text[start:end], text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT])


def places(wanted: Sought, pages: Sequence[str]) -> Mapping[int, Ranges]:
    """Find a quote on pages that follow each other.

    Blanks, line breaks, punctuation, width and case do not count.

    Args:
        wanted: the quote.
        pages: the signs of each page.

    Returns:
        Index of a page → ranges of its signs, from … to; a quote may run over two pages. Empty where it is
        not found.
    """
    stream = [
        (sign, page, index) for page, text in enumerate(pages) for sign, index in folded(text, str.isalnum)
    ]
    printed, quote = "".join(sign for sign, _, _ in stream), _bare(wanted.quote)
    if not quote:
        return {}
    pieces = _exact(wanted, quote, printed) or _interrupted(quote, printed)
    taken = [(page, index) for start, end in pieces for _, page, index in stream[start:end]]
    found = {
        page: _ranges([index for _, index in signs], pages[page])
        for page, signs in groupby(taken, key=itemgetter(0))
    }
    return _with_edges(found, wanted.quote, pages) if found else {}


def _with_edges(found: dict[int, Ranges], quote: str, pages: Sequence[str]) -> dict[int, Ranges]:
    """Let the punctuation at the quote's ends be marked as well: 95% ends with its sign."""
    first, last = min(found), max(found)
    (start, end), *others = found[first]
    ahead = pages[first][max(start - _edge(quote), 0) : start]
    found[first] = ((start - _edge(ahead[::-1]), end), *others)
    *others, (start, end) = found[last]
    found[last] = (*others, (start, end + _edge(pages[last][end : end + _edge(quote[::-1])])))
    return found


def _edge(text: str) -> int:
    """How many signs stand before the first letter, digit or blank."""
    return next((at for at, sign in enumerate(text) if sign.isspace() or _bare(sign)), len(text))


def _ranges(indexes: Sequence[int], text: str) -> Ranges:
    """Join the signs of a quote to ranges; what does not count between two of them belongs to it."""
    ranges = [(indexes[0], indexes[0] + 1)]
    for index in indexes[1:]:
        start, end = ranges[-1]
        if _bare(text[end:index]):
            ranges.append((index, index + 1))
        else:
            ranges[-1] = (start, index + 1)
    return tuple(ranges)


def _bare(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(sign for sign, _ in folded(text, str.isalnum))


def _exact(wanted: Sought, quote: str, printed: str) -> list[tuple[int, int]]:
    """The quote in one piece; of several, that among the words beside it in the text, else the first."""
    before, after = _bare(wanted.before), _bare(wanted.after)

    def likeness(start: int) -> int:
        ahead = printed[max(start - len(before), 0) : start]
        behind = printed[start + len(quote) : start + len(quote) + len(after)]
        return _shared(reversed(ahead), reversed(before)) + _shared(iter(behind), iter(after))

    starts = list(_occurrences(quote, printed))
    best = max(starts, key=likeness, default=None)
    return [] if best is None else [(best, best + len(quote))]


def _occurrences(quote: str, printed: str) -> Iterator[int]:
    at = printed.find(quote)
    while at >= 0:
        yield at
        at = printed.find(quote, at + 1)


def _shared(one: Iterator[str], other: Iterator[str]) -> int:
    """How many signs two texts have in common from their beginning on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _interrupted(quote: str, printed: str) -> list[tuple[int, int]]:
    """The pieces of a quote into which something is set in print; none where too much of it is missing."""
    anchor = SequenceMatcher(None, printed, quote, autojunk=False).find_longest_match()
    if anchor.size < min(len(quote), 2 * _LEAST):
        return []
    first = max(anchor.a - anchor.b - _BETWEEN, 0)
    window = printed[first : anchor.a + len(quote) - anchor.b + _BETWEEN]
    blocks = SequenceMatcher(None, window, quote, autojunk=False).get_matching_blocks()
    pieces = [(first + block.a, first + block.a + block.size) for block in blocks if block.size >= _LEAST]
    held = sum(end - start for start, end in pieces)
    return pieces if held >= _ENOUGH * len(quote) else []
