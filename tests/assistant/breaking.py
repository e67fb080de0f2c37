"""A library that cannot be read for a while, and can again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unreadable(folder: Path) -> Iterator[None]:
    """Let another file stand where the catalogue is, for the length of the block."""
    files = [file for file in folder.glob("catalogue.sqlite*") if file.is_file()]
    for file in files:
        file.rename(file.with_name(f"aside-{file.name}"))
    broken = folder / "catalogue.sqlite"
    broken.write_bytes(b"no database " * 1000)
    yield
    for left in folder.glob("catalogue.sqlite*"):
        left.unlink()
    for file in files:
        file.with_name(f"aside-{file.name}").rename(file)
