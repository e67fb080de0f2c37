"""Facts as rows of the catalogue, and back."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from vectorstore.facts import KINDS, Deadline, Fact, FactKind, Indicator, Statement, ValueKind

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
    first, last = _years(statement)
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "kind": fact.kind.value,
        "region": figure.region if figure else region,
        "name": figure.normal_name if figure else "",
        "year": first,
        "until": last,
        "value_kind": figure.value_kind.value if figure else "",
        "claim": _number(figure.claim) if figure else None,
        "amount": _number(figure.normal_value) if figure else None,
        "statement": {name: getattr(statement, name) for name in _FIELDS[type(statement)]},
        "passage": fact.passage,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
    }


def _number(text: str) -> int:
    """A number that stands for a text: much quicker to group by."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


def to_fact(row: Row[Any]) -> Fact:
    """Return the fact of a row."""
    kind = FactKind(row.kind)
    said: dict[str, Any] = {}
    for name, value in row.statement.items():
        said[name] = tuple(value) if isinstance(value, list) else value
    if kind is FactKind.INDICATOR:
        said["value_kind"] = ValueKind(said["value_kind"])
    return Fact(_TYPES[kind](**said), row.passage, row.quote, row.start, row.end)


def _years(statement: Statement) -> tuple[int | None, int | None]:
    """The first and the last year that a statement is about; equal where it is one."""
    if isinstance(statement, Indicator):
        return statement.year, statement.until or statement.year
    if isinstance(statement, Deadline):
        years = [int(day[:4]) for day in (statement.first_day, statement.last_day) if day]
        return (years[0], years[-1]) if years else (None, None)
    return None, None
