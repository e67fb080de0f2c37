"""Word files (Office Open XML): paragraphs, headings, lists, tables, notes, in reading order.

The parts are read as ECMA-376 Part 1 describes them. Headers and footers are parts of their own and are left
out, as are deleted words and tables of contents.
"""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from ingest import loaders
from ingest.blocks import Block
from ingest.cleaning import clean
from ingest.lines import read_blocks
from ingest.loaders import LoadedText
from ingest.loaders.docx_blocks import Reader
from ingest.loaders.docx_numbering import Numbering
from ingest.loaders.docx_styles import Styles
from ingest.loaders.docx_unread import unread_of
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.zipped import names_of, open_zip, parse_xml, read_member

_ZIP = b"PK\x03\x04"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict says the same in namespaces of its own.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def recognises(data: bytes, name: str) -> bool:
    """Tell a Word package by the parts in it."""
    del name
    return data.startswith(_ZIP) and any(part.startswith("word/") for part in names_of(data))


def load(data: bytes, name: str) -> LoadedText:
    """Read a Word file.

    Raises:
        UnreadableFileError: it is broken, or beyond the limits.
    """
    del name
    with open_zip(data) as package:
        targets = _targets(package, "_rels/.rels", "")
        main = targets.get("officeDocument", "word/document.xml")
        folder, file = posixpath.split(main)
        relations = f"{folder}/_rels/{file}.rels"
        parts = _targets(package, relations, folder)
        chunks = _Chunks(package, _targets(package, relations, folder, by="Id"))
        document = _part(package, main)
        if document is None:
            raise UnreadableFileError("Word 文件缺少正文部分，可能已损坏")
        styles = Styles(_part(package, parts.get("styles", "")))
        reader = Reader(
            styles,
            Numbering(_part(package, parts.get("numbering", "")), styles),
            footnotes=_part(package, parts.get("footnotes", "")),
            endnotes=_part(package, parts.get("endnotes", "")),
            inserted=chunks.blocks,
        )
        blocks = reader.read(document)
        unread = [*chunks.unread, *unread_of(package, document, reader.left_out)]
    if not blocks:
        raise UnreadableFileError("Word 文件中没有可收录的文字")
    return LoadedText(format="docx", blocks=tuple(blocks), unread=tuple(unread))


class _Chunks:
    """Documents of other formats that stand in a Word file (17.17.2.1) as if they were its own text."""

    def __init__(self, package: zipfile.ZipFile, targets: dict[str, str]) -> None:
        self._package = package
        self._targets = targets
        self.unread: list[str] = []

    def blocks(self, relation: str) -> list[Block]:
        """Read the one that a relation leads to; where that cannot be done, `unread` says why."""
        name = self._targets.get(relation, "")
        try:
            data = read_member(self._package, name)
            if recognises(data, name):
                raise UnreadableFileError("请把其中的 Word 文件另外收录")
            loaded = loaders.load(data, name)
        except UnreadableFileError as error:
            self.unread.append(own_words(f"插入的文件 {posixpath.basename(name)}：{error}"))
            return []
        self.unread += loaded.unread
        return list(loaded.blocks or read_blocks(clean(loaded.text).text))


def _targets(package: zipfile.ZipFile, part: str, folder: str, by: str = "Type") -> dict[str, str]:
    """What a part refers to inside the package: last word of the kind, or the number → name of the part."""
    root = _part(package, part)
    found: dict[str, str] = {}
    for relation in root.iter(_PACKAGE) if root is not None else ():
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", ""))))
            found.setdefault(str(relation.get(by, "")).rpartition("/")[2], target.lstrip("/"))
    return found


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    if not name or name not in package.namelist():
        return None
    data = read_member(package, name)
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    return parse_xml(data)
