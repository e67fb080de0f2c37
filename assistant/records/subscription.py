"""What a subscription is made of, also as rows of the catalogue's database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from assistant.records.history import in_utc
from assistant.subscribing.watched import Change, Proof, Watched

State = tuple[str, int]
"""Which library it is, and its generation."""


@dataclass(frozen=True, slots=True)
class Report:
    """What changed at one time.

    Attributes:
        id: unguessable, hexadecimal.
        at: when it was found, in UTC.
        generation: of the library that it was found in.
        read: whether its owner has seen it.
        changes: at least one.
    """

    id: str
    at: datetime
    generation: int
    read: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """Something that is asked again.

    Attributes:
        id: unguessable.
        owner: whose it is; "" where nobody signs in.
        watched: what is asked.
        made_at: when, in UTC.
        paused: whether it is not asked for now.
        state: the library and its generation that it was last asked of.
        day: whose standings counted then.
        checked_at: when it was last asked, in UTC.
        proofs: what was proved then.
        problem: why it could not be asked again since, or "".
        reports: what changed, the newest first.
    """

    id: str
    owner: str
    watched: Watched
    made_at: datetime
    paused: bool
    state: State
    day: date
    checked_at: datetime
    proofs: tuple[Proof, ...]
    problem: str
    reports: tuple[Report, ...] = ()

    @property
    def unread(self) -> int:
        """How many of its reports nobody has seen yet."""
        return sum(not report.read for report in self.reports)

    def only(self, shows: Callable[[Proof], bool]) -> Subscription:
        """Return the same without what some proofs prove, and without reports of which nothing is left.

        Args:
            shows: whether a proof may stay.
        """
        reports = [
            replace(one, changes=tuple(filter(partial(_stays, shows), one.changes))) for one in self.reports
        ]
        proofs = tuple(filter(shows, self.proofs))
        return replace(self, proofs=proofs, reports=tuple(one for one in reports if one.changes))

    @property
    def touched_at(self) -> datetime:
        """When something last changed, or else when it was made."""
        return self.reports[0].at if self.reports else self.made_at


@dataclass(frozen=True, slots=True)
class Found:
    """What asking gave.

    Attributes:
        state: the library and its generation.
        day: whose standings counted.
        proofs: what is proved.
    """

    state: State
    day: date
    proofs: tuple[Proof, ...]


def _stays(shows: Callable[[Proof], bool], change: Change) -> bool:
    return all(side is None or shows(side) for side in (change.before, change.after))


def columns(found: Found) -> dict[str, Any]:
    """Return what asking gave as columns of its row."""
    proofs = _proofs().dump_python(found.proofs, mode="json")
    library, generation = found.state
    return {"library": library, "generation": generation, "day": found.day, "proofs": proofs, "problem": ""}


def to_subscription(row: Row[Any], reports: tuple[Report, ...] = ()) -> Subscription:
    """Return the subscription of a row, with what changed in it."""
    return Subscription(
        row.id,
        row.owner,
        watched_of(row.watched),
        in_utc(row.made_at),
        row.paused,
        (row.library, row.generation),
        row.day,
        in_utc(row.checked_at),
        _proofs().validate_python(row.proofs),
        row.problem,
        reports,
    )


def to_report(row: Row[Any]) -> Report:
    """Return the report of a row."""
    return Report(row.id, in_utc(row.at), row.generation, row.read, _changes().validate_python(row.changes))


def watched_of(kept: object) -> Watched:
    """Return what is asked, from its JSON."""
    return _watched().validate_python(kept)


def changes_record(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return changes as JSON."""
    kept: list[dict[str, Any]] = _changes().dump_python(tuple(changes), mode="json")
    return kept


def watched_record(watched: Watched) -> dict[str, Any]:
    """Return what is asked as JSON."""
    kept: dict[str, Any] = _watched().dump_python(watched, mode="json")
    return kept


@lru_cache(maxsize=1)
def _watched() -> TypeAdapter[Watched]:
    return TypeAdapter(Watched)


@lru_cache(maxsize=1)
def _proofs() -> TypeAdapter[tuple[Proof, ...]]:
    return TypeAdapter(tuple[Proof, ...])


@lru_cache(maxsize=1)
def _changes() -> TypeAdapter[tuple[Change, ...]]:
    return TypeAdapter(tuple[Change, ...])
