"""Libraries in folders that cannot be written, as a published copy is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory


def is_read_only(folder: Path) -> bool:
    """Say whether a folder is there and nothing can be written into it."""
    return folder.is_dir() and not os.access(folder, os.W_OK)


def linked(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder that can be written, with links to the files of one that cannot.

    Args:
        folder: with files alone in it.
    """
    place = TemporaryDirectory(prefix="policy-")
    for file in folder.iterdir():
        if not file.name.endswith(".lock"):
            (Path(place.name) / file.name).symlink_to(file.resolve())
    return place


def copied(folder: Path) -> TemporaryDirectory[str]:
    """Return a copy of a folder that can be written."""
    place = TemporaryDirectory(prefix="policy-")
    for file in folder.rglob("*"):
        target = Path(place.name) / file.relative_to(folder)
        if file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return place
