"""The catalogue's database: its connections, its schema's versions, its failures in words for the user."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, delete, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from vectorstore.errors import LibraryError, SettingsError
from vectorstore.failures import storage_reason
from vectorstore.languages.language import own_words
from vectorstore.read_only import is_read_only
from vectorstore.settings import LibrarySettings
from vectorstore.sqlite import begin, configure, configure_reading, connect_read_only
from vectorstore.tables import READABLE_FROM, READABLE_FROM_NAME, SCHEMA_VERSION, meta

FILE = "catalogue.sqlite"
# A transaction that reads before it writes is refused where another one wrote in between; one that means to
# write says so at its beginning, and waits (sqlite.org/lang_transaction.html).
_WRITING = {"sqlite_transaction": "IMMEDIATE"}
# A machine that has gone says nothing, and TCP alone goes on waiting for a quarter of an hour: whoever asked
# is told within seconds (postgresql.org/docs/current/libpq-connect.html).
_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class Database:
    """Where the catalogue is: a SQLite file in the data folder, or the server that the settings name.

    Args:
        settings: name the database, or leave it to SQLite.
        address: SQLAlchemy's address of another one.
        confirm: asked at the beginning of each transaction that writes; may raise.

    Raises:
        SettingsError: POLICY_DATABASE_URL is no database address, or its driver is not installed.
    """

    def __init__(
        self,
        settings: LibrarySettings,
        address: str = "",
        confirm: Callable[[Connection], None] | None = None,
    ) -> None:
        self._confirm = confirm
        self._setting = "POLICY_RECORDS_URL" if address else "POLICY_DATABASE_URL"
        address = address or settings.policy_database_url
        self._file = None if address else settings.policy_data_dir / FILE
        try:
            read_only = self._file is not None and is_read_only(self._file.parent)
            if self._file and read_only:
                # Anew each time: who may write the folder may put another file there.
                self.engine = create_engine(
                    "sqlite://", creator=partial(connect_read_only, self._file), poolclass=NullPool
                )
            else:
                url = make_url(address or f"sqlite:///{self._file}")
                self.engine = create_engine(
                    url,
                    pool_pre_ping=self._file is None,
                    json_serializer=_compact,
                    connect_args=_patience(url),
                )
        except (ArgumentError, ImportError) as error:
            raise SettingsError(
                f"设置 {self._setting} 的值无效或缺少驱动，请参照 .env.example 更正"
            ) from error
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", configure_reading if read_only else configure)
            event.listen(self.engine, "begin", begin)
        self._known = self._identity()

    def is_replaced(self) -> bool:
        """Say whether another file, or none, is where the used one was; that one is let go of."""
        now = self._identity()
        replaced = self._known is not None and now != self._known
        self._known = now
        if replaced:
            self.close()
        return replaced

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat() if self._file else None
        except OSError:
            return None
        # While a connection holds the old file, no new one gets its number.
        return (found.st_dev, found.st_ino) if found else None

    def exists(self) -> bool:
        """Say whether there is a catalogue; looking for one makes none."""
        if self._file and not self._file.exists():
            return False
        with self.reading() as connection:
            return inspect(connection).has_table("alembic_version")

    def version(self) -> str:
        """Return the schema's version, or "" where there is no catalogue.

        It may be higher than this program's where a newer one only added to it: reading goes on then, and
        so do notes of what people leave.

        Raises:
            LibraryError: a newer program wrote what this one cannot read.
        """
        if not self.exists():
            return ""
        with self.reading() as connection:
            version = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
            if version > SCHEMA_VERSION:
                readable = select(meta.c.value).where(meta.c.name == READABLE_FROM_NAME)
                if (connection.scalar(readable) or version) > SCHEMA_VERSION:
                    raise _newer(version)
        return version

    def known_version(self) -> str:
        """Return the schema's version, as `version` does, where this program knows all of it.

        Raises:
            LibraryError: a newer program wrote it.
        """
        version = self.version()
        if version > SCHEMA_VERSION:
            raise _newer(version)
        return version

    def outdated(self) -> bool:
        """Say whether there is no catalogue yet, or that of an older program."""
        return self.version() < SCHEMA_VERSION

    def upgrade(self) -> None:
        """Bring the schema to this program's version; only the writer does.

        Raises:
            LibraryError: a newer program wrote it, and only that one may go on writing.
        """
        if self.known_version() == SCHEMA_VERSION:
            return
        # Alembic takes a quarter of a second to import, which only a new library should pay.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "vectorstore:migrations")
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.execute(delete(meta).where(meta.c.name == READABLE_FROM_NAME))
            connection.execute(insert(meta), [{"name": READABLE_FROM_NAME, "value": READABLE_FROM}])

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection for reading."""
        with self.explained(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection for one transaction; on SQLite it waits here until no other one writes."""
        with self.explained(), self.engine.execution_options(**_WRITING).begin() as connection:
            if self._confirm:
                self._confirm(connection)
            yield connection

    def snapshot_to(self, target: Path) -> None:
        """Copy a SQLite catalogue as it is at this moment, whoever reads or writes it.

        Args:
            target: a file that does not exist yet.
        """
        with self.explained(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM INTO :target"), {"target": str(target)})

    def integrity(self) -> str:
        """Return what SQLite finds wrong with its file, or ""; a server looks after its own."""
        if self._file is None:
            return ""
        with self.reading() as connection:
            found = str(connection.scalar(text("PRAGMA quick_check")))
        return "" if found == "ok" else found

    @property
    def is_file(self) -> bool:
        """Whether the catalogue is a SQLite file in the data folder."""
        return self._file is not None

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Put what the database refuses within the block in words for the user."""
        try:
            yield
        except SQLAlchemyError as error:
            if self._file is None:
                raise LibraryError(
                    f"数据库操作失败（{type(error).__name__}），请检查数据库服务和设置 {self._setting}"
                ) from error
            reason = storage_reason(error, self._file) or own_words(
                f"操作失败（{type(error).__name__}），请运行 policy-assistant doctor"
            )
            raise LibraryError(f"政策库 {self._file} {reason}") from error


def _newer(version: str) -> LibraryError:
    return LibraryError(
        f"政策库由更新版本的程序写入（格式 {version}，本程序支持到 {SCHEMA_VERSION}），请升级后再用"
    )


def _patience(url: URL) -> dict[str, int]:
    if url.get_backend_name() != "postgresql" or not url.get_driver_name().startswith("psycopg"):
        return {}
    return {name: value for name, value in _PATIENCE.items() if name not in url.query}


def _compact(value: object) -> str:
    # Escaped, a Chinese character would take twice its room.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
