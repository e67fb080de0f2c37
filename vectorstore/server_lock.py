"""A lock that is an advisory one of PostgreSQL: for all machines, freed when its connection ends."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from vectorstore.database import Database
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.settings import LibrarySettings

_PROGRAM = "policy-assistant"
# The server cuts a name short after 63 bytes; who it was must not push out where.
_NAME_BYTES = 18
# A machine that lost its power says nothing: the server looks for it, and frees its locks. It must not end a
# connection that is only quiet while a file is read.
_CONNECTION = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_session_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
_HELD = """
    FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND classid = :lock AND objid = :library AND objsubid = 2
    AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class ServerLock:
    """Lets one process of all machines in at a time.

    Who has lost the connection has lost the lock, though it may not know yet. So each of its transactions
    asks first (`confirm`), under a second lock that the next holder waits for: what is confirmed is committed
    before that one begins to read.

    Args:
        settings: name the database.
        name: what the lock is for.
    """

    def __init__(self, settings: LibrarySettings, name: str) -> None:
        self._database = Database(settings)
        self._connection: Connection | None = None
        self._keys: dict[str, Any] = {"lock": _key(name), "turn": _key(f"{name} turn")}

    def take(self) -> bool:
        """Take the lock; return False where somebody holds it.

        Raises:
            LibraryError: the database cannot be used.
        """
        with self._database.explained():
            connection = self._connection or self._connected()
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock, :library)"), self._keys):
                return False
            own = f"SELECT pid, backend_start {_HELD} AND pid = pg_backend_pid()"
            self._keys |= connection.execute(text(own), self._keys).one()._asdict()
            # What a holder whose connection was cut had under way ends first.
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn, :library)"), self._keys)
            return True

    def holder(self) -> str:
        """Say who holds it."""
        with self._database.explained():
            connection = self._connection or self._connected()
            said = connection.scalar(text(f"SELECT application_name {_HELD}"), self._keys)
        program, *parts = str(said).split(" ", 4)
        if program != _PROGRAM or len(parts) < 4:
            return own_words("另一个进程")
        pid, since, machine, command = parts
        return own_words(f"{machine} 上的进程 {pid}（{command}，{since} 开始）")

    def release(self) -> None:
        """Let go of it, if it is held, and of the connection."""
        # With a connection that is broken the lock has gone already.
        with suppress(SQLAlchemyError):
            if self._connection:
                self._connection.close()
        self._connection = None
        self._database.close()

    def confirm(self, connection: Connection) -> None:
        """Make sure that a transaction, which has only begun, is the holder's.

        Raises:
            LibraryError: the lock's connection was cut.
        """
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn, :library)"), self._keys)
        held = f"SELECT 1 {_HELD} AND pid = :pid AND activity.backend_start = :backend_start"
        if not connection.scalar(text(held), self._keys):
            raise LibraryError("与数据库的连接曾中断，本次写入已停止，此前存入的不受影响；请重新运行")

    def _connected(self) -> Connection:
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection = connection
        steady(connection)
        # Libraries may share a database, each in a schema of its own.
        self._keys["library"] = _key(str(connection.scalar(text("SELECT current_schema()"))))
        return connection


def steady(connection: Connection) -> None:
    """Let a server keep a connection that is quiet, soon notice one whose machine has gone, and name it.

    Args:
        connection: to PostgreSQL.
    """
    for setting, value in {**_CONNECTION, "application_name": _name()}.items():
        # Older servers do not know all of them.
        connection.execute(
            text("SELECT set_config(name, :value, false) FROM pg_settings WHERE name = :setting"),
            {"setting": setting, "value": value},
        )


def _key(name: str) -> int:
    # Both halves of the key are signed where they are given, and unsigned where they are listed.
    return crc32(f"{_PROGRAM} {name}".encode()) & 0x7FFFFFFF


def _name() -> str:
    machine, command = socket.gethostname(), Path(sys.argv[0]).name
    since = f"{datetime.now().astimezone():%H:%M}"
    return f"{_PROGRAM} {os.getpid()} {since} {machine[:_NAME_BYTES]} {command[:_NAME_BYTES]}"
