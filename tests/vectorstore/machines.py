"""Machines that share a PostgreSQL, each with a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text

from vectorstore.settings import LibrarySettings

_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def sharing(database: str, folder: Path, search: str = "") -> tuple[LibrarySettings, LibrarySettings]:
    """Return the settings of two machines that share an empty library.

    Args:
        database: address of an empty database.
        folder: where their data folders are to be.
        search: address of the search engine; "" for that of each one's own folder.
    """
    shared = {
        "policy_database_url": database,
        "policy_search_url": SecretStr(search),
        "policy_files_dir": folder / "shared",
    }
    one, other = (
        LibrarySettings.in_folder(folder / name).model_copy(update=shared) for name in ("one", "other")
    )
    return one, other


def environment(settings: LibrarySettings) -> dict[str, str]:
    """Return the settings of a machine as a process of its own takes them."""
    return {
        **os.environ,
        "POLICY_DATA_DIR": str(settings.policy_data_dir),
        "POLICY_DATABASE_URL": settings.policy_database_url,
        "POLICY_SEARCH_URL": settings.policy_search_url.get_secret_value(),
        "POLICY_FILES_DIR": str(settings.policy_files_dir),
    }


def worker_on(settings: LibrarySettings, *words: str) -> subprocess.Popen[str]:
    """Start a worker of a machine that ends with the queue; or what other words for Python begin."""
    words = words or (
        "-c",
        "import cli; raise SystemExit(cli.main(['work', '--until-empty', '--workers', '1']))",
    )
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def cut(address: str) -> int:
    """Let a PostgreSQL end all other connections to a database, as a network does; returns how many."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        ended = connection.scalar(text(_CUT))
    engine.dispose()
    return int(ended or 0)


@contextmanager
def away(address: str) -> Iterator[None]:
    """Let nobody reach a PostgreSQL for the length of the block; who was connected is cut off."""
    folder = str(make_url(address).query["host"])
    (socket,) = Path(folder).glob(".s.PGSQL.*[0-9]")
    aside = socket.with_name("aside")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        socket.rename(aside)
        connection.execute(text(_CUT))
    engine.dispose()
    try:
        yield
    finally:
        aside.rename(socket)
