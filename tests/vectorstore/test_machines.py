"""Machines with folders of their own that share a database and an engine, or a database alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from tests.vectorstore.machines import sharing
from tests.vectorstore.samples import parsed
from tests.vectorstore.servers import free_port, milvus_server
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild, reembed


@pytest.fixture(scope="module")
def milvus_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with milvus_server(tmp_path_factory.mktemp("milvus"), free_port()) as url:
        yield url


def test_what_one_machine_publishes_another_sees_with_its_next_question(
    database_url: Callable[[], str], milvus_url: str, tmp_path: Path
) -> None:
    one, other = sharing(database_url(), tmp_path, milvus_url)
    with PolicyLibrary.open(one) as here, PolicyLibrary.open(other) as there:
        assert there.documents() == ()
        with here.write() as writer:
            writer.put(parsed("规划.txt"))
        assert [document.source for document in there.documents()] == ["规划.txt"]
        assert there.search_keywords("大健康", 3)
        assert there.search_vectors("大健康", 3)
        with there.write() as writer:
            writer.forget("规划.txt")
        assert here.documents() == ()
        assert here.search_keywords("大健康", 3) == []
        assert here.state == there.state
    assert not list((tmp_path / "other").glob("*")), "a server's folder stays empty"


def test_indexes_in_the_folder_of_one_machine_are_refused_to_others(
    database_url: Callable[[], str], tmp_path: Path
) -> None:
    one, other = sharing(database_url(), tmp_path)
    with PolicyLibrary.open(one) as here, PolicyLibrary.open(other) as there:
        with here.write() as writer:
            writer.put(parsed("规划.txt"))
        for refused in (there.documents, lambda: examine(other), lambda: reembed(other)):
            with pytest.raises(LibraryError, match="POLICY_SEARCH_URL") as told:
                refused()
            assert "\n" not in str(told.value)
            assert str(tmp_path / "one") in str(told.value)
        with pytest.raises(LibraryError, match="POLICY_SEARCH_URL"), there.write():
            pass
        assert here.search_keywords("大健康", 3)
        # Whoever takes over says so.
        rebuild(other)
        assert there.search_keywords("大健康", 3)
        with pytest.raises(LibraryError, match="POLICY_SEARCH_URL"):
            here.search_keywords("大健康", 3)


def test_a_machine_whose_folder_was_lost_makes_its_indexes_anew(
    database_url: Callable[[], str], tmp_path: Path
) -> None:
    one, _ = sharing(database_url(), tmp_path)
    with PolicyLibrary.open(one) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    shutil.rmtree(one.policy_data_dir)
    with PolicyLibrary.open(one) as library:
        assert library.search_keywords("大健康", 3)
    assert examine(one).findings == ()


def test_an_original_that_one_machine_kept_is_opened_by_the_others(
    database_url: Callable[[], str], milvus_url: str, tmp_path: Path
) -> None:
    one, other = sharing(database_url(), tmp_path, milvus_url)
    file = tmp_path / "规划.txt"
    file.write_text("云岭市产业规划\n\n产业规模达到300亿元。\n", encoding="utf-8")
    with PolicyLibrary.open(one) as here, PolicyLibrary.open(other) as there:
        ingest([file], here)
        (document,) = there.documents()
        kept = there.original(document)
        assert kept is not None
        assert kept.read_bytes() == file.read_bytes()
        assert kept.is_relative_to(tmp_path / "shared" / "originals")
        with there.write() as writer:
            writer.remove(document.id)
        assert here.original(document) is None
