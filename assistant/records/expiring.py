"""Which documents of the library want an administrator's look: their time is over, or soon will be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from assistant.understanding.endings import SOON_DAYS
from vectorstore.types import PolicyDocument, Status

SOON = timedelta(days=SOON_DAYS)


def expired(documents: Iterable[PolicyDocument], today: date) -> tuple[PolicyDocument, ...]:
    """Return the documents whose time is over on a day, those that ended last first."""
    over = [document for document in documents if document.standing(today) is Status.EXPIRED]
    return tuple(sorted(over, key=lambda document: document.last_day or date.min, reverse=True))


def expiring(documents: Iterable[PolicyDocument], today: date) -> tuple[PolicyDocument, ...]:
    """Return the documents that still apply on a day and end within 90 days of it, the next to end first."""
    soon = [
        (end, document)
        for document in documents
        if (end := document.last_day) is not None
        and today <= end <= today + SOON
        and document.standing(today) in (Status.IN_FORCE, Status.UNKNOWN)
    ]
    return tuple(document for _, document in sorted(soon, key=lambda one: one[0]))
