"""Which document replaces which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument, Status


def resolve(documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """Mark the documents that others of the library repeal.

    Args:
        documents: each with the titles or document numbers that it repeals.

    Returns:
        The same documents in the same order; a repealed one is superseded by the one that names it.
    """
    known = list(documents)
    repealed = {_key(name): document.id for document in known for name in document.repeals if _key(name)}
    return [_marked(document, repealed) for document in known]


def _marked(document: PolicyDocument, repealed: dict[str, str]) -> PolicyDocument:
    for name in (document.document_number, document.title):
        successor = repealed.get(_key(name), "")
        if successor and successor != document.id:
            return replace(document, status=Status.SUPERSEDED, superseded_by=successor)
    return document


def _key(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
