"""Days as official papers write them: Arabic and Chinese figures, ISO, the years of the Republic."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ingest.numbering import value_of

_CN = "〇零○Oo一二三四五六七八九十百"
_YEAR = r"(?:(?:19|20)\d{2}|[012〇零○Oo一二三四五六七八九]{4})"
_ROC = rf"(?:中[华華])?民[国國]\s*(?:\d{{1,3}}|[{_CN}]{{1,5}}|元)"
# 111年 stands for the year of the Republic where a month follows; so does 一百一十一年.
_SHORT = r"(?<!\d)1[0-2]\d|一百[零〇一二三四五六七八九十]{1,3}"
_SMALL = rf"(?:\d{{1,2}}|[{_CN}廿]{{1,3}})"
# What a pattern of other modules is made of: a whole day, and one that may want its day or its month.
DAY = (
    rf"(?:(?:{_YEAR}|{_ROC}|{_SHORT})\s*年\s*{_SMALL}\s*月\s*{_SMALL}(?:\s*[日号號])?|"
    r"(?<!\d)(?:19|20)\d{2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}(?!\d)|(?<!\d)(?:19|20)\d{6}(?!\d))"
)
LOOSE_DAY = rf"(?:{DAY}|(?:{_YEAR}|{_ROC})\s*年(?:\s*{_SMALL}\s*月)?\s*(?:年?底|末)?)"
_WHOLE = re.compile(DAY)
_PARTS = re.compile(
    rf"(?P<year>{_YEAR}|{_ROC}|{_SHORT})\s*年\s*(?:(?P<month>{_SMALL})\s*月\s*(?:(?P<day>{_SMALL})(?:\s*[日号號])?)?)?"
)


def date_in(text: str) -> date | None:
    """The first whole day in a text; None where there is none or it cannot be."""
    found = _WHOLE.search(text)
    return first_day_of(found.group(0)) if found else None


def first_day_of(words: str) -> date | None:
    """The first day that words mean which may want their day or their month: 2026年3月 is its first day."""
    parts = _parts(words)
    return _made(parts[0], parts[1] or 1, parts[2] or 1) if parts else None


def last_day_of(words: str) -> date | None:
    """The last day that words mean which may want their day or their month: 2026年 is its thirty-first."""
    parts = _parts(words)
    if parts is None:
        return None
    year, month, day = parts
    month = month or 12
    last = monthrange(year, month)[1] if 1 <= month <= 12 else 31
    return _made(year, month, min(day or last, last))


def later(day: date, *, years: int = 0, months: int = 0) -> date:
    """The day so many years and months later; one that the month does not have is its last."""
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _parts(words: str) -> tuple[int, int, int] | None:
    found = _PARTS.match(words.strip())
    if found:
        return _year(found["year"]), _small(found["month"] or ""), _small(found["day"] or "")
    digits = re.match(r"(\d{4})\s?[./-]?\s?(\d{1,2})\s?[./-]?\s?(\d{1,2})$", words.strip())
    return (int(digits[1]), int(digits[2]), int(digits[3])) if digits else None


def _year(words: str) -> int:
    republic = re.match(r"(?:中[华華])?民[国國]\s*", words)
    if republic:
        count = words[republic.end() :]
        return 1911 + (1 if count == "元" else _small(count))
    if words.isdecimal():
        return int(words) if int(words) > 200 else 1911 + int(words)
    if words.startswith("一百"):
        return 1911 + _small(words)
    return int(
        "".join(
            "0" if digit in "○Oo" else digit if digit in "012" else str(value_of(digit)) for digit in words
        )
    )


def _small(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return value_of(words.replace("廿", "二十").replace("○", "〇"))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
