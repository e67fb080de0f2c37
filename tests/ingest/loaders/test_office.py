"""Old office formats, through LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ingest.loaders import load, office
from tests.ingest.loaders.made_up import assert_whole
from tests.ingest.loaders.test_docx import made_up_word
from tests.ingest.loaders.test_spreadsheet import made_up_workbook
from vectorstore.errors import UnreadableFileError
from vectorstore.libreoffice import program

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

needs_libreoffice = pytest.mark.skipif(not program(), reason="LibreOffice (soffice) is not installed")


@needs_libreoffice
@pytest.mark.parametrize(
    ("kind", "noted"), [("doc", True), ("rtf", True), ("odt", True), ("xls", False), ("ods", False)]
)
def test_the_document_is_whole(kind: str, noted: bool, tmp_path: Path) -> None:
    newer = "docx" if noted else "xlsx"
    (tmp_path / f"a.{newer}").write_bytes(made_up_word(numbered=False) if noted else made_up_workbook())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program(), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / f"a.{newer}")], check=True, capture_output=True, timeout=120)
    old = (tmp_path / f"a.{kind}").read_bytes()
    assert assert_whole(old, "规划.wps", noted=noted).document.format == kind


@needs_libreoffice
def test_a_broken_file_is_told() -> None:
    with pytest.raises(UnreadableFileError, match=r"LibreOffice 无法打开|没有可收录的文字"):
        load(_OLE + b"\x00" * 2_000, "a.doc")


def test_what_to_install_is_said_where_it_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    with pytest.raises(UnreadableFileError, match="apt-get install libreoffice"):
        load(_OLE + b"\x00" * 2_000, "a.doc")


def test_a_locked_word_file_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="文件有密码保护"):
        load(_OLE + b"\x00" * 1_000 + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\x00"), "a.docx")
