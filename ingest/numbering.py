"""The numbering of Chinese official documents: 编 章 节 条, 一、 （一） 1. （1）, 专栏, captions.

GB/T 9704-2012, 7.3.3 gives the order 一、（一）1.（1）; legislation uses 编 章 节 条 above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Rank(IntEnum):
    """Depth that a kind of numbering stands for; a smaller one encloses a greater one."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    FIRST = 5
    SECOND = 6
    CLAUSE = 7  # An article whose number runs on below 一、 and （一）, as in measures.
    THIRD = 8
    FOURTH = 9
    BOX = 20
    PLAIN = 30
    LEAD = 40


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that opens with a number.

    Attributes:
        rank: depth of its kind of numbering.
        label: the number as it is written, such as "第三章" or "（二）".
        value: the number itself.
        title: the rest of the line.
    """

    rank: Rank
    label: str
    value: int
    title: str


_CN = "零〇一二三四五六七八九十百"
# In Taiwan 壹、 encloses 一、.
_FINANCIAL = "壹貳贰參叁参肆伍陸陆柒捌玖拾"
_PLAIN = str.maketrans(f"两{_FINANCIAL}", "二一二二三三三四五六六七八九十")
_FORMS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(rf"第\s*([{_CN}\d]+)\s*(?:编|編|篇|部分)(?![\w])\s*")),
    (Rank.PART, re.compile(rf"附(?:件|录|錄|表)\s*([{_CN}\d]*)\s*(?:[：:.、]|\s|$)\s*")),
    (Rank.CHAPTER, re.compile(rf"第\s*([{_CN}\d]+)\s*章\s*")),
    (Rank.SECTION, re.compile(rf"第\s*([{_CN}\d]+)\s*[节節]\s*")),
    (Rank.ARTICLE, re.compile(rf"第\s*([{_CN}\d]+)\s*[条條](?:之[{_CN}]+)?(?![件款例目])\s*")),
    (Rank.SECTION, re.compile(rf"([{_FINANCIAL}]{{1,3}})\s*、\s*")),
    (Rank.FIRST, re.compile(rf"([{_CN}]+)\s*、\s*")),
    (Rank.SECOND, re.compile(rf"[（(]\s*([{_CN}]+)\s*[)）]\s*[、.．]?\s*")),
    (Rank.THIRD, re.compile(r"(\d{1,3})\s*(?:[.．](?!\d)|、)\s*")),
    (Rank.FOURTH, re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*")),
    (Rank.FOURTH, re.compile(r"(\d{1,2})[)）]\s*")),
)
_OPENING = re.compile(rf"[第附（(\d{_CN}{_FINANCIAL}]")
_BOX = re.compile(
    rf"专栏\s*([{_CN}\d]*)(?:-\d+)?\s*(?:[：:、]|\s|(?=[\w“《]))\s*|專欄\s*([{_CN}\d]*)\s*[：:]?\s*"
)
_CAPTION = re.compile(r"(?:[△▲▼■◆]|(?:图|圖|表)\s*[\d一二三四五六七八九十]+(?:[-－.]\d+)?\s*(?![、，,年]))")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@lru_cache(maxsize=4096)
def number_of(line: str) -> Numbered | None:
    """Read the number that a line opens with.

    Args:
        line: one line without white space at its ends.

    Returns:
        The number and the rest of the line, or None.
    """
    if not _OPENING.match(line):
        return None
    for rank, form in _FORMS:
        found = form.match(line)
        if found:
            return Numbered(rank, found.group(0).strip(), value_of(found.group(1)), line[found.end() :])
    return None


def is_box_title(line: str) -> bool:
    """Return whether a line names a box (专栏), as against a sentence about one."""
    found = _BOX.match(line)
    return bool(found) and len(line) <= 60 and not re.search(r"[。；，]", line)


def is_caption(line: str) -> bool:
    """Return whether a line is the caption of a figure, photograph or table."""
    return bool(_CAPTION.match(line)) and len(line) <= 60 and "。" not in line


def value_of(digits: str) -> int:
    """Read a number up to 999 in Chinese or Arabic digits; 0 for none."""
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total, digit = 0, 0
    for character in digits.translate(_PLAIN):
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
    return total + digit
