"""What a newcomer relies on: settings explained, versions locked, two commands and their messages."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import AssistantSettings
from start import folder_to_ingest, free_port
from vectorstore.errors import SettingsError, UnreadableFileError
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[1]


def unused_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", [LibrarySettings, AssistantSettings])
def test_every_setting_is_explained_in_the_example(
    settings: type[LibrarySettings | AssistantSettings],
) -> None:
    explained = set(re.findall(r"^([A-Z_]+)=", read(".env.example"), flags=re.MULTILINE))
    assert {name.upper() for name in settings.model_fields} <= explained


@pytest.mark.parametrize("settings", [LibrarySettings, AssistantSettings])
def test_the_example_shows_the_defaults(settings: type[LibrarySettings | AssistantSettings]) -> None:
    copied = settings(_env_file=ROOT / ".env.example")  # type: ignore[call-arg]
    assert copied == settings()


def test_versions_are_locked_without_addresses() -> None:
    lines = read("constraints.txt").splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line)


def test_every_dependency_has_a_locked_version() -> None:
    pins = read("constraints.txt").lower().replace("_", "-").splitlines()
    locked = {pin.partition("==")[0] for pin in pins}
    wanted = re.findall(r'^    "([\w-]+)(?:\[[\w,]+\])?>=', read("pyproject.toml"), flags=re.MULTILINE)
    assert wanted
    assert {name.lower() for name in wanted} <= locked


def test_the_chat_page_keeps_to_this_machine_and_reports_nothing() -> None:
    config = read(".streamlit/config.toml")
    assert "gatherUsageStats = false" in config
    assert 'address = "127.0.0.1"' in config
    assert "headless = true" in config


def test_make_without_a_target_explains_the_two_commands() -> None:
    shown = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    assert "make chat" in shown
    assert "make test" in shown


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
    command = [sys.executable, str(ROOT / "start.py"), "--port", str(unused_port())]
    command += ["--docs", str(tmp_path / "missing")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.splitlines() == [f"找不到文件夹：{tmp_path / 'missing'} (no such folder)"]
