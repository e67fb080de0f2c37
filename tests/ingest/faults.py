"""Small files that were once read wrongly, each of one kind of fault."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "data" / "faults"


def fault(name: str) -> bytes:
    """The bytes of such a file."""
    return (_FOLDER / name).read_bytes()
