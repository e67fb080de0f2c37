"""The provisions of two documents laid beside each other: kept, changed, moved, split, merged or new."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.comparing.pairing import Pairs, bigrams, covered, pairs
from assistant.comparing.provisions import Provision

# A shorter piece is in a longer one by chance.
_LEAST_CHARS = 8
_PART = 0.6


class Fate(StrEnum):
    """What became of a provision."""

    SAME = "same"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Match:
    """Provisions that answer to each other.

    Attributes:
        fate: what became of them.
        before: those of the first document; several were merged, none where they are new.
        after: those of the second document; several where one was split, none where it is gone.
        moved: whether they stand in another order or chapter; a new number alone is no move.
    """

    fate: Fate
    before: tuple[Provision, ...]
    after: tuple[Provision, ...]
    moved: bool = False

    @property
    def old_text(self) -> str:
        """What the first document says."""
        return "\n".join(one.text for one in self.before)

    @property
    def new_text(self) -> str:
        """What the second document says."""
        return "\n".join(one.text for one in self.after)


def align(ours: Sequence[Provision], theirs: Sequence[Provision]) -> tuple[Match, ...]:
    """Lay the provisions of two documents beside each other.

    Args:
        ours: of the first document, in its order.
        theirs: of the second document, in its order.

    Returns:
        In the order of the second document, what is gone behind what stood before it.
    """
    keys = [one.key for one in ours], [one.key for one in theirs]
    found = pairs(*keys, ([one.label for one in ours], [one.label for one in theirs]))
    parts = _parts(keys[0], keys[1], found)
    back = {other: one for one, other in found.items()}
    merged = _parts(keys[1], keys[0], back)
    moved = _moved(ours, theirs, found)
    absorbed = {place for places in merged.values() for place in places}
    behind: defaultdict[int, list[Match]] = defaultdict(list)
    at = -1
    for one, provision in enumerate(ours):
        if one in found:
            at = found[one]
        elif one not in absorbed:
            behind[at].append(Match(Fate.DROPPED, (provision,), ()))
    matches = list(behind[-1])
    split = {place for places in parts.values() for place in places}
    for other, provision in enumerate(theirs):
        if other in back:
            one = back[other]
            before = sorted([one, *merged.get(other, ())])
            after = sorted([other, *parts.get(one, ())])
            pieces = tuple(ours[place] for place in before), tuple(theirs[place] for place in after)
            matches.append(Match(_fate(*pieces), *pieces, moved=one in moved))
        elif other not in split:
            matches.append(Match(Fate.ADDED, (), (provision,)))
        matches += behind[other]
    return tuple(matches)


def _fate(before: Sequence[Provision], after: Sequence[Provision]) -> Fate:
    if len(after) > 1:
        return Fate.SPLIT
    if len(before) > 1:
        return Fate.MERGED
    return Fate.SAME if before[0].key == after[0].key else Fate.CHANGED


def _parts(ours: Sequence[str], theirs: Sequence[str], found: Pairs) -> dict[int, list[int]]:
    """Return which of theirs that have no counterpart are parts of one of ours: its place → theirs."""
    taken = set(found.values())
    alone = [
        place for place in range(len(theirs)) if place not in taken and len(theirs[place]) >= _LEAST_CHARS
    ]
    shrunk = {one: other for one, other in found.items() if len(theirs[other]) < len(ours[one])}
    rest = {one: bigrams(ours[one]) - bigrams(theirs[other]) for one, other in shrunk.items()}
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for place in alone:
        grams = bigrams(theirs[place])
        best = max(rest, key=lambda one: covered(grams, rest[one]), default=None)
        if best is not None and covered(grams, rest[best]) >= _PART:
            parts[best].append(place)
            rest[best] -= grams
    return dict(parts)


def _moved(ours: Sequence[Provision], theirs: Sequence[Provision], found: Pairs) -> set[int]:
    """Return the places of ours that stand elsewhere among theirs: in another order, or another chapter."""
    order = [one for _, one in sorted((other, one) for one, other in found.items())]
    known = {one.chapter for one in ours} & {one.chapter for one in theirs}
    elsewhere = {
        one
        for one, other in found.items()
        if ours[one].chapter != theirs[other].chapter and {ours[one].chapter, theirs[other].chapter} <= known
    }
    moved = (set(order) - _longest_rising(order)) | elsewhere
    return {one for one in moved if ours[one].label or len(ours[one].text) >= _LEAST_CHARS}


def _longest_rising(order: Iterable[int]) -> set[int]:
    """Return the values of a longest rising subsequence: what kept its order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for value in order:
        at = bisect_left(tails, value)
        before[value] = tails[at - 1] if at else None
        tails[at : at + 1] = [value]
    kept: set[int] = set()
    value_or_none = tails[-1] if tails else None
    while value_or_none is not None:
        kept.add(value_or_none)
        value_or_none = before[value_or_none]
    return kept
