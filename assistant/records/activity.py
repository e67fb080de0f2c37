"""What the log tells of a period: how much was asked, what found no answer, how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median, quantiles

from assistant.records.audit import Action, Entry

_REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that somebody asked.

    Attributes:
        exchange_id: names it in the log.
        at: when, in UTC.
        who: the person; "" where nobody signs in.
        question: its words.
    """

    exchange_id: str
    at: datetime
    who: str
    question: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What was asked in a period.

    Attributes:
        per_day: day, as it is here → how many questions.
        answered: how many of them have an answer or were refused one.
        refused: those without an answer in the library, the newest first.
        median_seconds, slow_seconds: half of the answers came within the one, 95 of 100 within the other;
            None where there are none.
        handled: what an administrator has marked as done, as exchange ids.
    """

    per_day: Mapping[date, int]
    answered: int
    refused: tuple[Asked, ...]
    median_seconds: float | None
    slow_seconds: float | None
    handled: frozenset[str]

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return sum(self.per_day.values())


def activity_of(entries: Sequence[Entry]) -> Activity:
    """Return what the lines of a log tell.

    Args:
        entries: of the period, in any order.
    """
    asked = [entry for entry in entries if entry.action is Action.ASKED]
    # A line of a sheet of questions names the sheet, which no answer does.
    begun = {entry.subject: entry for entry in asked}
    answers = [entry for entry in entries if entry.action is Action.ANSWERED]
    waits = [(one.at - begun[one.subject].at).total_seconds() for one in answers if one.subject in begun]
    refused = {one.subject for one in answers if one.detail == _REFUSED}
    unanswered = (
        Asked(one.subject, one.at, one.who, one.detail) for key, one in begun.items() if key in refused
    )
    return Activity(
        per_day=Counter(entry.at.astimezone().date() for entry in asked),
        answered=len(answers),
        refused=tuple(sorted(unanswered, key=lambda one: one.at, reverse=True)),
        median_seconds=median(waits) if waits else None,
        slow_seconds=quantiles(waits, n=20, method="inclusive")[-1]
        if len(waits) > 1
        else max(waits, default=None),
        handled=frozenset(entry.subject for entry in entries if entry.action is Action.HANDLED),
    )
