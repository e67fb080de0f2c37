"""Which piece of one text answers to which of another: the same words first, then number and likeness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

# Share of bigrams in common: of pieces that are one and the same changed, with one number and without.
_ALIKE, _ALIKE_BY_NUMBER = 0.5, 0.3
_SAME_NUMBER = 0.1
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# A pair of characters that stands in more pieces than this tells nothing.
_COMMON = 200

Pairs = dict[int, int]


def pairs(
    ours: Sequence[str], theirs: Sequence[str], labels: tuple[Sequence[str], Sequence[str]] = ((), ())
) -> Pairs:
    """Pair the pieces of two texts.

    Args:
        ours, theirs: what the pieces say, folded.
        labels: their numbers, "" for none; empty where pieces have no numbers.

    Returns:
        Place among ours → place among theirs; what has no counterpart is left out.
    """
    found: Pairs = {}
    # What differs in figures only is the same piece, however short it is: the day below a signature.
    for form in (str, _without_figures):
        left, right = _open(ours, found), _open(theirs, set(found.values()))
        same = _same([form(ours[place]) for place in left], [form(theirs[place]) for place in right])
        found |= {left[one]: right[other] for one, other in same.items()}
    taken = set(found.values())
    left, right = _open(ours, found), _open(theirs, taken)
    grams = {place: bigrams(theirs[place]) for place in right}
    ranked = []
    for one, other, alike in _likenesses({place: bigrams(ours[place]) for place in left}, grams):
        numbered = bool(labels[0]) and labels[0][one] == labels[1][other] != ""
        if alike >= (_ALIKE_BY_NUMBER if numbered else _ALIKE):
            ranked.append((-alike - numbered * _SAME_NUMBER, abs(one - other), one, other))
    for _, _, one, other in sorted(ranked):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def bigrams(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters of a text, each with how often it stands there."""
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])


def covered(piece: Counter[str], whole: Counter[str]) -> float:
    """Return the share of a piece that stands in a whole, by bigrams."""
    return (piece & whole).total() / max(piece.total(), 1)


def _open(pieces: Sequence[str], taken: Collection[int]) -> list[int]:
    return [place for place in range(len(pieces)) if place not in taken]


def _without_figures(text: str) -> str:
    return _FIGURE.sub("0", text)


def _same(ours: Sequence[str], theirs: Sequence[str]) -> Pairs:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(theirs))):
        places[theirs[place]].append(place)
    return {place: places[key].pop() for place, key in enumerate(ours) if places[key]}


def _likenesses(
    ours: dict[int, Counter[str]], theirs: dict[int, Counter[str]]
) -> Iterator[tuple[int, int, float]]:
    """Yield how alike two pieces are, for all that have a telling pair of characters in common."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, grams in theirs.items():
        for gram in grams:
            holders[gram].append(place)
    for one, grams in ours.items():
        near = {place for gram in grams if len(holders[gram]) <= _COMMON for place in holders[gram]}
        for other in near:
            both = (grams & theirs[other]).total()
            yield one, other, 2 * both / (grams.total() + theirs[other].total())
