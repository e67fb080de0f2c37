"""Backup while others work, and restore from it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vectorstore.samples import DISTRICTS, parsed, versioned
from vectorstore.backup import backup, restore
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.fixture
def elsewhere(tmp_path: Path) -> LibrarySettings:
    """Settings of another, empty library."""
    return LibrarySettings.in_folder(tmp_path / "elsewhere")


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


def test_a_broken_backup_is_refused(
    settings: LibrarySettings, elsewhere: LibrarySettings, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    backup(settings, file)
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
