"""What people leave in the catalogue's database beside the documents: chats, feedback, marks, the log.

Nothing of it shows in the library, so writing it takes neither the library's lock nor a new generation:
short transactions wait for each other and for those of a writer at work, never for a whole ingestion.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Lock

from sqlalchemy import Connection

from vectorstore.database import Database
from vectorstore.read_only import is_read_only
from vectorstore.settings import LibrarySettings
from vectorstore.writing import bring_up_to_date


class Records:
    """The catalogue's database for what people leave in it; safe to share between threads.

    Args:
        settings: where the library is; nothing is opened before it is used.

    Raises:
        SettingsError: POLICY_DATABASE_URL is no database address, or its driver is not installed.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        self._settings = settings
        self._folder: TemporaryDirectory[str] | None = None
        address = settings.policy_records_url
        if not address and not settings.policy_database_url and is_read_only(settings.policy_data_dir):
            # A published library keeps nothing: what people leave lives no longer than this process.
            self._folder = TemporaryDirectory(prefix="policy-")
            address = f"sqlite:///{self._folder.name}/records.sqlite"
        self._apart = bool(address)
        self._database = Database(settings, address)
        self._guard, self._turn = Lock(), Lock()
        self._ready = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection for reading.

        Raises:
            LibraryError: the database cannot be read.
        """
        self._make_ready()
        with self._database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection for one short transaction.

        Raises:
            LibraryError: the database cannot be written.
        """
        self._make_ready()
        # Waiting here is fair and quick; SQLite only looks again after a while.
        with self._turn, self._database.writing() as connection:
            yield connection

    @property
    def lasting(self) -> bool:
        """Whether what is kept outlives this process."""
        return self._folder is None

    def close(self) -> None:
        """Let go of all connections."""
        self._database.close()

    def _make_ready(self) -> None:
        """Make the catalogue of an empty library, or bring that of an older program up to date."""
        with self._guard:
            # Whoever deleted the library and made it anew has another one.
            replaced = self._database.is_replaced()
            self._ready = self._ready and not replaced
            if self._ready:
                return
            if self._database.outdated():
                if self._apart:
                    self._database.upgrade()
                else:
                    bring_up_to_date(self._settings)
                    self._database.is_replaced()
            self._ready = True
