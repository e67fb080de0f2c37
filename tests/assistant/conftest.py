"""A library to ask: that of the examples, and those that a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

import cli
from ingest.pipeline import ingest
from tests.assistant.asking import Ask, Filled, Run, asker, filled
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings


@pytest.fixture(scope="session")
def real_library(real_documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyLibrary]:
    """The library that holds the real documents; for reading only."""
    with PolicyLibrary.open(LibrarySettings.in_folder(tmp_path_factory.mktemp("real"))) as library:
        ingest([real_documents], library, workers=1)
        yield library


@pytest.fixture(scope="session")
def ask(example_library: PolicyLibrary) -> Ask:
    """Ask the example documents without a model."""
    return asker(example_library)


@pytest.fixture(scope="session")
def library_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Make a library of the texts that a test writes, for reading only; the same texts make one library."""
    made: dict[frozenset[tuple[str, str]], PolicyLibrary] = {}
    with ExitStack() as opened:

        def make(texts: Mapping[str, str]) -> PolicyLibrary:
            key = frozenset(texts.items())
            if key not in made:
                made[key] = opened.enter_context(filled(tmp_path_factory.mktemp("library"), texts))
            return made[key]

        yield make


@pytest.fixture
def run(
    example_settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command on the example library: exit code, standard output, standard error."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))

    def command(*words: str) -> tuple[int, str, str]:
        try:
            code = cli.main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """What people leave beside an empty library."""
    with closing(Records(LibrarySettings.in_folder(tmp_path / "data"))) as kept:
        yield kept
