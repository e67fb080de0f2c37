"""Deadlines as a calendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from icalendar import Calendar, Event

from assistant.ledger.cells import RELATIONS
from vectorstore.facts import Deadline, FactKind
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language
from vectorstore.ledger import FoundFact
from vectorstore.revising import texts_of

_NAME = "-//policy-assistant//ledger//ZH"


def ics_of(rows: Iterable[FoundFact], made_at: datetime, wanted: Language = Language.SIMPLIFIED) -> bytes:
    """Return deadlines as whole days of a calendar, each at its last day, with the words that prove it.

    What is counted from another day has no day of its own and is left out.

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
        if isinstance(statement, Deadline) and statement.day:
            # One sentence that a document repeats is one day to note.
            events.setdefault(_uid(found, statement), _event(found, statement, made_at, wanted))
    for uid, event in events.items():
        event.add("uid", uid)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(found: FoundFact, deadline: Deadline, made_at: datetime, wanted: Language) -> Event:
    document = found.document
    event = Event()
    event.add("dtstamp", made_at)
    event.add("dtstart", date.fromisoformat(deadline.day))
    title = document.title or document.source
    told = translated(RELATIONS[FactKind.DEADLINE][deadline.relation], wanted)
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
