"""Deadlines as a calendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event

from assistant.ledger.cells import RELATIONS
from assistant.ledger.yearly import Yearly, yearly_of
from vectorstore.facts import Deadline, FactKind
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.ledger import FoundFact
from vectorstore.revising import texts_of
from vectorstore.types import PolicyDocument, Status

_NAME = "-//policy-assistant//ledger//ZH"
_ENDS = own_words("到期")
_OVER = (Status.EXPIRED, Status.SUPERSEDED)


def ics_of(rows: Iterable[FoundFact], made_at: datetime, wanted: Language = Language.SIMPLIFIED) -> bytes:
    """Return deadlines as whole days of a calendar, each at its last day, with the words that prove it.

    A day of every year comes again until its document ends. What is counted from another day has no day of
    its own and is left out.

    Args:
        rows: facts; those of other kinds are left out.
        made_at: when the file is made, in UTC.
        wanted: the reader's language, of all but what documents say.
    """
    calendar = Calendar()
    calendar.add("prodid", _NAME)
    calendar.add("version", "2.0")
    events: dict[str, Event] = {}
    for found in rows:
        statement = found.fact.statement
        day = _day(found.document, statement, made_at.date()) if isinstance(statement, Deadline) else None
        if isinstance(statement, Deadline) and day:
            # One sentence that a document repeats is one day to note.
            events.setdefault(_uid(found, statement), _event(found, statement, day, made_at, wanted))
    for uid, event in events.items():
        event.add("uid", uid)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of an event, and how it comes again, if it does."""

    first: date
    again: Yearly | None = None
    last: date | None = None


def _day(document: PolicyDocument, deadline: Deadline, today: date) -> _Day | None:
    if deadline.day:
        return _Day(date.fromisoformat(deadline.day))
    again = yearly_of(deadline)
    if again is None:
        return None
    validity = document.validity
    since = (validity.first_day if validity else None) or document.issued_on or today
    ends = [validity.last_day if validity else None, today if document.standing(today) in _OVER else None]
    first, last = again.first_since(since), min(filter(None, ends), default=None)
    return None if last and last < first else _Day(first, again, last)


def _event(found: FoundFact, deadline: Deadline, day: _Day, made_at: datetime, wanted: Language) -> Event:
    document = found.document
    event = Event()
    event.add("dtstamp", made_at)
    event.add("dtstart", day.first)
    if day.again:
        event.add("rrule", day.again.rule(day.last))
    title = document.title or document.source
    told = translated(RELATIONS[FactKind.DEADLINE][deadline.relation], wanted)
    if deadline.relation == "expiry":
        told = translated(_ENDS, wanted)
    if document.standing(made_at.date()) in _OVER:
        told += f"（{translated(document.standing_label(made_at.date()), wanted)}）"
    event.add("summary", f"{told}：{title}")
    days = "—".join(filter(None, (deadline.first_day, deadline.last_day)))
    place = " › ".join(found.passage.section)
    event.add("description", "\n".join(filter(None, (days, found.fact.quote, place, document.source))))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(found: FoundFact, deadline: Deadline) -> str:
    """A name that stays when the file is read again or the day corrected: calendars then move the day."""
    named = [found.document.source, found.fact.quote, deadline.relation, *texts_of(found.fact.read).values()]
    return f"{hashlib.sha256(chr(31).join(named).encode()).hexdigest()[:32]}@policy-assistant"
