"""Markdown: read as text, since its marks are often noise that only the numbering can put right."""

from __future__ import annotations

from ingest.loaders import LoadedText, decoding, text


def recognises(data: bytes, name: str) -> bool:
    """Take the name's word for it, as the marks themselves also stand in plain text."""
    return name.lower().endswith((".md", ".markdown")) and decoding.recognises(data, name)


def load(data: bytes, name: str) -> LoadedText:
    """Read Markdown as lines; `ingest.lines` understands its marks wherever they occur.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes.
    """
    del name
    return text.read_text(decoding.decode(data), "md")
