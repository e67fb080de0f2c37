"""EPUB books (EPUB 3.3 and 2): chapters are web pages, read one after another in the order of the spine."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from ingest.blocks import Block
from ingest.loaders import Given, LoadedText, decoding, html
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.zipped import elements, names_of, open_zip, part_name, read_member, read_part

_ZIP = b"PK\x03\x04"
_ENTRY = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_BROKEN = own_words("EPUB 文件缺少书目或正文，可能已损坏")


def recognises(data: bytes, name: str) -> bool:
    """Tell a book by the part that says where its package is."""
    del name
    return data.startswith(_ZIP) and _ENTRY in names_of(data)


def load(data: bytes, name: str) -> LoadedText:
    """Read the chapters of a book.

    Raises:
        UnreadableFileError: it is broken or protected, or has no text.
    """
    del name
    blocks: list[Block] = []
    unread: list[str] = []
    with open_zip(data) as book:
        place = next(elements(read_part(book, _ENTRY, _BROKEN), "rootfile"), None)
        root = str(place.get("full-path", "")) if place is not None else ""
        package = read_part(book, root, _BROKEN)
        locked = _locked(book)
        for chapter in _spine(package, posixpath.dirname(root)):
            if chapter in locked:
                raise UnreadableFileError("EPUB 文件已加密，请解密后再收录")
            try:
                page = html.read_page(decoding.decode(read_member(book, chapter)))
            except UnreadableFileError as error:
                unread.append(own_words(f"{chapter}：{error}"))
                continue
            blocks += page.blocks
            unread += page.unread
    if not blocks:
        raise UnreadableFileError(_BROKEN)
    title = next(elements(package, "title"), None)
    headline = " ".join((title.text or "").split()) if title is not None else ""
    return LoadedText("epub", blocks=tuple(blocks), given=Given(headline=headline), unread=tuple(unread))


def _spine(package: etree._Element, folder: str) -> Iterator[str]:
    """The parts that are read in order; the table of contents is no chapter."""
    items = {str(item.get("id")): item for item in elements(package, "item")}
    for reference in elements(package, "itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in str(item.get("properties", "")).split():
            yield _place(folder, str(item.get("href", "")))


def _locked(book: zipfile.ZipFile) -> frozenset[str]:
    """The parts that are encrypted (fonts may be, without harm)."""
    name = "META-INF/encryption.xml"
    if name not in book.namelist():
        return frozenset()
    return frozenset(
        _place("", str(place.get("URI", "")))
        for place in elements(read_part(book, name, _BROKEN), "CipherReference")
    )


def _place(folder: str, reference: str) -> str:
    """The part that a reference leads to."""
    return part_name(folder, unquote(reference.partition("#")[0]))
