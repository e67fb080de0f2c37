"""Which document replaces which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument, Status

_ISSUES = re.compile(r"关于(?:印发|发布|公布|颁布)(.+)的(?:通知|公告|决定)$")


def resolve(documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """Mark the documents that others of the library repeal.

    Args:
        documents: each with the titles or document numbers that it repeals.

    Returns:
        The same documents in the same order; a repealed one is superseded by the first of those that name it.
    """
    known = list(documents)
    repealing: dict[str, list[PolicyDocument]] = {}
    for document in known:
        for key in filter(None, map(_key, document.repeals)):
            repealing.setdefault(key, []).append(document)
    return [_marked(document, repealing) for document in known]


def _marked(document: PolicyDocument, repealing: Mapping[str, list[PolicyDocument]]) -> PolicyDocument:
    issued = _ISSUES.search(fold(document.title))
    names = (document.document_number, document.title, issued.group(1) if issued else "")
    later = [
        other for name in names for other in repealing.get(_key(name), ()) if _may_replace(other, document)
    ]
    if not later:
        return document
    successor = min(later, key=lambda other: other.issued_on or date.max)
    return replace(document, status=Status.SUPERSEDED, superseded_by=successor.id)


def _may_replace(other: PolicyDocument, document: PolicyDocument) -> bool:
    """Whether a document that names another, perhaps by the title they share, can mean it: no later one."""
    if other.id == document.id:
        return False
    return not (other.issued_on and document.issued_on and other.issued_on < document.issued_on)


def _key(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
