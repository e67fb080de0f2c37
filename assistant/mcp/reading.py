"""A document as it is read part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument
from vectorstore.validity import Validity

Outline = tuple[tuple[tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with the part of its text that is read.

    Attributes:
        document: what is known of it.
        text: its whole clean text.
        outline: its headings from the outermost to the nearest, and where what stands under them begins.
        start, end: the part that is read, in characters.
        today: the day on which it is in force or not.
    """

    document: PolicyDocument
    text: str
    outline: Outline
    start: int
    end: int
    today: date

    @property
    def part(self) -> str:
        """The part of the text that is read."""
        return self.text[self.start : self.end]

    def record(self) -> dict[str, Any]:
        """Return it as JSON."""
        document, validity = self.document, self.document.validity or Validity()
        first, last, issued = validity.first_day, validity.last_day, document.issued_on
        return {
            "document": document.source,
            "document_id": document.id,
            "title": document.title,
            "region": document.region,
            "issuer": document.issuer,
            "document_number": document.document_number,
            "issued_on": issued.isoformat() if issued else None,
            "status": document.standing(self.today).value,
            "standing": document.standing_label(self.today),
            "standing_reason": document.standing_reason(self.today),
            "first_day": first.isoformat() if first else None,
            "last_day": last.isoformat() if last else None,
            "superseded_by": document.superseded_by,
            "outline": [{"section": list(path), "start": start} for path, start in self.outline],
            "text": self.part,
            "start": self.start,
            "end": self.end,
            "total": len(self.text),
        }


def read_part(
    library: PolicyLibrary, document: PolicyDocument, offset: int, limit: int, today: date
) -> Reading:
    """Read a part of a document.

    Args:
        library: it is there.
        document: what is read.
        offset: where to begin, in characters; beyond the end nothing is read.
        limit: how many characters to read.
        today: the day on which the document is in force or not.
    """
    text = library.text(document.id)
    places: dict[tuple[str, ...], int] = {}
    for passage in library.passages(document.id):
        if passage.section:
            places.setdefault(passage.section, passage.start)
    start = min(offset, len(text))
    return Reading(document, text, tuple(places.items()), start, min(start + limit, len(text)), today)
