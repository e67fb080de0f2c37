"""Fixtures that several packages' tests share."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.settings import AssistantSettings
from ingest.pipeline import ingest
from ingest.settings import IngestSettings
from tests.s3_server import S3Server, s3_server
from tests.vectorstore.servers import postgresql_server
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings, LogSettings, TraceSettings

pytest_plugins = ["tests.openai_server"]


# Besides all that has a browser. At the end of a run one process would be busy with it, and the others idle.
_LONG = {
    "test_faults",
    "test_faulty_disk",
    "test_full_disk",
    "test_fuzzing",
    "test_golden",
    "test_golden_model",
    "test_model_based",
    "test_processes",
    "test_queue",
    "test_site",
    "test_soak",
    "test_wheel",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest."""
    long = {item.path for item in items if item.path.stem in _LONG or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)


# How long an example takes says how busy the machine is.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings() -> Iterator[None]:
    """Keep the tests from the settings, keys and library of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("AWS_", "POLICY_", "OPENAI_", "TIKTOKEN_")):
                patch.delenv(name)
        for settings in (LibrarySettings, LogSettings, TraceSettings, AssistantSettings, IngestSettings):
            patch.setitem(settings.model_config, "env_file", None)
        patch.setenv("POLICY_LANGUAGE", "zh-Hans")
        yield


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """A running S3 server with an empty bucket, known to what is started from here."""
    with s3_server() as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of example documents."""
    return Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="session")
def example_settings(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> LibrarySettings:
    """Settings of a library that holds the example documents; for reading only."""
    settings = LibrarySettings(policy_data_dir=tmp_path_factory.mktemp("examples"))
    with PolicyLibrary.open(settings) as library:
        ingest([examples], library, workers=1)
    return settings


@pytest.fixture(scope="session")
def example_library(example_settings: LibrarySettings) -> Iterator[PolicyLibrary]:
    """The library that holds the example documents; for reading only."""
    with PolicyLibrary.open(example_settings) as library:
        yield library


@pytest.fixture(scope="session")
def real_documents() -> Path:
    """The folder of real documents, where there is one on this machine."""
    folder = os.environ.get("REAL_DOCUMENTS", "")
    if not folder:
        pytest.skip("没有真实文件：环境变量 REAL_DOCUMENTS 未设置 (REAL_DOCUMENTS is not set)")
    return Path(folder)


@pytest.fixture(scope="session")
def database_url() -> Iterator[Callable[[], str]]:
    """A function that makes an empty database on a running PostgreSQL."""
    numbers = itertools.count(1)
    with postgresql_server() as make:
        yield lambda: make(f"library{next(numbers)}")
