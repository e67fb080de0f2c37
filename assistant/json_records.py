"""Answers and passages as JSON, for the command line and the HTTP service alike."""

from __future__ import annotations

from typing import Any

from assistant.checked_sentence import CheckedSentence
from assistant.types import CheckedStatement, Citation, Hit


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return a citation as JSON."""
    return {
        "number": citation.number,
        "document": citation.document.source,
        "document_id": citation.document.id,
        "title": citation.document.title,
        "status": citation.standing.value,
        "section": list(citation.passage.section),
        "label": citation.label,
        "page": citation.passage.page,
        "kind": citation.passage.kind.value,
        "quote": citation.quote,
        "passage": citation.passage.text,
        "start": citation.start,
        "end": citation.end,
        "supported": citation.supported,
    }


def statement_record(statement: CheckedStatement) -> dict[str, Any]:
    """Return a checked sentence as JSON."""
    return {
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "numbers": list(statement.numbers),
        "verdict": statement.verdict.value,
        "reason": statement.reason,
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a found passage as JSON."""
    return {
        "document": hit.document.source,
        "document_id": hit.document.id,
        "title": hit.document.title,
        "section": list(hit.passage.section),
        "kind": hit.passage.kind.value,
        "page": hit.passage.page,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }


def checked_record(sentence: CheckedSentence) -> dict[str, Any]:
    """Return a checked sentence of a draft as JSON."""
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "finding": sentence.finding.value,
        "verdict": sentence.finding.verdict.value,
        "reason": sentence.reason,
        "suggestion": sentence.suggestion,
        "citations": [citation_record(citation) for citation in sentence.citations],
    }
