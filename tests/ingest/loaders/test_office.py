"""Old office formats, through LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ingest.loaders import load, office
from tests.ingest.loaders.made_up import assert_whole
from tests.ingest.loaders.test_docx import made_up_word
from vectorstore.errors import UnreadableFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

needs_libreoffice = pytest.mark.skipif(not office.program(), reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="module", params=["doc", "rtf", "odt"])
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """The made-up document in an old format, written by LibreOffice itself."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(made_up_word(numbered=False))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office.program(),
        profile,
        "--headless",
        "--convert-to",
        request.param,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True, timeout=120)
    return request.param, (folder / f"a.{request.param}").read_bytes()


@needs_libreoffice
def test_the_document_is_whole(old: tuple[str, bytes]) -> None:
    kind, data = old
    assert assert_whole(data, "规划.wps").document.format == kind


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
