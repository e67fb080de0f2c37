"""Small libraries for the page, written without reading files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tests.assistant.ui.samples import document, passage
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument


def fill(folder: Path, text: str, **fields: object) -> LibrarySettings:
    """Put one document of one passage into the library of a data folder."""
    return fill_with(
        folder, [ParsedDocument(document(**fields), text, (passage(text, start=0, end=len(text)),))]
    )


def fill_with(folder: Path, documents: Iterable[ParsedDocument]) -> LibrarySettings:
    """Put documents into the library of a data folder."""
    settings = LibrarySettings(policy_data_dir=folder)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        for parsed in documents:
            writer.put(parsed)
    return settings


def named(name: str, text: str, *, page: int | None = None, **fields: object) -> ParsedDocument:
    """Return a document of one passage that shares its name with no other.

    Args:
        name: its id, and the file's name unless the fields say otherwise.
        text: all of it.
        page: that it stands on.
        fields: what else is known of the document.
    """
    digest = hashlib.sha256(name.encode()).hexdigest()
    known = document(**{"id": name, "source": f"{name}.txt", "content_hash": digest, **fields})
    only = passage(text, id=f"{name}:00000", document_id=name, page=page, start=0, end=len(text))
    return ParsedDocument(known, text, (only,))
