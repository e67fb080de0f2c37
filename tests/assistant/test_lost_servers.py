"""A server without its database or its engine says so, serves what it can, and comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from assistant.settings import AssistantSettings
from ingest.pipeline import parse
from tests.assistant.api.serving import MODEL, PATIENCE, serving
from tests.vectorstore.machines import away, sharing
from tests.vectorstore.servers import free_port, milvus_server
from vectorstore.library import PolicyLibrary

TEXT = "云岭市产业规划\n\n一、目标\n\n到2030年，产业规模达到300亿元。\n"
QUESTION = {"model": MODEL, "messages": [{"role": "user", "content": "2030年产业规模达到多少？"}]}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def database(database_url: Callable[[], str]) -> str:
    return database_url()


@pytest.fixture
def url(database: str, tmp_path: Path, port: int) -> Iterator[str]:
    """Address of a server with a folder of its own; its engine is not running."""
    settings, other = sharing(database, tmp_path, f"milvus://127.0.0.1:{port}")
    with (
        milvus_server(tmp_path / "milvus", port),
        PolicyLibrary.open(other) as elsewhere,
        elsewhere.write() as writer,
    ):
        writer.put(parse(TEXT.encode(), "规划.txt"))
    with PolicyLibrary.open(settings) as library, serving(library, AssistantSettings()) as address:
        yield address


def status(url: str, path: str) -> int:
    return httpx2.get(f"{url}{path}", trust_env=False, timeout=PATIENCE).status_code


def asked(url: str) -> str:
    """Ask; return the answer, or what is said instead of it."""
    told = httpx2.post(f"{url}/v1/chat/completions", json=QUESTION, trust_env=False, timeout=PATIENCE)
    said = told.json()
    return str(said["choices"][0]["message"]["content"] if told.is_success else said["error"]["message"])


def test_without_its_engine_a_server_still_tells_what_the_catalogue_holds(
    url: str, tmp_path: Path, port: int
) -> None:
    for _ in range(2):
        assert status(url, "/ready") == 503
        assert status(url, "/health") == 200
        assert status(url, "/facts") == 200
        said = asked(url)
        assert "POLICY_SEARCH_URL" in said
        assert "\n" not in said
        with milvus_server(tmp_path / "milvus", port):
            assert status(url, "/ready") == 200
            assert "300亿元" in asked(url)


def test_without_its_database_a_server_says_so_and_comes_back(
    url: str, tmp_path: Path, port: int, database: str
) -> None:
    with milvus_server(tmp_path / "milvus", port):
        assert "300亿元" in asked(url)
        with away(database):
            assert status(url, "/ready") == 503
            assert status(url, "/health") == 200
            said = asked(url)
            assert "POLICY_DATABASE_URL" in said
            assert "\n" not in said
        assert status(url, "/ready") == 200
        assert "300亿元" in asked(url)
