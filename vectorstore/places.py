"""Where the parts of a library are, and how a published part is told from a working copy.

Each index lives in a numbered folder, and the catalogue names the number that counts. A folder that readers
use is never changed in place where a kill could break it: the vectors are changed in a copy.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vectorstore.errors import LibraryError
from vectorstore.failures import storage_reason
from vectorstore.languages.language import own_words
from vectorstore.settings import LibrarySettings


def keyword_folder(settings: LibrarySettings, number: str) -> Path:
    """Return the folder of a keyword index."""
    return settings.policy_data_dir / "keywords" / number


def vector_folder(settings: LibrarySettings, number: str) -> Path:
    """Return the folder of an embedded Chroma."""
    return settings.policy_data_dir / "chroma" / number


def following(number: str) -> str:
    """Return the number after this one."""
    return str(int(number) + 1)


def fork(source: Path, target: Path) -> None:
    """Copy an embedded Chroma that readers may be using.

    Args:
        source: its folder; where there is none, the copy is empty.
        target: the copy; what is left there of an interrupted one is thrown away.
    """
    with _explained(target):
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    if not source.exists():
        target.mkdir(parents=True)
        return
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for database in source.glob("*.sqlite3"):
        # Opening Chroma writes a little into its database; SQLite's own copy waits for that to end.
        with (
            closing(sqlite3.connect(database)) as old,
            closing(sqlite3.connect(target / database.name)) as new,
        ):
            old.backup(new)


def flush_to_disk(folder: Path) -> None:
    """Make a folder survive a power cut, so that the catalogue may name it."""
    with _explained(folder):
        for path in (folder, *folder.rglob("*")):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def sweep(settings: LibrarySettings, keywords: Collection[str], vectors: Collection[str]) -> None:
    """Throw away the folders of indexes that nobody can be using.

    Args:
        settings: where the library is.
        keywords: numbers of the keyword indexes to keep.
        vectors: numbers of the embedded Chromas to keep.
    """
    for kind, kept in (("keywords", keywords), ("chroma", vectors)):
        for folder in (settings.policy_data_dir / kind).glob("[0-9]*"):
            if folder.name not in kept:
                shutil.rmtree(folder)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = storage_reason(error, folder) or own_words("无法写入，请运行 policy-assistant doctor")
        raise LibraryError(f"向量库 {folder} {reason}") from error
