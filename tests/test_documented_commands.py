"""Every command that README and guide show runs on what is shipped, and answers as they show it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import cli
from ingest.pipeline import ingest
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh-CN.md", "docs/guide.md", "docs/guide.zh-CN.md"]
# These serve until they are stopped: tests/test_start.py, tests/assistant/test_serve_cli.py and
# tests/assistant/mcp/test_transports.py start them.
_SERVING = ("chat", "serve", "mcp")
# What a reader puts a word of his own in the place of.
_PLACEHOLDER = re.compile(r"\b(?:COMMAND|FILE)\b|命令|文件名")


def blocks(page: str) -> str:
    """The fenced blocks of commands of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def commands(page: str) -> list[list[str]]:
    """The command lines of a page, in blocks and in its sentences, without the program's name."""
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = re.findall(r"^(?:\$ )?(?:[A-Z_]+=\S+ )?policy-assistant (.+)$", blocks(page), re.MULTILINE)
    told = re.findall(r"`policy-assistant ([^`]+)`", re.sub(r"\s+", " ", text))
    return [shlex.split(words, comments=True) for words in (*shown, *told) if not _PLACEHOLDER.search(words)]


@pytest.fixture(scope="module")
def made(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the examples that nothing holds open.

    Copying the files of an open SQLite database drops its locks: https://sqlite.org/howtocorrupt.html, 2.2.
    """
    settings = LibrarySettings(policy_data_dir=tmp_path_factory.mktemp("made"))
    with PolicyLibrary.open(settings) as library:
        ingest([examples], library)
    return settings.policy_data_dir


@pytest.fixture
def checkout(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what is shipped, and a library of the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "docs" / "samples", tmp_path / "docs" / "samples")
    shutil.copytree(made, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_runs(
    checkout: Path, page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = commands(page)
    assert found
    for words in found:
        with monkeypatch.context() as patch:
            if words[0] in _SERVING:
                patch.setattr(cli, "execute", lambda parser, given: 0 if parser.parse_args(given) else 2)
            assert cli.main(words) == 0, f"{words}: {capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_of_an_output_is_what_is_printed(
    checkout: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for shown in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ policy-assistant ", shown, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            assert cli.main(shlex.split(command)) == 0
            assert _shape(capsys.readouterr().out) == _shape(output)


def test_the_pages_show_what_is_printed() -> None:
    assert all("$ policy-assistant" in blocks(page) for page in ("README.md", "README.zh-CN.md"))


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_command_names_is_shipped(page: str) -> None:
    for words in commands(page):
        for word in words:
            if word.startswith(("docs/", "examples/")):
                assert (ROOT / word).exists()


def _shape(text: str) -> str:
    """A text with what changes from day to day left open: a day, and how long something took."""
    return re.sub(r"\d{4}-\d\d-\d\d|\d+(?:\.\d+)? ?秒", "…", text)
