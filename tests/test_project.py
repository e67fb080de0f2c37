"""What a newcomer relies on: settings explained, versions locked, privacy by default."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

import cli
from assistant.settings import AccessSettings, AssistantSettings
from ingest.settings import IngestSettings
from vectorstore.settings import LibrarySettings, LogSettings, TraceSettings

ROOT = Path(__file__).parents[1]
SETTINGS = [LibrarySettings, LogSettings, TraceSettings, AssistantSettings, AccessSettings, IngestSettings]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_setting_is_explained_in_the_example(
    settings: type[BaseSettings],
) -> None:
    explained = set(re.findall(r"^([A-Z_]+)=", read(".env.example"), flags=re.MULTILINE))
    assert {name.upper() for name in settings.model_fields} <= explained


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_example_shows_the_defaults(settings: type[BaseSettings]) -> None:
    copied = settings(_env_file=ROOT / ".env.example")
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


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", read(page)):
        assert target.startswith("https://") or (ROOT / target).exists()


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_a_newcomer_reads_the_two_commands_first(page: str) -> None:
    first_block = read(page).partition("```sh\n")[2].partition("```")[0]
    assert [line.split("#")[0].strip() for line in first_block.splitlines()] == ["make chat", "make test"]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_a_newcomer_reads_it_in_one_go(page: str) -> None:
    # Tables of figures and whatever else few look up belong to docs/.
    assert len(read(page).splitlines()) <= 120


def test_every_command_is_in_the_module_that_the_door_names() -> None:
    for module in {module for module, _ in cli.COMMANDS.values()}:
        commands = argparse.ArgumentParser().add_subparsers()
        importlib.import_module(module).add_commands(commands)
        assert set(commands.choices) == {name for name, (place, _) in cli.COMMANDS.items() if place == module}


def test_what_only_explains_itself_loads_no_engine_and_no_model_client() -> None:
    program = (
        "import contextlib, sys, cli\n"
        "with contextlib.suppress(SystemExit): cli.main(['--help'])\n"
        "engines = {'chromadb', 'openai', 'langchain', 'sqlalchemy'}\n"
        "print(sorted(engines & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_answering_without_a_model_loads_no_model_client() -> None:
    program = (
        "import sys, assistant.cli\n"
        "print(sorted({'openai', 'langchain', 'langchain_core.retrievers'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
