"""Where the parts of a library are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vectorstore.settings import LibrarySettings


def keyword_folder(settings: LibrarySettings, facts: Mapping[str, str]) -> Path:
    """Return the folder of the keyword index that the catalogue names."""
    return settings.policy_data_dir / "keywords" / facts.get("keywords", "1")


def chroma_place(settings: LibrarySettings) -> Path | str:
    """Return the folder of the embedded Chroma, or the address of the Chroma server."""
    return settings.policy_chroma_url or settings.policy_data_dir / "chroma"
