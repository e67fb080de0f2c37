"""The catalogue's database under several connections."""

from __future__ import annotations

import threading
from pathlib import Path

from vectorstore.database import Database
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION

NEW_LIBRARIES = 8
READERS = 4


def test_readers_wait_while_a_new_catalogue_comes_into_being(tmp_path: Path) -> None:
    for number in range(NEW_LIBRARIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        settings = LibrarySettings.in_folder(folder)
        failures: list[BaseException] = []
        made = threading.Event()

        def look(settings: LibrarySettings = settings, made: threading.Event = made) -> None:
            try:
                while not made.is_set():
                    database = Database(settings)
                    database.version()
                    database.close()
            except BaseException as error:  # whatever it is, it belongs to the test's own thread
                failures.append(error)  # noqa: B023 - read after the threads of this round have ended

        readers = [threading.Thread(target=look) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        writer = Database(settings)
        writer.upgrade()
        made.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert writer.version() == SCHEMA_VERSION
        writer.close()
