"""Marks of the staff on citations: whether a quote really proves its statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select

from assistant.proof.statements import statements
from assistant.records.history import in_utc
from assistant.records.stored_answers import new_id, plain
from assistant.types import Answer, Citation
from vectorstore.languages.language import own_words
from vectorstore.records import Records
from vectorstore.segmentation import fold
from vectorstore.tables import citation_marks

_REMARK_CHARS = 500


class Decision(StrEnum):
    """What was found of a citation."""

    CHECKED = "checked"
    WRONG = "wrong"
    WITHDRAWN = "withdrawn"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {Decision.CHECKED: "已核对", Decision.WRONG: "有误", Decision.WITHDRAWN: "已撤回核对"}[self]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one person found of a citation.

    Attributes:
        decision: what was found.
        remark: in that person's words.
        marked_by: who; "" where nobody signs in.
        at: when, in UTC.
    """

    decision: Decision
    remark: str
    marked_by: str
    at: datetime


class SignOff:
    """Keeps every mark; the last one of a citation counts.

    Args:
        records: where they are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def mark(
        self, marked_by: str, answer: Answer, citation: Citation, decision: Decision, remark: str = ""
    ) -> Mark:
        """Mark a citation of an answer.

        Args:
            marked_by: who marks it.
            answer: the answer that cites.
            citation: one of its citations.
            decision: what was found; WITHDRAWN takes an earlier mark back, which stays in its history.
            remark: why.
        """
        made = Mark(decision, plain(remark).strip()[:_REMARK_CHARS], marked_by, datetime.now(UTC))
        row = {
            "id": new_id(),
            "proof": proof_of(answer, citation),
            "at": made.at,
            "verdict": decision.value,
            "remark": made.remark,
            "marked_by": marked_by,
            "document_id": citation.document.id,
        }
        with self._records.writing() as connection:
            connection.execute(insert(citation_marks).values(**row))
        return made

    def history(self, answer: Answer, citation: Citation) -> tuple[Mark, ...]:
        """Return all marks of a citation, the oldest first."""
        return self._marks([proof_of(answer, citation)]).get(proof_of(answer, citation), ())

    def marks(self, answer: Answer) -> dict[int, Mark]:
        """Return the mark that counts of each citation of an answer that has one, by its number."""
        proofs = {citation.number: proof_of(answer, citation) for citation in answer.citations}
        known = self._marks(proofs.values())
        last = {number: known[proof][-1] for number, proof in proofs.items() if proof in known}
        return {number: mark for number, mark in last.items() if mark.decision is not Decision.WITHDRAWN}

    def _marks(self, proofs: Iterable[str]) -> dict[str, tuple[Mark, ...]]:
        query = (
            select(citation_marks)
            .where(citation_marks.c.proof.in_(list(proofs)))
            .order_by(citation_marks.c.at)
        )
        found: dict[str, tuple[Mark, ...]] = {}
        with self._records.reading() as connection:
            for row in connection.execute(query):
                found[row.proof] = (*found.get(row.proof, ()), _mark(row))
        return found


def proof_of(answer: Answer, citation: Citation) -> str:
    """Return what is marked: these words of this version of a document as proof of these statements.

    The same statement with the same quote is the same proof in everybody's answers, so it is checked once;
    another statement with that quote, or another version of the document, is not checked by it.

    Args:
        answer: the answer that cites.
        citation: one of its citations.
    """
    stated = [
        fold(statement.text) for statement in statements(answer.text) if citation.number in statement.numbers
    ]
    parts = [citation.document.id, str(citation.start), str(citation.end), citation.quote, *stated]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _mark(row: Row[Any]) -> Mark:
    return Mark(Decision(row.verdict), row.remark, row.marked_by, in_utc(row.at))
