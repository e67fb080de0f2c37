"""The short and the full name of a body: 发改委 for 发展和改革委员会."""

from __future__ import annotations

import re

_KINDS = "委局厅部办"
_BODY = re.compile(rf"[一-鿿]{{2,10}}(?:委员会|[{_KINDS}])")
_SHORTEST = 3
_LONGEST = 10


def is_known_body(name: str, plain: str, said: str) -> bool:
    """Return whether a body that a sentence names goes by a shorter or a longer name in its sources.

    Args:
        name: as it stands in the sentence.
        plain: the folded sentence.
        said: all that its sources say, folded and without blanks.
    """
    short = name.removesuffix("员会")
    if short[-1] not in _KINDS:
        return False
    end = plain.index(name) + len(name)
    mine = re.findall(r"[一-鿿]+$", plain[max(0, end - _LONGEST) : end])[0].removesuffix("员会")
    theirs = (match.group().removesuffix("员会") for match in _BODY.finditer(said))
    return any(
        _shortens(other[at:], mine) or (len(short) >= _SHORTEST and _shortens(short, other[at:]))
        for other in theirs
        for at in range(len(other) - _SHORTEST + 1)
    )


def _shortens(short: str, full: str) -> bool:
    """Return whether a name is made of characters of another one, in their order, down to the last."""
    rest = iter(full)
    return short[-1] == full[-1] and all(character in rest for character in short)
