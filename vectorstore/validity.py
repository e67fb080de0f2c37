"""From which day to which a document applies, by its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vectorstore.errors import LibraryError
from vectorstore.languages.language import answer_line

# In a document's repeals it stands before words for what was issued earlier, where no title is named.
EARLIER = "此前的"
_ENTERED = re.compile(r"\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?\s*")


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a document applies, and the words that prove it.

    Attributes:
        first_day: the first of them, or None where it is not known.
        last_day: the last of them, or None where no end is stated or none can be worked out.
        limited: whether the document sets an end, be it one that cannot be worked out.
        subject: whose validity it is, in the document's own words such as 本办法, or "".
        basis: how the days were worked out: a Chinese clause without a full stop.
        start, end: place of the words in the document's clean text, in characters; both 0 where they stand in
            the file's properties and not in its text.
        latest: whether the last day is only the latest that it can be.
    """

    first_day: date | None = None
    last_day: date | None = None
    limited: bool = False
    subject: str = ""
    basis: str = ""
    start: int = 0
    end: int = 0
    latest: bool = False

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return self.last_day is not None and self.last_day < today

    def is_to_come(self, today: date) -> bool:
        """Whether the first day has not come yet."""
        return self.first_day is not None and today < self.first_day

    @property
    def is_open(self) -> bool:
        """Whether an end is set whose day cannot be worked out, or only the latest that it can be."""
        return self.limited and (self.last_day is None or self.latest)

    @answer_line
    def explanation(self, today: date) -> str:
        """Say in one Chinese sentence from when to when the document applies and how that was worked out.

        Args:
            today: day that tells whether the end has passed.
        """
        first_day, last_day = (day_in_words(day) if day else "" for day in (self.first_day, self.last_day))
        first = f"自{first_day}起施行" if first_day else ""
        if last_day:
            last = f"有效期最迟至{last_day}" if self.latest else f"有效期至{last_day}"
            state = "已届满" if self.is_over(today) else ""
        elif self.limited:
            last, state = "载明了有效期，但截止日无法推算", ""
        else:
            last, state = "未载明有效期", ""
        if self.is_to_come(today):
            state = "目前尚未施行"
        basis = f"（{self.basis}）" if self.basis else ""
        return "，".join(filter(None, (first, last, state))) + basis + "。"


def entered_day(value: str) -> date:
    """Return the day that somebody entered: 2026-01-31, 2026年1月31日, 2026/1/31.

    Raises:
        LibraryError: it is none.
    """
    found = _ENTERED.fullmatch(value)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(value)
    except ValueError:
        raise LibraryError(f"看不懂日期 {value}；请照 2026-01-31 或 2026年1月31日 的写法填写") from None


def day_in_words(day: date) -> str:
    """Return a day as Chinese papers write it: 2026年1月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
