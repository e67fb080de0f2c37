"""Old office formats (.doc, .wps, .rtf, .odt, .xls), converted by LibreOffice where it is installed."""

from __future__ import annotations

from dataclasses import replace

from ingest.loaders import LoadedText, docx, spreadsheet
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.libreoffice import convert, program
from vectorstore.zipped import names_of, open_zip, read_member

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_TEXT_KINDS = ("application/vnd.oasis.opendocument.text",)
_SHEET_KINDS = ("application/vnd.oasis.opendocument.spreadsheet",)
_INSTALL = own_words(
    "需要 LibreOffice 才能读取：Debian 执行 apt-get install libreoffice-writer-nogui libreoffice-calc-nogui，"
    "macOS 执行 brew install --cask libreoffice；或另存为 .docx、.xlsx 后再收录"
)


def recognises(data: bytes, name: str) -> bool:
    """Tell the formats by their first bytes."""
    del name
    return bool(_kind_of(data))


def load(data: bytes, name: str) -> LoadedText:
    """Convert an old format and read what comes out.

    Raises:
        UnreadableFileError: it is locked or broken, or LibreOffice is not installed.
    """
    del name
    if data.startswith(_OLE) and _has_stream(data, "EncryptedPackage"):
        raise UnreadableFileError("文件有密码保护，请解除密码后再收录")
    kind = _kind_of(data)
    converted = _converted(data, kind, "xlsx" if kind in ("xls", "ods") else "docx")
    loaded = spreadsheet.load(converted, "") if kind in ("xls", "ods") else docx.load(converted, "")
    return replace(loaded, format=kind)


def _kind_of(data: bytes) -> str:
    if data.startswith(_RTF):
        return "rtf"
    if data.startswith(_OLE):
        return (
            "xls"
            if _has_stream(data, "Workbook", "Book") and not _has_stream(data, "WordDocument")
            else "doc"
        )
    if data.startswith(_ZIP) and "mimetype" in names_of(data):
        with open_zip(data) as package:
            kind = read_member(package, "mimetype").decode("ascii", "replace").strip()
        return "odt" if kind.startswith(_TEXT_KINDS) else "ods" if kind.startswith(_SHEET_KINDS) else ""
    return ""


def _has_stream(data: bytes, *names: str) -> bool:
    """Whether a compound file's directory has an entry of this name: 64 bytes, filled up with zeros."""
    return any(name.encode("utf-16-le").ljust(64, b"\x00") in data for name in names)


def _converted(data: bytes, kind: str, target: str) -> bytes:
    command = program()
    if not command:
        raise UnreadableFileError(_INSTALL)
    return convert(command, data, kind, target)
