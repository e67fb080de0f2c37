"""Names of places, bodies and documents that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

# The tags of places and bodies in jieba's dictionary; those of people and brands stand at many a verb.
_PROPER = frozenset({"ns", "nt"})
_NOUNS = _PROPER | {"n"}
_SUFFIX = re.compile(
    r"(?:省|市|县|区|镇|乡|街道|新城|园|基地|公司|集团|大学|学院|医院|研究院|研究所|实验室|委员会|委|局|厅|部|办|处)$"
)
_TITLE = re.compile(r"《([^《》]+)》")
_NUMBER = re.compile(r"[一-鿿]{1,8}[〔\[(（]\d{4}[〕\])）]第?\d+号")
_HAN = re.compile(r"[一-鿿]+$")
_LEAST = 3


def proper_names(text: str) -> Iterator[str]:
    """Yield the names in a text: what the dictionary knows as one, or what its last word makes one.

    Args:
        text: folded text.
    """
    before = ""
    for word, tag in rjieba.tag(_TITLE.sub("，", text)):
        whole = before + word if _SUFFIX.fullmatch(word) else word
        if _HAN.match(whole) and (_named(word, tag) or (len(whole) >= _LEAST and _SUFFIX.search(whole))):
            yield whole
        before = word if _HAN.match(word) else ""


def nouns(text: str) -> tuple[str, ...]:
    """Return the nouns of a text that say what it is about.

    Args:
        text: folded text.
    """
    return tuple(word for word, tag in rjieba.tag(text) if tag in _NOUNS and _HAN.match(word) and word[1:])


def titles(text: str) -> list[str]:
    """Return the titles in 《》 and the document numbers that a text mentions."""
    return [*_TITLE.findall(text), *_NUMBER.findall(text)]


def _named(word: str, tag: str) -> bool:
    return tag in _PROPER and len(word) >= _LEAST - 1
