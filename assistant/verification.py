"""Statements that people bring, held against the library or against a text that comes with them."""

from __future__ import annotations

from assistant.grounding import Grounding, ground
from assistant.types import Hit
from vectorstore.types import Passage, PassageKind, PolicyDocument


def ground_in_text(statement: str, text: str, title: str = "") -> Grounding:
    """Hold a sentence against a text that is not of the library.

    Args:
        statement: one sentence without marks.
        text: what it is held against.
        title: the title of the document that the text is from, or "".
    """
    return ground(statement, [hit_of(text, title)])


def hit_of(text: str, title: str = "") -> Hit:
    """Return a text that is not of the library as a passage found."""
    document = PolicyDocument(id="given", source="", content_hash="", title=title)
    passage = Passage(
        id="given:00000",
        document_id=document.id,
        ordinal=0,
        section=(),
        kind=PassageKind.TEXT,
        text=text,
        page=None,
        start=0,
        end=len(text),
    )
    return Hit(passage, document, 0.0)
