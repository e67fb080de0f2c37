"""The day of a question."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """Return the day on which standings are told: that of this machine's place."""
    return datetime.now().astimezone().date()
