"""A library of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.onnx_models import embedding_folder
from tests.vectorstore.servers import chroma_server, free_port
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    """Settings of an empty library with the default engines."""
    return LibrarySettings.in_folder(tmp_path / "data")


@pytest.fixture
def library(settings: LibrarySettings) -> Iterator[PolicyLibrary]:
    """An empty library."""
    with PolicyLibrary.open(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny embedding model."""
    return embedding_folder(tmp_path_factory.mktemp("models") / "tiny-zh")


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma"), free_port()) as address:
        yield address


@pytest.fixture(params=["folder", "chroma server", "postgresql"])
def any_engine(request: pytest.FixtureRequest, tmp_path: Path) -> LibrarySettings:
    """Settings of an empty library, once with each engine."""
    return on_engine(request.param, request, tmp_path / "data")


def on_engine(name: str, request: pytest.FixtureRequest, folder: Path) -> LibrarySettings:
    """Return the settings of an empty library on an engine; a server that it needs is started."""
    settings = LibrarySettings.in_folder(folder)
    if name == "chroma server":
        return settings.model_copy(update={"policy_chroma_url": request.getfixturevalue("chroma_url")})
    if name == "milvus":
        url = SecretStr(f"milvus://{folder.parent.absolute()}/milvus.db")
        return settings.model_copy(update={"policy_search_url": url})
    if name == "postgresql":
        return settings.model_copy(update={"policy_database_url": request.getfixturevalue("database_url")()})
    return settings
