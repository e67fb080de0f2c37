"""What the terminal says to a wrong command line and to files it cannot have: one Chinese line, code 2."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

import cli
from vectorstore.failures import refusal
from vectorstore.settings import LibrarySettings

Said = Callable[..., tuple[int, str, str]]
# English that a system or argparse says; names of commands, options, settings and files are no sentences.
_ENGLISH = re.compile(r"[A-Za-z']+ [A-Za-z']+ [A-Za-z']+|argument |invalid|usage|required|error|Errno")
_IN_EVERY_COMMAND = [[name, "--no-such-option"] for name in cli.COMMANDS]
WRONG_LINES = [
    *_IN_EVERY_COMMAND,
    ["--no-such-option"],
    ["no-such-command"],
    ["ask"],
    ["ask", "--region"],
    ["ask", "--mode", "loud", "规划"],
    ["ask", "规划", "又一个"],
    ["ask", "--js=1", "规划"],
    ["ask", "--from", "missing.jsonl"],
    ["ask", "--from", "folder"],
    ["ask", "--from", "broken.xlsx", "--out", "answers.xlsx"],
    ["ask", "--from", "missing.xlsx", "--out", "answers.xlsx"],
    ["search", "--limit", "many", "规划"],
    ["search", "--from", "missing"],
    ["ingest"],
    ["ingest", "text.txt", "--workers", "0"],
    ["ingest", "text.txt", "--wait", "long"],
    ["ingest", "text.txt", "--dry-run", "--again"],
    ["ingest", "text.txt", "--dry-run", "--report", "folder"],
    ["ingest", "text.txt", "--dry-run", "--report", "no/such/report"],
    ["documents", "no-such-action"],
    ["documents", "set"],
    ["documents", "set", "从盐田到药港.md", "status=loud"],
    ["documents", "unset", "从盐田到药港.md"],
    ["passages", "--document", "missing"],
    ["remove"],
    ["remove", "missing"],
    ["backup"],
    ["backup", "no/such/backup"],
    ["backup", "text.txt"],
    ["restore"],
    ["restore", "missing"],
    ["verify"],
    ["verify", "missing.txt"],
    ["verify", "folder"],
    ["verify", "broken.docx"],
    ["verify", "--from", "missing", "--json"],
    ["evaluate"],
    ["evaluate", "missing"],
    ["evaluate", "folder"],
    ["evaluate", "one.jsonl"],
    ["serve"],
    ["serve", "--api", "--port", "http"],
    ["serve", "--api", "--port", "99999"],
    ["chat", "--docs", "missing"],
]


@pytest.fixture
def said(
    example_settings: LibrarySettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Said:
    """Run a command in a folder with a text, a folder and files that are not what they are called."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_text("临澜市奖励300万元。\n", encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"\x00\x01")
    (tmp_path / "broken.xlsx").write_bytes(b"\x00\x01")
    (tmp_path / "one.jsonl").write_text('{"id": "1", "question": "规划"}\n', encoding="utf-8")

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = cli.main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return run


def test_no_command_shows_the_help_and_ends_with_two(said: Said) -> None:
    code, out, err = said()
    assert (code, err) == (2, "")
    assert out.startswith("用法：")
    assert all(name in out for name in cli.COMMANDS)


@pytest.mark.parametrize("line", WRONG_LINES, ids=" ".join)
def test_a_wrong_command_line_is_one_chinese_line(said: Said, line: list[str]) -> None:
    code, _, err = said(*line)
    assert code == 2
    assert len(err.splitlines()) == 1
    assert re.search(r"[\u4e00-\u9fff]{2}", err)
    # In brackets stands what `make chat` adds for who reads no Chinese.
    assert not _ENGLISH.search(re.sub(r" \([a-z ]+\)|policy-assistant.*", "", err))


@pytest.mark.parametrize("line", WRONG_LINES, ids=" ".join)
def test_a_wrong_command_line_is_told_in_english_where_that_is_read(
    said: Said, line: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    code, _, err = said(*line)
    for word in line:
        err = err.replace(word, "")
    assert code == 2
    assert not re.search(r"[\u4e00-\u9fff]", err)


def test_where_answers_cannot_be_written_the_file_and_the_reason_are_told(
    said: Said, request: pytest.FixtureRequest
) -> None:
    questions = request.config.rootpath / "docs" / "samples" / "questions.xlsx"
    code, _, err = said("ask", "--from", str(questions), "--out", "no/such/answers.xlsx")
    assert (code, err) == (2, "no/such/answers.xlsx：文件或文件夹不存在，请检查路径\n")


@pytest.mark.parametrize("command", [["serve", "--api", "--port"], ["chat", "--port"]], ids=" ".join)
def test_a_port_in_use_is_named(said: Said, command: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, err = said(*command, port)
    assert code == 2
    assert f"端口 {port} " in err


def test_every_refusal_of_the_system_is_told_in_chinese() -> None:
    for number in (*errno.errorcode, 0, None):
        told = refusal(OSError(number, os.strerror(number or 0)))
        assert re.search(r"[\u4e00-\u9fff]{2}", told)
        assert os.strerror(number or 0) not in told
    assert "没有权限" in refusal(PermissionError(errno.EACCES, "Permission denied"))


def test_the_list_of_documents_reads_on_a_common_terminal(said: Said) -> None:
    _, out, _ = said("documents")
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    # A title has a line of at least ten characters, not a column of three.
    assert any("临澜市人民政府关于印发" in line for line in lines)
    assert any("砚川市人民政府办公室关于印发" in line for line in lines)
