"""Characters that sound alike: what is typed for one another."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

# Both their readings are in daily use; that 活 is read guo as well is known to dictionaries only.
_READ_TWO_WAYS = frozenset("行长重还调传差处强降校兴参率")


@cache
def same_sound(char: str) -> frozenset[str]:
    """Return the common characters that may be read like one, whatever the tone; not itself."""
    return frozenset().union(*(_by_sound().get(sound, ()) for sound in _sounds([char])[0])) - {char}


def _sounds(chars: list[str]) -> list[list[str]]:
    """The ways each of some characters is commonly read."""
    # Its tables take a quarter of a second to load, and only a doubted character needs them.
    from pypinyin import Style, pinyin

    readings = pinyin(chars, style=Style.NORMAL, heteronym=True)
    return [
        sounds[: 2 if char in _READ_TWO_WAYS else 1] for char, sounds in zip(chars, readings, strict=True)
    ]


@cache
def _by_sound() -> dict[str, frozenset[str]]:
    """The characters of GB 2312 by every way they are read."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    chars = [char for char in (code.decode("gb2312", "ignore") for code in codes) if char]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for char, sounds in zip(chars, _sounds(chars), strict=True):
        for sound in sounds:
            found[sound].add(char)
    return {sound: frozenset(known) for sound, known in found.items()}
