"""Questions that ask which documents end within a time: 快到期的文件有哪些, 2028年底前到期的有哪些."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.numerals import FIGURE, numeral

# What ends within so many days ends soon, where a question names no time.
SOON_DAYS = 90
_TIME = re.compile(
    rf"(?P<count>\d+|{FIGURE}|半)(?P<unit>天|日|个?月|年)(?:以|之)?内|"
    r"(?P<year>(?:19|20)\d{2}年|今年|本年|明年|后年)(?P<close>年?[底末内]|以内|之内)?(?P<before>[之以]?前)?|"
    r"快|即将|马上|将要|就要|临近|近期|最近|未来|今后|接下来"
)
_WHICH = re.compile("哪[些几]|有没有|有无|有什么|是什么|多少")
_ENDS = re.compile("到期|届满|期满|失效|过期")
_WHAT = "资料|文件|文档|规划|政策|办法|措施|通知|意见|方案|细则"
# A stretch that says nothing but these asks of documents, and not of what they are about.
_ASKED = re.compile(
    rf"(?:{_TIME.pattern}|{_WHICH.pattern}|{_ENDS.pattern}|{_WHAT}|现行|[份个项]|分别|[一总]共|"
    r"[在于到将就会要内的都是有了吗呢么])+(?=[,，。?]|$)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A time within which documents end.

    Attributes:
        first, last: its days, both included.
        soon: whether the question named no time but said that it is near.
    """

    first: date
    last: date
    soon: bool = False


def ending_asked(folded: str) -> str:
    """Return the words by which a folded question asks which documents end within a time, or ""."""
    signs = (_TIME, _WHICH, _ENDS)
    stretches = (found.group() for found in _ASKED.finditer(folded))
    return next((one for one in stretches if all(sign.search(one) for sign in signs)), "")


def span_asked(folded: str, today: date) -> Span | None:
    """Return the time within which documents must end that a folded question asks for; None for another one.

    Args:
        folded: the question.
        today: the day from which 三个月内 and 今年 count.
    """
    said = _TIME.search(ending_asked(folded))
    if said is None:
        return None
    if said["year"]:
        return _of_year(said, today)
    if said["count"]:
        return Span(today, _after(today, said["count"], said["unit"]))
    return Span(today, today + timedelta(days=SOON_DAYS), soon=True)


def _of_year(said: re.Match[str], today: date) -> Span:
    ahead = {"今年": 0, "本年": 0, "明年": 1, "后年": 2}
    year = today.year + ahead[said["year"]] if said["year"] in ahead else int(said["year"][:4])
    if said["before"]:
        # 2028年前 ends before that year, 2028年底前 with it.
        return Span(today, date(year if said["close"] else year - 1, 12, 31))
    return Span(max(today, date(year, 1, 1)) if year >= today.year else date(year, 1, 1), date(year, 12, 31))


def _after(today: date, count: str, unit: str) -> date:
    number = 0.5 if count == "半" else int(numeral(count))
    if unit in ("天", "日"):
        return today + timedelta(days=min(number, 36_500))
    months, half = divmod(min(12 * number if unit == "年" else number, 1200), 1)
    year, month = divmod(today.year * 12 + today.month - 1 + int(months), 12)
    later = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return later + timedelta(days=30 * half)
