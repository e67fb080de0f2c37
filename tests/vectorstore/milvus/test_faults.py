"""Milvus that is away, taken, or left by a writer that was killed."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.vectorstore.milvus.killed_writer import MOMENTS
from tests.vectorstore.samples import parsed, versioned
from tests.vectorstore.servers import free_port, milvus_server
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument


def on(url: str, folder: Path) -> LibrarySettings:
    return LibrarySettings.in_folder(folder).model_copy(update={"policy_search_url": SecretStr(url)})


def fill(settings: LibrarySettings, document: ParsedDocument) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(document)


def one_line(error: BaseException) -> str:
    said = str(error)
    assert "\n" not in said
    assert "POLICY_SEARCH_URL" in said
    assert "hunter2" not in "".join(traceback.format_exception(error))
    return said


def test_a_server_that_is_away_is_named_and_what_needs_it_not_goes_on(tmp_path: Path) -> None:
    port = free_port()
    settings = on(f"milvus://clerk:hunter2@127.0.0.1:{port}", tmp_path / "data")
    document = parsed("规划.txt")
    with pytest.raises(LibraryError) as error:
        fill(settings, document)
    one_line(error.value)
    with PolicyLibrary.open(settings) as library:
        with milvus_server(tmp_path / "milvus", port):
            with library.write() as writer:
                writer.put(document)
            assert library.search_keywords("大健康", 3)
            assert examine(settings).findings == ()
        for search in (library.search_keywords, library.search_vectors):
            with pytest.raises(LibraryError) as error:
                search("大健康", 3)
            one_line(error.value)
        assert library.documents() == (document.document,)
        assert list(library.passages(document.document.id)) == list(document.passages)
        assert [finding.part for finding in examine(settings).findings] == ["关键词索引", "向量库"]
        with milvus_server(tmp_path / "milvus", port):
            for search in (library.search_keywords, library.search_vectors):
                assert search("大健康", 3)


def test_a_folder_that_another_program_uses_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "milvus.db"
    settings = on(f"milvus://{folder}", tmp_path / "data")
    with milvus_server(folder, free_port()), pytest.raises(LibraryError) as error:
        fill(settings, parsed("规划.txt"))
    assert "另一个程序" in one_line(error.value)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_a_killed_writer_left_is_finished_and_counted_once(tmp_path: Path, moment: str) -> None:
    port = free_port()
    url = f"milvus://127.0.0.1:{port}"
    settings = on(url, tmp_path / "data")
    with milvus_server(tmp_path / "milvus", port):
        with PolicyLibrary.open(settings) as reader:
            with reader.write() as writer:
                writer.put(versioned(0, 1))
            pinned = reader.pinned()
            program = [sys.executable, "-m", "tests.vectorstore.milvus.killed_writer"]
            ended = subprocess.run([*program, str(tmp_path / "data"), url, moment], check=False)
            assert ended.returncode < 0
            for search in (pinned.search_keywords, pinned.search_vectors):
                assert {hit.document_id for hit in search("专项资金", 99)} == {versioned(0, 1).document.id}
        with PolicyLibrary.open(settings) as library:
            assert {one.id for one in library.documents()} == {
                versioned(0, 2).document.id,
                versioned(1, 1).document.id,
            }
            # Twenty passages of each document, the version that was replaced among them: it left but lately.
            assert library.frequencies(["专项"]) == [60]
        assert examine(settings).findings == ()
