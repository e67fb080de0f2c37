"""Reading files: one loader a format, found by what the bytes are rather than by the name alone.

A loader is a module of this folder with two functions::

    def recognises(data: bytes, name: str) -> bool   # a cheap look at the bytes; the name only breaks ties
    def load(data: bytes, name: str) -> LoadedText   # raises UnreadableFileError with a one-line reason

and one line in `_LOADERS` below, from the most to the least particular: the first that recognises the bytes
reads them. Plain text comes last, since anything can pass for it. The endings that are worth opening when a
folder is read stand in `_SUFFIXES`.

A loader hands over one of two things:

- `text`, where the format knows only characters and lines (plain text, Markdown, a PDF's text layer, OCR):
  lines end in a line feed, pages are parted by a form feed. Cleaning and `ingest.lines` make blocks of it.
- `blocks` (see `ingest.blocks`), where the format knows structure (Word, web pages, spreadsheets): headings
  with the level their style gives, paragraphs with their bold lead, tables with header rows, notes with the
  text they are anchored to, page breaks. Words are given as they stand; cleaning works on each block's text.

Nothing downstream asks where blocks came from: numbering, boxes, leads and captions are understood alike.

A file that holds several documents (an archive, an export with one record a line) is a container: a module
with `recognises` and `members`, and one line in `_CONTAINERS`. Each member becomes a document of its own,
called FILE#MEMBER, and is read by the loader that recognises its bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, cast

from ingest.blocks import Block
from vectorstore.errors import UnreadableFileError
from vectorstore.types import DocumentKind, Period, Status


@dataclass(frozen=True, slots=True)
class Given:
    """What a record's columns or a file's properties say; it goes before what the text says.

    Attributes:
        headline: the title that a web page states beside its text; the text's own goes before it where it
            holds it.
        site: the name of the site that a web page belongs to.
        source: whom a web page has its text from.
        days: what they say of validity, in words: effective_on, expires_on, valid_for.
    """

    title: str = ""
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    region: str = ""
    period: Period = field(default_factory=Period)
    kind: DocumentKind = DocumentKind.UNKNOWN
    status: Status | None = None
    headline: str = ""
    site: str = ""
    source: str = ""
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoadedText:
    """What a loader makes of a file: either text or blocks.

    Attributes:
        format: short name of the format, such as "txt" or "docx".
        text: lines and form feeds, where the format has no structure of its own.
        blocks: the pieces in reading order, where it has.
        given: what the file's properties or record say about the document.
        unread: what could not be read of it, and why, for the person who checks.
    """

    format: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    given: Given = field(default_factory=Given)
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a container.

    Attributes:
        name: what it is called inside.
        data: its bytes.
        refused: why it cannot be ingested, or "".
    """

    name: str
    data: bytes
    refused: str = ""


class Loader(Protocol):
    """What a module that reads documents offers."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Whether the bytes are of this format."""

    def load(self, data: bytes, name: str) -> LoadedText:
        """Read the bytes."""


class Container(Protocol):
    """What a module that takes files apart offers."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Whether the bytes are of this format."""

    def members(self, data: bytes, name: str) -> Iterator[Member]:
        """The documents inside, in their order."""


_LOADERS: tuple[str, ...] = (
    "ingest.loaders.pdf",
    "ingest.loaders.docx",
    "ingest.loaders.spreadsheet",
    "ingest.loaders.ofd",
    "ingest.loaders.epub",
    "ingest.loaders.office",
    "ingest.loaders.ocr",
    "ingest.loaders.record",
    "ingest.loaders.mht",
    "ingest.loaders.html",
    "ingest.loaders.markdown",
    "ingest.loaders.text",
)
_CONTAINERS: tuple[str, ...] = ("ingest.loaders.archive", "ingest.loaders.records")
_SUFFIXES = frozenset((
    ".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".jsonl", ".ndjson", ".html", ".htm",
    ".xhtml", ".mht", ".mhtml", ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pdf", ".ofd", ".epub", ".zip",
    ".doc", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
))  # fmt: skip


def is_supported(name: str) -> bool:
    """Return whether a file of this name is worth opening when a folder is read."""
    return "." + name.rpartition(".")[2].lower() in _SUFFIXES


def members(data: bytes, name: str) -> Iterator[Member] | None:
    """Take a container apart.

    Args:
        data: the whole file.
        name: its name, used only where the bytes leave a choice.

    Returns:
        Its members, or None where the file is a document itself.

    Raises:
        UnreadableFileError: the container is broken or beyond the limits.
    """
    for module in _CONTAINERS:
        container = cast(Container, importlib.import_module(module))
        if container.recognises(data, name):
            return container.members(data, name)
    return None


def load(data: bytes, name: str) -> LoadedText:
    """Read a file's bytes with the first loader that recognises them.

    Args:
        data: the whole file.
        name: its name, used only where the bytes leave a choice.

    Returns:
        Its text or blocks, not yet cleaned.

    Raises:
        UnreadableFileError: empty, or in no format that can be read.
    """
    if not data.strip():
        raise UnreadableFileError("文件是空的，没有可收录的文字")
    for module in _LOADERS:
        loader = cast(Loader, importlib.import_module(module))
        if loader.recognises(data, name):
            return loader.load(data, name)
    raise UnreadableFileError("不是文本文件，也不是能识别的文档格式；请另存为 .docx、.pdf 或 .txt 后再试")
