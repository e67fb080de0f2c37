"""Connections to a SQLite file: safe when power fails, patient with others, even where nobody may write."""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

# Seconds: how long to wait for another process, and between two attempts.
_PATIENCE, _PAUSE = 10, 0.02
# SQLite's extended result codes keep the primary one in the lowest byte (sqlite.org/rescode.html).
_PRIMARY_CODE = 0xFF


def connect_read_only(file: Path) -> sqlite3.Connection:
    """Open a file in a folder that cannot be written.

    While a writer is at work elsewhere, its files beside this one tell what is newest; without them nothing
    changes the file, and SQLite must be told so, for it can make none (sqlite.org/wal.html#readonly).
    """
    live = all(Path(f"{file}{ending}").exists() for ending in ("-wal", "-shm"))
    address = f"{file.resolve().as_uri()}?{'mode=ro' if live else 'immutable=1'}"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def configure(connection: Any, _: object) -> None:
    """Set a new connection up: readers go on while one process writes; what is kept survives a power cut."""
    configure_reading(connection, _)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        _set(connection, pragma)


def configure_reading(connection: Any, _: object) -> None:
    """Set a new connection up that only reads."""
    # Python's driver begins no transaction before a change of the schema; `begin` does, so that an
    # interrupted migration leaves nothing behind (SQLAlchemy, "Serializable isolation / transactional DDL").
    connection.isolation_level = None
    # A broken character shows in the row's checksum, which names the document; here it would name none.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    for pragma in (f"busy_timeout={_PATIENCE * 1000}", "foreign_keys=ON"):
        _set(connection, pragma)


def _set(connection: Any, pragma: str) -> None:
    # While another process turns a new file to WAL, SQLite refuses at once, whatever the busy timeout.
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def begin(connection: Connection) -> None:
    """Begin a transaction as its options ask for."""
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(f"BEGIN {options.get('sqlite_transaction', 'DEFERRED')}")
