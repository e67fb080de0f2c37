"""What pieces of a text were understood as: figures, days, bodies, documents, sums, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.facts import Deadline, Fact, FactKind, Indicator, Measure, Reference, Task
from vectorstore.ledger import FactFilter, Ledger


@dataclass(frozen=True, slots=True)
class Annotation:
    """A piece of a document's text with what it was understood as.

    Attributes:
        start, end: its place in the clean text, in characters.
        kind: of the fact that it belongs to.
        told: the name under which the ledger has it: an indicator's, a body's, a document's, a sum, a day.
        also: what else is known of it, such as the year, or "".
    """

    start: int
    end: int
    kind: FactKind
    told: str
    also: str = ""


def annotated(ledger: Ledger, document: str, text: str, start: int, end: int) -> tuple[Annotation, ...]:
    """Return what was understood in a piece of a document, in the order of the text, none over another.

    Args:
        ledger: what the documents state.
        document: its id.
        text: its clean text.
        start, end: the piece of it, in characters.
    """
    found = [
        one
        for stated in ledger.every(FactFilter(document=document))
        if stated.fact.start < end and start < stated.fact.end
        for one in _of(stated.fact, text)
        if start <= one.start and one.end <= end
    ]
    kept: list[Annotation] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _of(fact: Fact, text: str) -> Iterator[Annotation]:
    statement, told = fact.statement, text[fact.start : fact.end]
    match statement:
        case Indicator():
            kind = f"{statement.year or ''}{statement.value_kind.label}"
            yield from _at(fact, told, statement.value + statement.unit, statement.normal_name, kind)
            yield from _at(fact, told, f"{statement.value} {statement.unit}", statement.normal_name, kind)
        case Reference():
            yield from _at(fact, told, statement.title or statement.document_number, statement.title)
        case Deadline():
            day = statement.last_day or statement.first_day or statement.length
            yield Annotation(fact.start, fact.end, fact.kind, day or told, statement.counted_from)
        case Task():
            for body in (*statement.lead, *statement.partners):
                yield from _at(fact, told, body, body, statement.due)
        case Measure():
            for amount in filter(None, (statement.amount, statement.cap, statement.rate)):
                yield from _at(fact, told, amount, amount, statement.who)


def _at(fact: Fact, told: str, words: str, name: str, also: str = "") -> Iterator[Annotation]:
    """Yield a piece of a fact's words, the last one where they come again: a figure stands at the end."""
    at = told.rfind(words) if words else -1
    if at >= 0:
        start = fact.start + at
        yield Annotation(start, start + len(words), fact.kind, name or words, also)
