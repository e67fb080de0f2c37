"""Days that come round every year."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import islice

from vectorstore.facts import Deadline, FactKind
from vectorstore.ledger import FactFilter, FoundFact, Ledger

_EVERY_YEAR = "每年"
_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[底末])")
_LEAP = 2000


@dataclass(frozen=True, slots=True)
class Yearly:
    """A day of every year.

    Attributes:
        month: from 1 to 12.
        day: of the month; None for its last.
    """

    month: int
    day: int | None

    def first_since(self, since: date) -> date:
        """Return the first such day on or after another day."""
        year = since.year
        while (found := self._in(year)) is None or found < since:
            year += 1
        return found

    def rule(self, last: date | None) -> dict[str, object]:
        """Return how it comes again, as RFC 5545 says it.

        Args:
            last: the last day on which it may come, or None.
        """
        told: dict[str, object] = {"freq": "yearly"}
        if self.day is None:
            told |= {"bymonth": self.month, "bymonthday": -1}
        return told | ({"until": last} if last else {})

    def _in(self, year: int) -> date | None:
        if self.day == 29 and self.month == 2 and not isleap(year):
            return None
        return date(year, self.month, self.day or monthrange(year, self.month)[1])


def yearly_of(deadline: Deadline) -> Yearly | None:
    """Return the day of every year that a deadline means, the last where it names two; None for any other."""
    named = list(_DAY.finditer(deadline.length)) if deadline.counted_from == _EVERY_YEAR else []
    if not named:
        return None
    month, day = int(named[-1]["month"]), int(named[-1]["day"] or 0)
    if not 1 <= month <= 12 or day > monthrange(_LEAP, month)[1]:
        return None
    return Yearly(month, day or None)


def next_day(deadline: Deadline, since: date) -> date:
    """Return when a deadline is due next, `date.max` where no day tells.

    Args:
        deadline: one that comes every year is due on its first day on or after `since`.
        since: the day that is asked from.
    """
    if yearly := yearly_of(deadline):
        return yearly.first_since(since)
    return date.fromisoformat(deadline.day) if deadline.day else date.max


def coming(ledger: Ledger, wanted: FactFilter, since: date, start: int, limit: int) -> list[FoundFact]:
    """Return deadlines that are to come, the next due first, those of every year among the others.

    Args:
        ledger: where they are.
        wanted: which ones.
        since: the day that is asked from.
        start, limit: of them all, how many to pass over and the most to return.
    """

    def due(found: FoundFact) -> date:
        statement = found.fact.statement
        return next_day(statement, since) if isinstance(statement, Deadline) else date.max

    undated = ledger.every(replace(wanted, since=date.max))
    yearly = sorted(filter(_is_yearly, undated), key=due)
    # No more are read than the page needs: the library has the others in the order of their days.
    others = (found for found in ledger.every(wanted) if not _is_yearly(found))
    return list(islice(merge(others, yearly, key=due), start, start + limit))


def count_without_day(ledger: Ledger, wanted: FactFilter) -> int:
    """Return how many deadlines have no day that a calendar could hold.

    Args:
        ledger: where they are.
        wanted: which ones.
    """
    undated = replace(wanted, kind=FactKind.DEADLINE, since=date.max)
    # A big ledger counts quicker than it reads.
    read = ledger.every(replace(undated, text=_EVERY_YEAR))
    return ledger.count(undated) - sum(map(_is_yearly, read))


def _is_yearly(found: FoundFact) -> bool:
    statement = found.fact.statement
    return isinstance(statement, Deadline) and yearly_of(statement) is not None
