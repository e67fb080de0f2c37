"""Which documents of the library want an administrator's look: their time is over, or soon will be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from assistant.understanding.endings import SOON_DAYS
from vectorstore.languages.language import own_words
from vectorstore.types import PolicyDocument, Status

SOON = timedelta(days=SOON_DAYS)


class Ending(StrEnum):
    """What has become of a document's time."""

    SOON = "soon"
    OVER = "over"
    REPLACED = "replaced"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {Ending.SOON: "即将到期", Ending.OVER: "已到期", Ending.REPLACED: "已废止"}[self]


def ending_of(document: PolicyDocument, today: date) -> Ending | None:
    """Return what has become of a document's time by a day; None where it goes on, or has no end."""
    standing, end = document.standing(today), document.last_day
    if standing is Status.SUPERSEDED:
        return Ending.REPLACED
    if standing is Status.EXPIRED:
        return Ending.OVER
    applies = standing in (Status.IN_FORCE, Status.UNKNOWN)
    return Ending.SOON if applies and end is not None and today <= end <= today + SOON else None


def expired(documents: Iterable[PolicyDocument], today: date) -> tuple[PolicyDocument, ...]:
    """Return the documents whose time is over on a day, those that ended last first; then those replaced."""
    past = (Ending.OVER, Ending.REPLACED)
    over = [(ending, one) for one in documents if (ending := ending_of(one, today)) in past]
    over.sort(key=lambda found: found[1].last_day or date.min, reverse=True)
    return tuple(one for kind in past for ending, one in over if ending is kind)


def expiring(documents: Iterable[PolicyDocument], today: date) -> tuple[PolicyDocument, ...]:
    """Return the documents that still apply on a day and end within 90 days of it, the next to end first."""
    soon = [document for document in documents if ending_of(document, today) is Ending.SOON]
    return tuple(sorted(soon, key=lambda document: document.last_day or date.max))
