"""Real servers for the tests of the engines: Chroma, Milvus Lite, and PostgreSQL where it is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_PATIENCE = 60.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """Run `chroma run` on a folder; gives its address."""
    words = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--host", "127.0.0.1"]
    with subprocess.Popen(
        [*map(str, words), "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _await(lambda: _answers(f"{address}/api/v2/heartbeat"))
            yield address
        finally:
            # Nobody needs its data any more, and a polite end takes it many seconds.
            process.kill()


@contextmanager
def milvus_server(folder: Path, port: int) -> Iterator[str]:
    """Run `milvus-lite server` on a folder; gives its address."""
    words = [str(Path(sys.executable).with_name("milvus-lite")), "server", "--data-dir", str(folder)]
    with subprocess.Popen(
        [*words, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _await(lambda: _listens(port))
            yield f"milvus://127.0.0.1:{port}"
        finally:
            process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def postgresql_server() -> Iterator[Callable[[str], str]]:
    """Run a private PostgreSQL; gives a function that makes a database and returns its URL."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs and (found := shutil.which("initdb")):
        programs = [Path(found).resolve().parent]
    if not programs:
        pytest.skip("没有安装 PostgreSQL 服务器 (initdb not found; Debian: apt install postgresql)")
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    shutil.chown(folder, user)

    def run(program: str, *words: str) -> None:
        command = [str(programs[-1] / program), *words]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    def make(name: str) -> str:
        address = f"postgresql+psycopg://{user}@/{{}}?host={folder}"
        engine = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return address.format(name)

    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield make
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):  # noqa: S310
            return True
    except (OSError, urllib.error.URLError):
        return False


def _await(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.05)
