"""Where the parts of a library are, and how a published part is told from a working copy.

Each index lives in a numbered folder, and the catalogue names the number that counts. A folder that readers
use is never changed in place where a kill could break it: the vectors are changed in a copy.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

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
    for path in (folder, *folder.rglob("*")):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(settings: LibrarySettings, facts: Mapping[str, str], aged: bool) -> None:
    """Throw away the folders that the catalogue does not name.

    Args:
        settings: where the library is.
        facts: name the folders that count.
        aged: whether no reader can still be using the folders before those.
    """
    for kind, part in (("keywords", "keywords"), ("chroma", "vectors")):
        current = int(facts[part])
        for folder in (settings.policy_data_dir / kind).glob("[0-9]*"):
            number = int(folder.name) if folder.name.isdecimal() else current
            if number > current or (aged and number < current):
                shutil.rmtree(folder)
