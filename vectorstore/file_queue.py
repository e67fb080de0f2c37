"""The files that wait to be ingested: a table that workers on any machine take from, and a copy of each file.

A worker holds the rows that it took locked until it is done with them. The server frees them with its
connection, so that the files of one that was killed are taken by another.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, update

from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.errors import SettingsError
from vectorstore.file_storage import queue_copies_of
from vectorstore.server_lock import steady
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION, queued_files
from vectorstore.writing import bring_up_to_date, expect


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """A file that waits, or that could not be ingested.

    Attributes:
        number: its place; the least comes first.
        copy: where its bytes are while it is taken.
        content_hash: SHA-256 of them, hexadecimal.
        source: its name in the library.
        again: whether it is to be read anew where it did not change.
        at: when it was put in.
        reason: why it could not be ingested, or "".
    """

    number: int
    copy: Path
    content_hash: str
    source: str
    again: bool
    at: datetime
    reason: str = ""


class FileQueue:
    """The queue of a library; safe to use from any machine that shares its database and its files.

    Args:
        settings: where the library is.

    Raises:
        SettingsError: the catalogue is in no PostgreSQL, or what reads the copies is not installed.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        if not settings.on_postgresql:
            raise SettingsError(
                "队列需要 PostgreSQL，请设置 POLICY_DATABASE_URL；"
                "只用一台机器时，直接运行 policy-assistant ingest 即可"
            )
        self._settings = settings
        self._copies = queue_copies_of(settings)
        self._database = Database(settings)
        self._ready = False

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def held(self) -> dict[str, str]:
        """Return source → content hash of every file that the library holds."""
        self._make_ready()
        holdings = Catalogue(self._database).holdings()
        return {source: content_hash for source, _, content_hash in holdings}

    def put(
        self,
        source: str,
        data: bytes,
        *,
        held: str = "",
        again: bool = False,
        groups: Collection[str] = (),
    ) -> bool:
        """Let a file wait, in the place of what waits or failed under its name.

        Args:
            source: its name in the library.
            data: its bytes.
            held: content hash of what the library holds under its name, or "".
            again: whether it is to be read anew where it did not change.
            groups: who alone may see it, one that did not change as well; none leaves that as it is.

        Returns:
            Whether it was put in: one that waits already just as it is stays where it is, and one that the
            library holds is left out.

        Raises:
            LibraryError: it cannot be kept.
        """
        self._make_ready()
        if groups:
            # Before a worker may take it.
            expect(self._settings, source, groups)
        content_hash = hashlib.sha256(data).hexdigest()
        mine = queued_files.c.source == source
        newest = select(queued_files).where(mine).order_by(queued_files.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            last = connection.execute(newest).one_or_none()
        waits = last and not last.reason and (last.content_hash, last.again) == (content_hash, again)
        if waits or (last is None and content_hash == held and not again):
            return False
        copy = secrets.token_hex(16)
        self._copies.keep(copy, source, data)
        row = {"copy": copy, "source": source, "content_hash": content_hash, "again": again}
        with self._database.writing() as connection:
            # What a worker is at stays: the new one waits behind it.
            free = select(queued_files.c.number).where(mine).with_for_update(skip_locked=True)
            gone = delete(queued_files).where(queued_files.c.number.in_(connection.scalars(free).all()))
            replaced = connection.scalars(gone.returning(queued_files.c.copy)).all()
            connection.execute(insert(queued_files).values(**row, at=datetime.now(UTC), reason=""))
        self._copies.drop(replaced)
        return True

    def waiting(self) -> int:
        """Return how many files wait or are being ingested."""
        self._make_ready()
        query = select(func.count()).select_from(queued_files).where(queued_files.c.reason == "")
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def failed(self) -> tuple[QueuedFile, ...]:
        """Return the files that could not be ingested, the first put in first."""
        self._make_ready()
        query = select(queued_files).where(queued_files.c.reason != "").order_by(queued_files.c.number)
        with self._database.reading() as connection:
            return tuple(map(self._file, connection.execute(query)))

    def retry(self) -> int:
        """Let all that could not be ingested wait once more; return how many files that are."""
        self._make_ready()
        with self._database.writing() as connection:
            change = update(queued_files).where(queued_files.c.reason != "").values(reason="")
            return connection.execute(change).rowcount

    def give_up(self, file: QueuedFile, reason: str) -> None:
        """Note why a file could not be ingested, unless somebody else is at it."""
        free = select(queued_files.c.number).where(queued_files.c.number == file.number)
        with self._database.writing() as connection:
            if connection.scalar(free.with_for_update(skip_locked=True)):
                Taken(connection, (file,)).fail(file, reason)

    @contextmanager
    def taking(self, most: int) -> Iterator[Taken]:
        """Lend files that nobody else can take meanwhile; those not settled in the block wait on.

        Args:
            most: how many.

        Raises:
            LibraryError: the database, or where the copies are, is away.
        """
        self._make_ready()
        with self._database.writing() as connection:
            steady(connection)
            taken = Taken(connection, tuple(map(self._file, connection.execute(_free(most)))))
            with self._copies.lent({file.copy.name: file.content_hash for file in taken.files}):
                yield taken
        self._copies.drop(taken.finished)

    def sweep(self) -> None:
        """Throw away copies that belong to no file any more."""
        self._make_ready()
        found = self._copies.old()
        with self._database.reading() as connection:
            known = set(connection.scalars(select(queued_files.c.copy)))
        self._copies.drop(found - known)

    def _file(self, row: Row[Any]) -> QueuedFile:
        place = self._copies.place(row.copy)
        return QueuedFile(row.number, place, row.content_hash, row.source, row.again, row.at, row.reason)

    def _make_ready(self) -> None:
        if not self._ready and self._database.version() != SCHEMA_VERSION:
            bring_up_to_date(self._settings)
        self._ready = True


class Taken:
    """Files that one worker has taken.

    Args:
        connection: holds them.
        files: the files.
    """

    def __init__(self, connection: Connection, files: tuple[QueuedFile, ...]) -> None:
        self._connection = connection
        self.files = files
        self.finished: list[str] = []
        """Names of the copies that nobody needs once the block is left."""

    def finish(self, file: QueuedFile) -> None:
        """Take a file that is in the library out of the queue."""
        self._connection.execute(delete(queued_files).where(queued_files.c.number == file.number))
        self.finished.append(file.copy.name)

    def fail(self, file: QueuedFile, reason: str) -> None:
        """Note why a file could not be ingested; nobody takes it before it is put in once more."""
        mine = update(queued_files).where(queued_files.c.number == file.number)
        self._connection.execute(mine.values(reason=reason))


def _free(most: int) -> Select[Any]:
    """Return what takes the first files that nobody is at; versions of one file follow each other."""
    earlier = queued_files.alias()
    before = exists().where(
        earlier.c.source == queued_files.c.source,
        earlier.c.number < queued_files.c.number,
        earlier.c.reason == "",
    )
    return (
        select(queued_files)
        .where(queued_files.c.reason == "", ~before)
        .order_by(queued_files.c.number)
        .limit(most)
        .with_for_update(skip_locked=True, of=queued_files)
    )
