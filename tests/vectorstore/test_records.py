"""What people leave beside the documents: where it is kept, and that it waits for nobody for long."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from tests.vectorstore.samples import parsed
from tests.vectorstore.test_migrations import library_of
from vectorstore.backup import backup
from vectorstore.database import Database
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION, audit_log


def note(records: Records, key: str) -> None:
    row = {"id": key, "at": datetime.now(UTC), "who": "", "action": "asked", "subject": "", "detail": "甲"}
    with records.writing() as connection:
        connection.execute(insert(audit_log).values(**row))


def count(records: Records) -> int:
    with records.reading() as connection:
        return connection.scalar(select(func.count()).select_from(audit_log)) or 0


def test_records_are_kept_beside_a_library_that_is_still_empty(any_engine: LibrarySettings) -> None:
    with closing(Records(any_engine)) as records:
        note(records, "1")
    with PolicyLibrary.open(any_engine) as library:
        assert library.generation == 0
        assert library.documents() == ()
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        assert len(library.documents()) == 1
    with closing(Records(any_engine)) as records:
        assert count(records) == 1


def test_a_library_of_an_older_schema_takes_records(tmp_path: Path) -> None:
    settings = library_of("0001", tmp_path)
    with closing(Records(settings)) as records:
        note(records, "1")
        assert count(records) == 1
    with closing(Database(settings)) as database:
        assert database.version() == SCHEMA_VERSION
    with PolicyLibrary.open(settings) as library:
        assert [document.source for document in library.documents()] == ["规划.txt"]


def test_a_library_that_a_newer_program_only_added_to_is_read_and_takes_records(
    any_engine: LibrarySettings, tmp_path: Path
) -> None:
    with PolicyLibrary.open(any_engine) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    with closing(Database(any_engine)) as database, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE of_tomorrow (id INTEGER)")
        connection.exec_driver_sql("ALTER TABLE audit_log ADD COLUMN of_tomorrow TEXT DEFAULT '' NOT NULL")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with PolicyLibrary.open(any_engine) as library, closing(Records(any_engine)) as records:
        assert library.search_keywords("大健康", 1)
        note(records, "1")
        assert count(records) == 1

        def write() -> None:
            with library.write() as writer:
                writer.forget("规划.txt")

        # Only who knows all of it may change documents, or copy everything.
        for refused in (write, lambda: backup(any_engine, tmp_path / "backup.zip")):
            with pytest.raises(LibraryError, match="请升级后再用"):
                refused()
        assert len(library.documents()) == 1


def test_records_are_written_while_another_process_fills_the_library(tmp_path: Path) -> None:
    settings = LibrarySettings.in_folder(tmp_path)
    with closing(Records(settings)) as records:
        note(records, "first")
        command = [sys.executable, "-m", "tests.vectorstore.busy", "write", str(tmp_path), "0", "2"]
        with subprocess.Popen(command) as filling:
            written = 0
            while filling.poll() is None:
                note(records, str(written))
                written += 1
        assert filling.returncode == 0
        assert written > 1
        assert count(records) == written + 1
    with PolicyLibrary.open(settings) as library:
        assert len(library.documents()) == 3


@pytest.mark.parametrize("one_server", [True, False])
def test_a_record_waits_for_a_transaction_under_way(settings: LibrarySettings, one_server: bool) -> None:
    with closing(Records(settings)) as records, closing(Records(settings)) as others:
        assert count(records) == 0
        with records.writing():
            waiting = threading.Thread(target=note, args=(records if one_server else others, "1"))
            waiting.start()
            waiting.join(0.2)
            assert waiting.is_alive()
        waiting.join()
        assert count(records) == 1


def test_a_damaged_database_is_one_line(settings: LibrarySettings) -> None:
    settings.policy_data_dir.mkdir()
    (settings.policy_data_dir / "catalogue.sqlite").write_bytes(b"no database " * 1000)
    with closing(Records(settings)) as records, pytest.raises(LibraryError, match="catalogue"):
        count(records)
