"""Facts as JSON, for the command line and the HTTP service alike."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from vectorstore.facts import Deadline, Indicator, Reference, Statement
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.types import PolicyDocument, Status


def fact_record(found: FoundFact, ledger: Ledger) -> dict[str, Any]:
    """Return a fact as JSON.

    Args:
        found: the fact.
        ledger: tells which document of the library a reference means.
    """
    fact, document = found.fact, found.document
    record = {"kind": fact.kind.value, **_fields(fact.statement)}
    if isinstance(fact.statement, Reference):
        record |= _target(fact.statement, ledger, document)
    if isinstance(fact.statement, Indicator):
        record["disputed"] = found.disputed
    return record | {
        "corrected": fact.original is not None,
        "original": _fields(fact.original) if fact.original else None,
        "rejected": fact.rejected,
        "document": document.source,
        "document_id": document.id,
        "title": document.title,
        "section": list(found.passage.section),
        "page": found.passage.page,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
    }


def facts_record(ledger: Ledger, wanted: FactFilter, offset: int, limit: int) -> dict[str, Any]:
    """Return a part of the facts wanted as JSON, with how many there are and how many documents have none.

    Args:
        ledger: where they are.
        wanted: which ones.
        offset: how many of them to pass over.
        limit: most to return.
    """
    found = ledger.facts(wanted, offset, limit)
    return {
        "total": ledger.count(wanted),
        "facts": [fact_record(one, ledger) for one in found],
        "unread": [{"document_id": key, "reason": reason} for key, reason in ledger.unread.items()],
    }


def is_repealed_basis(reference: Reference, target: PolicyDocument | None) -> bool:
    """Return whether a document rests on one that another has replaced."""
    return reference.relation == "basis" and target is not None and target.status is Status.SUPERSEDED


def _fields(statement: Statement) -> dict[str, Any]:
    if isinstance(statement, Indicator):
        fields = asdict(statement)
        name, until, _ = fields.pop("name"), fields.pop("until"), fields.pop("named")
        return {
            "region": fields.pop("region"),
            "indicator": name,
            **fields,
            "period": [statement.year, until] if until else None,
            "year": None if until else statement.year,
        }
    if isinstance(statement, Deadline):
        days = {"first_day": statement.first_day or None, "last_day": statement.last_day or None}
        return asdict(statement) | days
    return asdict(statement)


def _target(reference: Reference, ledger: Ledger, by: PolicyDocument) -> dict[str, Any]:
    target = ledger.named(reference, by)
    return {
        "target": target.source if target else None,
        "target_id": target.id if target else None,
        "missing": target is None,
        "repealed": is_repealed_basis(reference, target),
    }
