"""Backup while others work, and restore from it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from tests.vectorstore.samples import DISTRICTS, parsed, versioned
from vectorstore.backup import backup, restore
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import citation_marks, conversations

MARK = {
    "id": "1",
    "proof": "2",
    "at": datetime(2026, 3, 1, tzinfo=UTC),
    "verdict": "checked",
    "remark": "与原件一致",
    "marked_by": "",
    "document_id": "3",
}


@pytest.fixture
def elsewhere(tmp_path: Path) -> LibrarySettings:
    """Settings of another, empty library."""
    return LibrarySettings.in_folder(tmp_path / "elsewhere")


@pytest.fixture
def file(settings: LibrarySettings, tmp_path: Path) -> Path:
    """A backup of a library of one document."""
    file = tmp_path / "backup.zip"
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    backup(settings, file)
    return file


def test_a_backup_restores_every_document_and_every_search(
    settings: LibrarySettings, elsewhere: LibrarySettings, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            for source in range(3):
                writer.put(versioned(source, 1))
            writer.put(parsed("规划.txt", tables=(DISTRICTS,)))
        backup(settings, file)
        restore(elsewhere, file)
        with PolicyLibrary.open(elsewhere) as restored:
            assert restored.documents() == library.documents()
            assert list(restored.passages()) == list(library.passages())
            assert restored.tables(parsed("规划.txt").document.id) == (DISTRICTS,)
            for query in ("云溪区专项资金", "智慧农业"):
                assert restored.search_keywords(query, 5) == library.search_keywords(query, 5)
    assert examine(elsewhere).findings == ()


def test_a_backup_beside_a_writer_is_whole(
    settings: LibrarySettings, elsewhere: LibrarySettings, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(versioned(0, 1))
        with library.write() as writer:
            writer.put(versioned(1, 1))
            writer.flush()
            # The second document is stored but not shown: the restored library finishes it.
            maker = threading.Thread(target=backup, args=(settings, file))
            maker.start()
            maker.join()
    restore(elsewhere, file)
    with PolicyLibrary.open(elsewhere) as restored:
        assert {document.source for document in restored.documents()} == {"0.txt", "1.txt"}
    assert examine(elsewhere).findings == ()


def test_postgresql_and_sqlite_restore_each_other(
    settings: LibrarySettings, tmp_path: Path, database_url: Callable[[], str]
) -> None:
    server = [
        LibrarySettings.in_folder(tmp_path / name).model_copy(update={"policy_database_url": database_url()})
        for name in ("one", "two")
    ]
    with PolicyLibrary.open(server[0]) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    for number, (source, target) in enumerate([(server[0], settings), (settings, server[1])]):
        backup(source, tmp_path / f"{number}.zip")
        restore(target, tmp_path / f"{number}.zip")
        assert examine(target).findings == ()
    with PolicyLibrary.open(server[1]) as restored:
        assert restored.documents() == (parsed("规划.txt").document,)
        with restored.write() as writer:
            writer.put(versioned(0, 1))
        assert len(restored.documents()) == 2


def test_a_library_that_a_page_holds_open_empty_is_filled_under_it(
    file: Path, elsewhere: LibrarySettings, tmp_path: Path
) -> None:
    records = Records(elsewhere)
    with closing(records), PolicyLibrary.open(elsewhere) as library:
        with records.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(conversations)) == 0
        assert library.documents() == ()
        restore(elsewhere, file)
        assert library.documents() == (parsed("规划.txt").document,)
        with records.writing() as connection:
            connection.execute(insert(citation_marks).values(**MARK))
    backup(elsewhere, tmp_path / "marked.zip")
    third = LibrarySettings.in_folder(tmp_path / "third")
    restore(third, tmp_path / "marked.zip")
    with closing(Records(third)) as restored, restored.reading() as connection:
        assert connection.scalar(select(citation_marks.c.remark)) == MARK["remark"]


def test_what_people_left_in_a_library_without_documents_is_not_replaced(
    file: Path, elsewhere: LibrarySettings
) -> None:
    with closing(Records(elsewhere)) as records:
        with records.writing() as connection:
            connection.execute(insert(citation_marks).values(**MARK))
        with pytest.raises(LibraryError, match="已有政策库或对话"):
            restore(elsewhere, file)
        with records.reading() as connection:
            assert connection.scalar(select(citation_marks.c.remark)) == MARK["remark"]


def test_a_broken_backup_is_refused(
    file: Path, settings: LibrarySettings, elsewhere: LibrarySettings, tmp_path: Path
) -> None:
    with pytest.raises(LibraryError, match="已存在"):
        backup(settings, file)
    with pytest.raises(LibraryError, match="已有政策库"):
        restore(settings, file)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(LibraryError, match="备份"):
        restore(elsewhere, file)
    with pytest.raises(LibraryError, match="备份"):
        restore(elsewhere, tmp_path / "nothing.zip")
    with PolicyLibrary.open(elsewhere) as library:
        assert library.documents() == ()
