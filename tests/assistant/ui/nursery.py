"""A process that has loaded what the page's server loads, and forks a server for whoever asks for one.

A server of its own for a test would else spend most of its processor time on imports. What is forked runs
`streamlit run` like any other: only modules are there before, and none of them is the page's own, for
Streamlit's caches look for its runtime when they are made.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).parents[3]
_LOADED = (
    "assistant.assistant",
    "assistant.exporting.export_excel",
    "assistant.exporting.export_word",
    "chromadb",
    "ingest.pipeline",
    "langchain_chroma",
    "streamlit.web.bootstrap",
    "streamlit.web.cli",
    "uvicorn",
    "vectorstore.library",
)
_ROOM = 1 << 20


@contextmanager
def forked(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[IO[str]]:
    """Run Streamlit in a process of its own for the length of the block; gives what it prints.

    Args:
        words: what follows `streamlit` on its command line.
        environment: all of its settings.
    """
    asking = _nursery()
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as output:
        asked = json.dumps({"words": words, "environment": dict(environment)})
        socket.send_fds(asking, [asked.encode()], [writing])
        os.close(writing)
        pid = asking.recv(_ROOM)
        try:
            yield output
        finally:
            asking.send(pid)
            # It is gone when nobody can write there any more.
            output.read()


@cache
def _nursery() -> socket.socket:
    """Start the process that forks; it ends with this one."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        command = [sys.executable, "-m", "tests.assistant.ui.nursery", str(there.fileno())]
        subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.DEVNULL, pass_fds=[there.fileno()])
    return here


def _serve(asking: socket.socket) -> None:
    """Fork a server, or end one, at each message until nobody is left who could ask."""
    for name in _LOADED:
        importlib.import_module(name)
    running: set[int] = set()
    while True:
        message, files, *_ = socket.recv_fds(asking, _ROOM, 1)
        for pid in [pid for pid in running if os.waitpid(pid, os.WNOHANG)[0]]:
            running.remove(pid)
        if not message:
            break
        asked = json.loads(message)
        if isinstance(asked, int):
            if asked in running:
                os.kill(asked, signal.SIGTERM)
            continue
        if pid := os.fork():
            os.close(files[0])
            running.add(pid)
            asking.send(str(pid).encode())
            continue
        asking.close()
        os.dup2(files[0], sys.stdout.fileno())
        os.close(files[0])
        _become(asked["words"], asked["environment"])
        return
    for pid in running:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def _become(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run Streamlit in this process, as if it had begun with these settings."""
    from streamlit.web.cli import main

    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    main(words, prog_name="streamlit")


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
