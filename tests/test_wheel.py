"""What is installed from the wheel: all that the commands and the page need, and nothing of the checkout."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.test_start import unused_port

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was unpacked in, as an installation does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as package:
        package.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def chat(installed: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The chat as installed, started in a folder without a library."""
    port = unused_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_")}
    environment |= {"PYTHONPATH": str(installed), "PYTHONUNBUFFERED": "1"}
    # What bears a module's name in that folder is none of it.
    (tmp_path / "streamlit.py").write_text("raise SystemExit", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "cli", "chat", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        yield process, port
        process.send_signal(signal.SIGTERM)


def test_everything_that_stands_beside_the_modules_is_in_the_wheel(installed: Path) -> None:
    folders = ("assistant", "ingest", "prompts", "vectorstore", "examples", ".streamlit/config.toml")
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    kept = list(filter(None, listed.split("\0")))
    assert kept
    assert [name for name in kept if not (installed / name).exists()] == []


def test_neither_tests_nor_benchmarks_are_installed(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} & {"tests", "benchmarks", "docs", "scripts"} == set()


def test_chat_takes_the_examples_in_and_serves_this_machine_from_an_empty_folder(
    chat: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, port = chat
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "问答页面已启动" in line:
            break
    assert f"http://127.0.0.1:{port}" in said
    assert "新增" in said
    assert (tmp_path / "data").is_dir()
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
    # Who listens at every address answers here as well.
    with pytest.raises(OSError):  # noqa: PT011 refused or unreachable, as the system has it
        HTTPConnection("127.0.0.2", port, timeout=5).connect()


def test_the_changelog_tells_of_the_version() -> None:
    (version,) = re.findall(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changes, flags=re.MULTILINE)
