"""When two texts count as the same, and when one holds the other."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

_INLINE_MARKUP = re.compile(r"\*\*|</?(?:strong|sup|sub|em|br|b|i|p)\s*/?>", re.IGNORECASE)
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MARK = re.compile(r"[\[【](\d{1,3})[\]】]")


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def comparable(text: str) -> str:
    """Return a text without the differences that do not matter when answers are judged.

    Width (NFKC), script (Traditional becomes Simplified), blanks, inline markup and the pinyin that
    glosses a character; case is kept.
    """
    plain = _INLINE_MARKUP.sub("", unicodedata.normalize("NFKC", text))
    closed = "".join(plain.split())
    return str(_simplifier().convert(_PINYIN.sub("", closed)))


def holds(text: str, wanted: str) -> bool:
    """Return whether a text holds a string, no number of which is only a part of a longer one.

    Args:
        text: a text as `comparable` gives it.
        wanted: likewise; an empty one is held by nothing.

    Returns:
        True where it is held: 5 is not in 15, 2.5, 5.1 or 2025.
    """
    if not wanted:
        return False
    start = text.find(wanted)
    while start >= 0:
        if _whole(text, start, start + len(wanted)):
            return True
        start = text.find(wanted, start + 1)
    return False


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end : end + 2].removeprefix(".")[:1]
    cut_before = text[start].isdigit() and (before == "." or before.isdecimal())
    return not (cut_before or (text[end - 1].isdigit() and after.isdecimal()))


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers of a comparable text, as they are written."""
    return frozenset(_NUMBER.findall(text))


def unmarked(text: str) -> str:
    """Return an answer without its [n] marks."""
    return _MARK.sub("", text)


def marks_in(text: str) -> frozenset[int]:
    """Return the numbers n of an answer's [n] marks."""
    return frozenset(int(number) for number in _MARK.findall(text))
