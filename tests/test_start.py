"""The start of the chat: ports, folders, and a page that comes and goes without noise."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from start import folder_to_ingest, free_port
from vectorstore.errors import SettingsError, UnreadableFileError
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[1]


def unused_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@pytest.fixture
def page(example_settings: LibrarySettings) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A chat page being started on the library of the examples, and its port."""
    port = unused_port()
    command = [sys.executable, "-m", "cli", "chat", "--port", str(port)]
    environment = os.environ | {"POLICY_DATA_DIR": str(example_settings.policy_data_dir)}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        yield process, port
        process.send_signal(signal.SIGTERM)


def test_a_free_port_is_accepted() -> None:
    port = unused_port()
    assert free_port(str(port)) == port


def test_a_taken_port_names_another_one() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"端口 {port} 不可用.*PORT={port + 1}"):
            free_port(str(port))


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "8501 8502"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="不是有效的端口号"):
        free_port(text)


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="找不到文件夹：/no/such/folder"):
        folder_to_ingest("/no/such/folder")


def test_a_folder_of_the_user_is_taken_as_it_is(tmp_path: Path) -> None:
    assert folder_to_ingest(str(tmp_path)) == tmp_path


def test_an_empty_library_starts_with_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    assert folder_to_ingest("") == ROOT / "examples"


def test_a_filled_library_is_left_as_it_is(
    example_settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    assert folder_to_ingest("") is None


def test_a_start_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "chat", "--port", str(unused_port())]
    command += ["--docs", str(tmp_path / "missing")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.splitlines() == [f"找不到文件夹：{tmp_path / 'missing'} (no such folder)"]


def test_the_page_says_where_it_is_and_leaves_without_a_word(page: tuple[subprocess.Popen[str], int]) -> None:
    process, port = page
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}" in process.stdout.readline()
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(signal.SIGINT)
    assert process.stdout.read() == ""
    assert process.wait() == 0
