"""A document that was read again, with readers that understand more than those before."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from vectorstore.types import ParsedDocument, Passage


def reread(stored: ParsedDocument, parsed: ParsedDocument) -> ParsedDocument | None:
    """Return what takes the place of a stored document of the same content.

    Readers go on seeing the stored one until the new one is complete, so the new one needs an id of its own:
    the hash of all that was understood. The name that corrections belong to stays.

    Args:
        stored: the document as the library holds it.
        parsed: the document as it is understood now.

    Returns:
        The new document, or None where it is understood as before.
    """
    before = stored.document
    as_before = replace(parsed.document, source=before.source, ingested_at=before.ingested_at)
    now = _under(before.id, replace(parsed, document=as_before))
    if now == stored:
        return None
    new = renewed(now)
    return replace(new, document=replace(new.document, ingested_at=parsed.document.ingested_at))


def renewed(now: ParsedDocument, before: str = "") -> ParsedDocument:
    """Return a document under an id of its own, beside one of the same content.

    Args:
        now: the document as it is understood now.
        before: id of the one beside it, where that may be understood just so.
    """
    return _under(hashlib.sha256((before + repr(now)).encode()).hexdigest()[:16], now)


def _under(document_id: str, parsed: ParsedDocument) -> ParsedDocument:
    passages = tuple(_passage_under(document_id, passage) for passage in parsed.passages)
    return replace(parsed, document=replace(parsed.document, id=document_id), passages=passages)


def _passage_under(document_id: str, passage: Passage) -> Passage:
    own, previous, following = (
        f"{document_id}:{known.rpartition(':')[2]}" if known else ""
        for known in (passage.id, passage.previous, passage.next)
    )
    return replace(passage, id=own, document_id=document_id, previous=previous, next=following)
