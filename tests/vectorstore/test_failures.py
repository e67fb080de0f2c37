"""What goes wrong is one Chinese line with a way out, and is over when its cause is gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.vectorstore.disks import small_disk
from tests.vectorstore.samples import parsed
from tests.vectorstore.servers import chroma_server, free_port
from vectorstore.database import Database
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError, PolicyError, SettingsError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION


def fill(settings: LibrarySettings, source: str = "规划.txt", *texts: str) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed(source, *texts))


def one_line(error: pytest.ExceptionInfo[PolicyError]) -> str:
    said = str(error.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500])
def test_a_corrupted_catalogue(settings: LibrarySettings, damage: bytes) -> None:
    fill(settings)
    file = settings.policy_data_dir / "catalogue.sqlite"
    whole = file.read_bytes()
    file.write_bytes(damage)
    with PolicyLibrary.open(settings) as library:
        if damage:
            with pytest.raises(LibraryError) as error:
                library.documents()
            assert "已损坏" in one_line(error)
            assert "restore" in one_line(error)
        else:
            assert library.documents() == ()
        file.write_bytes(whole)
        assert len(library.documents()) == 1


def test_a_keyword_index_that_is_gone_comes_back_by_itself(settings: LibrarySettings) -> None:
    fill(settings)
    shutil.rmtree(settings.policy_data_dir / "keywords")
    assert [finding.part for finding in examine(settings).findings] == ["关键词索引"]
    with PolicyLibrary.open(settings) as library:
        assert library.search_keywords("大健康", 3)
    assert examine(settings).findings == ()


def test_vectors_that_are_gone_come_back_by_themselves(settings: LibrarySettings) -> None:
    fill(settings)
    shutil.rmtree(settings.policy_data_dir / "chroma")
    assert [finding.part for finding in examine(settings).findings] == ["向量库"]
    with PolicyLibrary.open(settings) as library:
        assert library.search_vectors("大健康", 3)
    assert examine(settings).findings == ()


@pytest.mark.parametrize("pattern", ["*/chroma.sqlite3", "*/*/header.bin"])
def test_a_corrupted_chroma_names_the_rebuild_that_mends_it(settings: LibrarySettings, pattern: str) -> None:
    fill(settings)
    for file in (settings.policy_data_dir / "chroma").glob(pattern):
        file.write_bytes(b"damaged" * 10)
    # Chroma keeps what it has read in the process, so each look needs a process of its own.
    program = "from vectorstore.library import *; from vectorstore.settings import *; import sys\n"
    program += "PolicyLibrary.open(LibrarySettings.in_folder(Path(sys.argv[1]))).search_vectors('大健康', 3)"
    command = [sys.executable, "-c", "from pathlib import Path; " + program, str(settings.policy_data_dir)]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "policy-assistant rebuild" in failed.stderr.splitlines()[-1]
    rebuild(settings)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert examine(settings).findings == ()


def test_a_catalogue_whose_making_was_interrupted_is_that_of_an_empty_library(
    settings: LibrarySettings,
) -> None:
    settings.policy_data_dir.mkdir()
    with closing(Database(settings)) as database:
        database.upgrade()
    with PolicyLibrary.open(settings) as library:
        assert library.documents() == ()
        fill(settings)
        assert len(library.documents()) == 1


def test_a_library_of_a_newer_program(settings: LibrarySettings) -> None:
    fill(settings)
    database = Database(settings)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("UPDATE meta SET value = '9999' WHERE name = 'readable_from'")
    for use in (lambda: PolicyLibrary.open(settings).documents(), lambda: fill(settings)):
        with pytest.raises(LibraryError) as error:
            use()
        assert "升级" in one_line(error)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": SCHEMA_VERSION})
    database.close()
    with PolicyLibrary.open(settings) as library:
        assert len(library.documents()) == 1


def test_a_chroma_server_that_is_away(tmp_path: Path) -> None:
    port = free_port()
    settings = LibrarySettings.in_folder(tmp_path / "data").model_copy(
        update={"policy_chroma_url": f"http://127.0.0.1:{port}"}
    )
    with pytest.raises(LibraryError) as error:
        fill(settings)
    assert "POLICY_CHROMA_URL" in one_line(error)
    with chroma_server(tmp_path / "chroma", port):
        fill(settings)
    with PolicyLibrary.open(settings) as library:
        with pytest.raises(LibraryError) as error:
            library.search_vectors("大健康", 3)
        assert "POLICY_CHROMA_URL" in one_line(error)
        assert library.search_keywords("大健康", 3)
        with chroma_server(tmp_path / "chroma", port):
            assert library.search_vectors("大健康", 3)


def test_another_chroma_than_the_one_that_was_filled(settings: LibrarySettings, chroma_url: str) -> None:
    fill(settings)
    moved = settings.model_copy(update={"policy_chroma_url": chroma_url})
    with pytest.raises(LibraryError, match="rebuild"):
        fill(moved, "新.txt", "新的内容。")
    rebuild(moved)
    with PolicyLibrary.open(moved) as library:
        assert library.search_vectors("大健康", 3)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all.sqlite", "oracle+none://x"])
def test_a_database_address_that_cannot_work(settings: LibrarySettings, url: str) -> None:
    with pytest.raises((SettingsError, LibraryError)) as error:
        fill(settings.model_copy(update={"policy_database_url": url}))
    assert "POLICY_DATABASE_URL" in one_line(error)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(LibraryError) as error:
        fill(LibrarySettings.in_folder(tmp_path / "data"))
    assert "POLICY_DATA_DIR" in one_line(error)


def test_no_space_left(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        settings = LibrarySettings.in_folder(disk / "data")
        fill(settings)
        ballast = disk / "ballast"
        with PolicyLibrary.open(settings) as library:
            assert len(library.documents()) == 1
            with pytest.raises(OSError, match="No space"):
                ballast.write_bytes(bytes(8 << 20))
            with pytest.raises(LibraryError) as error:
                fill(settings, "新.txt", *(f"第{number}段新的内容。" for number in range(400)))
            assert "空间" in one_line(error)
            assert len(library.documents()) == 1
            assert library.search_keywords("大健康", 3)
            ballast.unlink()
            fill(settings, "新.txt", "新的内容。")
            assert len(library.documents()) == 2
        assert examine(settings).findings == ()


def test_a_read_only_folder(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        settings = LibrarySettings.in_folder(disk / "data")
        fill(settings)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(LibraryError) as error:
            fill(settings, "新.txt", "新的内容。")
        assert "没有写入权限" in one_line(error)
        with PolicyLibrary.open(settings) as library:
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            fill(settings, "新.txt", "新的内容。")
            assert len(library.documents()) == 2
