"""What facts of one kind are put in order by: a day, how much somebody gets, or whether a part is meant."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from vectorstore.facts import Deadline, Indicator, Measure, Statement, Task
from vectorstore.quantities import quantities
from vectorstore.units import MONEY

_DUE = re.compile(r"(?P<year>20\d{2})年?(?:底|末)?(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?")
_MOST = 2**62
NO_DAY = date.max.toordinal()
"""The rank of what has no day: behind all days."""


def rank(statement: Statement) -> int:
    """Return a number by which facts of one kind and name stand in order; 0 where they have none.

    Deadlines and duties go by their day, measures by the sum that they give, the greatest first; a figure
    that only its heading tells what it is of, such as 产业规模 under 中药, stands for a part of a place.
    """
    if isinstance(statement, Deadline):
        return rank_of_day(statement.day)
    if isinstance(statement, Task):
        return _due(statement.due)
    if isinstance(statement, Measure):
        return -(_money(statement.amount) or _money(statement.cap))
    if isinstance(statement, Indicator):
        return int(len(statement.normal_name) > len(statement.name))
    return 0


def rank_of_day(day: str) -> int:
    """Return the rank of a day in ISO format; "" stands for no day."""
    return date.fromisoformat(day).toordinal() if day else NO_DAY


def _due(words: str) -> int:
    """The last day that 2026年底前 and the like leave."""
    found = _DUE.search(words)
    if not found:
        return NO_DAY
    year, month = int(found["year"]), int(found["month"] or 12)
    if not 1 <= month <= 12:
        return NO_DAY
    last = monthrange(year, month)[1]
    return date(year, month, min(max(int(found["day"] or last), 1), last)).toordinal()


def _money(words: str) -> int:
    sums = [int(one.value) for one in quantities(words) if one.kind.startswith(MONEY)]
    return min(max(sums, default=0), _MOST)
