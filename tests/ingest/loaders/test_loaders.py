"""What a file is, is told by its bytes; what cannot be read is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files import Found
from ingest.loaders import is_supported, load
from ingest.messages import Task, Wanted
from ingest.worker import read_file
from tests.ingest.loaders.made_up import plain_text
from tests.ingest.loaders.test_docx import made_up_word
from tests.ingest.loaders.test_epub import made_up_epub
from tests.ingest.loaders.test_html import page
from tests.ingest.loaders.test_ofd import made_up_ofd
from tests.ingest.loaders.test_pdf import made_up_pdf
from tests.ingest.loaders.test_spreadsheet import made_up_workbook


def _files() -> dict[str, bytes]:
    return {
        "txt": plain_text().encode(),
        "html": page().encode(),
        "docx": made_up_word(),
        "xlsx": made_up_workbook(),
        "pdf": made_up_pdf(),
        "ofd": made_up_ofd(),
        "epub": made_up_epub(),
    }


@pytest.mark.parametrize("ending", [".doc", ".pdf", ".xlsx", ".ofd", ".jpg", ".zip", ""])
def test_a_wrong_ending_makes_no_difference(ending: str) -> None:
    assert {kind: load(data, f"规划{ending}").format for kind, data in _files().items()} == {
        kind: kind for kind in _files()
    }


@pytest.mark.parametrize(
    "name", ["a.docx", "a.pdf", "a.xlsx", "a.html", "a.ofd", "a.zip", "a.csv", "a.jsonl"]
)
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\x00" * 5_000, b"PK\x03\x04" + b"\xff" * 100])
def test_what_holds_nothing_is_told_in_one_line(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (read,) = read_file(Task(Found(path, name)), Wanted())
    assert read.outcome == "failed"
    assert read.reason
    assert "\n" not in read.reason
    assert "读取时出错" not in read.reason


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_short_is_told_or_read_but_never_breaks(share: float, tmp_path: Path) -> None:
    for kind, data in _files().items():
        path = tmp_path / f"a.{kind}"
        path.write_bytes(data[: int(len(data) * share)])
        for read in read_file(Task(Found(path, path.name)), Wanted()):
            assert "读取时出错" not in read.reason


@pytest.mark.parametrize(
    "name", ["a.DOCX", "政策 文件😀.pdf", "a.wps", "a.ofd", "a.epub", "a.mht", "a.jsonl", "a.zip"]
)
def test_files_of_these_endings_are_opened_in_a_folder(name: str) -> None:
    assert is_supported(name)
    assert not is_supported("程序.exe")
