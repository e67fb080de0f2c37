"""Facts as rows of the catalogue, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Row

from vectorstore.fact_order import NO_DAY, rank
from vectorstore.facts import (
    KINDS,
    Deadline,
    Fact,
    FactKind,
    Indicator,
    Reference,
    Statement,
    Task,
    ValueKind,
)

# Their values are plain; `asdict` would copy each of them in turn.
_FIELDS = {statement: tuple(field.name for field in fields(statement)) for statement in KINDS}
_TYPES = {kind: statement for statement, kind in KINDS.items()}


def from_fact(fact: Fact, document_id: str, ordinal: int, region: str) -> dict[str, Any]:
    """Return the row of a fact.

    Args:
        fact: the fact.
        document_id: its document.
        ordinal: its place among the document's facts, from 0.
        region: the document's, for what names none itself.
    """
    statement = fact.statement
    figure = statement if isinstance(statement, Indicator) else None
    # What was rejected contradicts nothing.
    counted = None if fact.rejected else figure
    first, last = _years(statement)
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "kind": fact.kind.value,
        "region": figure.region if figure else region,
        "name": _name(statement),
        "rank": rank(statement),
        "year": first,
        "until": last,
        "variety": _variety(statement),
        "partners": "、".join(statement.partners) if isinstance(statement, Task) else "",
        "claim": _number(counted.claim) if counted else None,
        "amount": _number(counted.normal_value) if counted else None,
        "statement": from_statement(statement),
        "original": from_statement(fact.original) if fact.original else None,
        "rejected": fact.rejected,
        "revision": fact.revision,
        "passage": fact.passage,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
    }


def _name(statement: Statement) -> str:
    if isinstance(statement, Task):
        return "、".join(statement.lead)
    return statement.normal_name if isinstance(statement, Indicator) else ""


def _variety(statement: Statement) -> str:
    if isinstance(statement, Indicator):
        return statement.value_kind.value
    if isinstance(statement, Task):
        return "duty" if statement.duty else "lead"
    return statement.relation if isinstance(statement, Deadline | Reference) else ""


def _number(text: str) -> int:
    """A number that stands for a text: much quicker to group by."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


def to_fact(row: Row[Any]) -> Fact:
    """Return the fact of a row."""
    kind = FactKind(row.kind)
    original = to_statement(kind, row.original) if row.original else None
    statement = to_statement(kind, row.statement)
    place = (row.passage, row.quote, row.start, row.end)
    return Fact(statement, *place, original, row.rejected, row.revision)


def from_statement(statement: Statement) -> dict[str, Any]:
    """Return the fields of a statement as they are stored."""
    return {name: getattr(statement, name) for name in _FIELDS[type(statement)]}


def to_statement(kind: FactKind, fields: Mapping[str, Any]) -> Statement:
    """Return the statement of stored fields."""
    said: dict[str, Any] = {}
    for name, value in fields.items():
        said[name] = tuple(value) if isinstance(value, list) else value
    if kind is FactKind.INDICATOR:
        said["value_kind"] = ValueKind(said["value_kind"])
    return _TYPES[kind](**said)


def _years(statement: Statement) -> tuple[int | None, int | None]:
    """The first and the last year that a statement is about; equal where it is one."""
    if isinstance(statement, Indicator):
        return statement.year, statement.until or statement.year
    if isinstance(statement, Deadline):
        years = [int(day[:4]) for day in (statement.first_day, statement.last_day) if day]
        return (years[0], years[-1]) if years else (None, None)
    if isinstance(statement, Task) and (due := rank(statement)) != NO_DAY:
        year = date.fromordinal(due).year
        return year, year
    return None, None
