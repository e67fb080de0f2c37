"""Everyday words and the words that official documents use for them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from vectorstore.segmentation import fold


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the lines of wording.txt: everyday words, and what documents write instead."""
    lines = files("assistant.understanding").joinpath("wording.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))
    return tuple((tuple(fold(word) for word in said.split()), written.strip()) for said, written in pairs)


def wordings(folded: str) -> list[tuple[str, str]]:
    """Return the everyday words in a folded text, each with the official words for it."""
    return [(word, written) for said, written in _table() for word in said if word in folded]


def official_wording(folded: str) -> str:
    """Return the official words for the everyday ones that a folded question uses, or ""."""
    return " ".join(dict.fromkeys(written for _, written in wordings(folded)))
