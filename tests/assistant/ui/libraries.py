"""Small libraries for the page, written without reading files."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.ui.samples import document, passage
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument


def fill(folder: Path, text: str, **fields: object) -> LibrarySettings:
    """Put one document of one passage into the library of a data folder."""
    settings = LibrarySettings(policy_data_dir=folder)
    parsed = ParsedDocument(document(**fields), text, (passage(text, start=0, end=len(text)),))
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed)
    return settings
