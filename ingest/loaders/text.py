"""Plain text, with or without front matter."""

from __future__ import annotations

from ingest.loaders import LoadedText
from ingest.loaders.decoding import decode, recognises

__all__ = ["load", "read_text", "recognises"]


def load(data: bytes, name: str) -> LoadedText:
    """Read plain text.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes.
    """
    del name
    return read_text(decode(data), "txt")


def read_text(words: str, format_name: str) -> LoadedText:
    """Return a text as it is read, what stands above it to describe it parted from it.

    Args:
        words: the whole text.
        format_name: short name of the format.
    """
    # Front matter asks for the names of fields and offices, which only whole texts need.
    from ingest.loaders import front_matter

    given, body = front_matter.part(words)
    return LoadedText(format=format_name, text=body, given=given)
