"""What a writer has been given and not stored yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vectorstore.preparing import Prepared
from vectorstore.types import ParsedDocument


@dataclass(slots=True)
class Batch:
    """Documents that come and go together.

    Attributes:
        new: id → document that comes.
        prepared: id → what was worked out for it, where something was.
        removed: ids of stored documents that go.
    """

    new: dict[str, ParsedDocument] = field(default_factory=dict)
    prepared: dict[str, Prepared] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.removed)

    @property
    def passages(self) -> int:
        """How many passages come."""
        return sum(len(parsed.passages) for parsed in self.new.values())

    def add(self, parsed: ParsedDocument, prepared: Prepared | None) -> None:
        """Let a document come."""
        self.new[parsed.document.id] = parsed
        if prepared:
            self.prepared[parsed.document.id] = prepared

    def rename(self, document_id: str, source: str) -> None:
        """Let a document that comes be known by another of the files that hold it."""
        parsed = self.new[document_id]
        self.new[document_id] = replace(parsed, document=replace(parsed.document, source=source))

    def remove(self, document_id: str) -> None:
        """Let a document go; one that only waits does not come."""
        self.prepared.pop(document_id, None)
        if self.new.pop(document_id, None) is None:
            self.removed.append(document_id)
