"""Questions that ask which documents end within a time: 快到期的文件有哪些, 2028年底前到期的有哪些."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.numerals import FIGURE, numeral

# What ends within so many days ends soon, where a question names no time.
SOON_DAYS = 90
_SOON = "快要?|快|即将|马上就?要?|将要?|就要|临近|近期|最近|未来|今后"
_LENGTH = rf"(?:未来|今后|接下来)?(?:的)?(?P<count>\d+|{FIGURE}|半)(?P<unit>天|日|个?月|年)(?:以|之)?内"
_YEAR = (
    r"(?P<year>(?:19|20)\d{2}年|今年|本年|明年|后年)(?P<close>年?[底末内]|以内|之内)?(?P<before>[之以]?前)?"
)
_WHEN = rf"(?:在|于|到)?(?:{_LENGTH}|{_YEAR}|(?P<soon>{_SOON}))(?:将要?|就要?|会|要|内)*"
_WHAT = "(?:资料|文件|文档|规划|政策|办法|措施|通知|意见|方案|细则)"
_WHICH = rf"(?:哪[些几][份个项]?|有没有|有无|有什么)(?:现行)?的?{_WHAT}?(?:将|会|是|要)*"
_END = "(?:到期|届满|期满|失效|过期)"
_HOW_ASKED = (
    rf"{_WHICH}{_WHEN}{_END}(?=的?{_WHAT}?[了吗呢的么]*(?:[,，。?]|$))",
    rf"{_WHEN}有?{_WHICH}{_END}(?=的?{_WHAT}?[了吗呢的么]*(?:[,，。?]|$))",
    rf"{_WHEN}{_END}的?{_WHAT}?(?:都|总共|一共|分别)?(?:是|有)?(?:哪[些几]|什么|多少|吗)",
)
# The names of groups may stand in an expression once.
ENDING = re.compile(
    "|".join(re.sub(r"(P<\w+)>", rf"\1{'_' * place}>", one) for place, one in enumerate(_HOW_ASKED))
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


def span_asked(folded: str, today: date) -> Span | None:
    """Return the time within which documents must end that a folded question asks for; None for another one.

    Args:
        folded: the question.
        today: the day from which 三个月内 and 今年 count.
    """
    found = ENDING.search(folded)
    if found is None:
        return None
    said = {name.rstrip("_"): words for name, words in found.groupdict().items() if words}
    if "year" in said:
        return _of_year(said, today)
    if "count" in said:
        return Span(today, _after(today, said["count"], said["unit"]))
    return Span(today, today + timedelta(days=SOON_DAYS), soon=True)


def _of_year(said: dict[str, str], today: date) -> Span:
    ahead = {"今年": 0, "本年": 0, "明年": 1, "后年": 2}
    year = today.year + ahead[said["year"]] if said["year"] in ahead else int(said["year"][:4])
    if "before" in said:
        # 2028年前 ends before that year, 2028年底前 with it.
        return Span(today, date(year if "close" in said else year - 1, 12, 31))
    return Span(max(today, date(year, 1, 1)) if year >= today.year else date(year, 1, 1), date(year, 12, 31))


def _after(today: date, count: str, unit: str) -> date:
    number = 0 if count == "半" else int(numeral(count))
    if unit in ("天", "日"):
        return today + timedelta(days=min(number, 36_500))
    months = 12 * number if unit == "年" else number
    months += 6 if count == "半" and unit == "年" else 0
    if count == "半" and unit != "年":
        return today + timedelta(days=15)
    year, month = divmod(today.year * 12 + today.month - 1 + min(months, 1200), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
