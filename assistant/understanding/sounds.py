"""Characters that sound alike: what is typed for one another."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def same_sound(char: str) -> frozenset[str]:
    """Return the common characters that may be read like one, whatever the tone; not itself."""
    return frozenset().union(*(alike for alike in _by_sound() if char in alike)) - {char}


@lru_cache(maxsize=1)
def _by_sound() -> tuple[frozenset[str], ...]:
    """Return the lines of sounds.txt: the characters that share a syllable."""
    lines = files("assistant.understanding").joinpath("sounds.txt").read_text(encoding="utf-8").splitlines()
    return tuple(frozenset(line.split()[1]) for line in lines if not line.startswith("#"))
