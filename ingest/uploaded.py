"""Which documents came over the page: their files are not in a folder that somebody names."""

from __future__ import annotations

from collections.abc import Callable

from ingest.files import find_files
from vectorstore.settings import UPLOADED, LibrarySettings


def uploaded(settings: LibrarySettings) -> Callable[[str], bool]:
    """Return what says of a source name whether it is that of an uploaded file or of a part of one.

    Args:
        settings: where the library is.
    """
    if settings.bucket is not None:
        # The machine that took an upload keeps it no longer than until it is ingested.
        return lambda source: source.startswith(f"{UPLOADED}/")
    found = find_files([settings.uploads]) if settings.uploads.is_dir() else []
    names = {file.source for file in found}
    inside = tuple(f"{name}#" for name in names)
    return lambda source: source in names or source.startswith(inside)
