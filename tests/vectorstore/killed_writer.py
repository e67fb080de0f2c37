"""Writes to a library until it is killed; run as a program by the fault tests.

    python -m tests.vectorstore.killed_writer FOLDER VERSION MOMENT CALL

It announces on standard output what is acknowledged (`stored 3 17`: source 3 has version 17), and, where a
moment is named, the instant before that moment's call of the given number.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vectorstore.samples import versioned
from vectorstore import session
from vectorstore.catalogue import Catalogue
from vectorstore.keywords import KeywordWriter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.vector_writer import VectorWriter
from vectorstore.vectors import VectorStore

MOMENTS: dict[str, tuple[type, str]] = {
    "catalogue commit": (Catalogue, "store"),
    "publication": (Catalogue, "state"),
    "purge": (Catalogue, "purge"),
    "keyword commit": (KeywordWriter, "commit"),
    "chroma add": (VectorStore, "add"),
    "chroma copy": (VectorWriter, "open"),
    "chroma seal": (VectorWriter, "seal"),
}
SOURCES = 8


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201


def announce(moment: str, call: int) -> None:
    """Say when a moment begins, and let it go on."""
    owner, name = MOMENTS[moment]
    original: Callable[..., Any] = getattr(owner, name)
    calls = iter(range(1, 1_000_000))

    def announced(*arguments: Any, **options: Any) -> Any:
        if next(calls) == call:
            say("now")
        return original(*arguments, **options)

    setattr(owner, name, announced)


def main(folder: str, first: int, moment: str, call: int) -> None:
    """Put new versions of all sources, two to a block, for ever."""
    if moment in MOMENTS:
        announce(moment, call)
    # Deleting for good is a moment like others, so that it comes at once.
    session.GRACE_SECONDS = 0.0
    with PolicyLibrary.open(LibrarySettings.in_folder(Path(folder))) as library:
        say("ready")
        for version in range(first, first + 1_000):
            for start in range(0, SOURCES, 2):
                with library.write() as writer:
                    for source in (start, start + 1):
                        writer.put(versioned(source, version))
                        writer.flush()
                        say("stored", source, version)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
