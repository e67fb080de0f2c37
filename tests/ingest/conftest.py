"""The queue of two machines that share a library, and files for it; each module makes its `machines`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ingest.plans import FILES, write
from tests.vectorstore.servers import free_port, milvus_server
from vectorstore.file_queue import FileQueue
from vectorstore.settings import LibrarySettings


@pytest.fixture(scope="module")
def milvus_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with milvus_server(tmp_path_factory.mktemp("milvus"), free_port()) as url:
        yield url


@pytest.fixture
def queue(machines: tuple[LibrarySettings, LibrarySettings]) -> Iterator[FileQueue]:
    with closing(FileQueue(machines[0])) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of plans, each with a figure of its own."""
    folder = tmp_path / "政策"
    folder.mkdir()
    for number in range(1, FILES + 1):
        write(folder, number, number * 100)
    return folder
