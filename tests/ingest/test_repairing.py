"""A document that its disk has changed is read anew from the file that was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import cli
from ingest.pipeline import ingest
from tests.vectorstore.damaging import replace_bytes, settle
from vectorstore.database import FILE
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TEXT = "云栖市海洋经济发展规划\n\n一、主要目标\n\n到2030年，海洋生产总值达到404.79亿元。\n"
QUESTION = "2030年云栖市海洋生产总值达到多少？"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose only document's figure has changed on the disk."""
    folder = tmp_path / "data"
    (tmp_path / "规划.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("POLICY_DATA_DIR", str(folder))
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as library:
        ingest([tmp_path / "规划.txt"], library)
    settle(folder / FILE)
    assert replace_bytes(folder / FILE, "404.79", "904.79")
    return folder


def test_the_command_reads_it_anew_and_the_answer_is_right_again(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["ask", QUESTION])
    assert "904.79" not in capsys.readouterr().out
    assert cli.main(["doctor"]) == 1
    assert "规划.txt" in capsys.readouterr().out
    assert cli.main(["repair"]) == 0
    assert "规划.txt" in capsys.readouterr().out
    assert cli.main(["doctor"]) == 0
    cli.main(["ask", QUESTION])
    assert "404.79" in capsys.readouterr().out


def test_without_the_kept_file_it_says_what_to_do(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kept in (data / "originals").glob("*/*"):
        kept.write_bytes(b"something else")
    assert cli.main(["repair"]) == 1
    assert "--again" in capsys.readouterr().out
    assert cli.main(["ingest", str(data.parent / "规划.txt"), "--again"]) == 0
    assert cli.main(["doctor"]) == 0
