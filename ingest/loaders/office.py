"""Old office formats (.doc, .wps, .rtf, .odt, .xls), converted by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.loaders import LoadedText, docx, spreadsheet
from ingest.loaders.zipped import names_of, open_zip, read_member
from vectorstore.errors import UnreadableFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_SECONDS = 180
_TEXT_KINDS = ("application/vnd.oasis.opendocument.text",)
_SHEET_KINDS = ("application/vnd.oasis.opendocument.spreadsheet",)
_INSTALL = (
    "需要 LibreOffice 才能读取：Debian 执行 apt-get install libreoffice-writer-nogui libreoffice-calc-nogui，"
    "macOS 执行 brew install --cask libreoffice；或另存为 .docx、.xlsx 后再收录"
)
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


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


def program() -> str:
    """Where LibreOffice is, or ""."""
    return shutil.which("soffice") or shutil.which("libreoffice") or (_MAC if Path(_MAC).is_file() else "")


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
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document.{kind}"
        source.write_bytes(data)
        # A profile of its own: two conversions with the same one wait for each other, and macros stay off.
        arguments = [
            command,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        _run(arguments)
        result = Path(folder) / "out" / f"document.{target}"
        if not result.is_file():
            raise UnreadableFileError("LibreOffice 无法打开这个文件，可能已损坏或有密码保护")
        return result.read_bytes()


def _run(arguments: list[str]) -> None:
    """Run the conversion; whatever it started ends with it."""
    with subprocess.Popen(  # noqa: S603 the program that is installed, the file under a name of ours
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise UnreadableFileError(f"LibreOffice 转换超过 {_SECONDS} 秒，已放弃这个文件") from error
