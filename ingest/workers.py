"""Processes that read files: one that crashes, hangs or grows beyond the limits ends its file alone.

Each worker is a process of its own that runs `ingest.worker`. Tasks and answers go through its standard
input and output, pickled and led by their length. Answers come back in the order of the tasks.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO

from ingest.files import Found, read_whole
from vectorstore.errors import UnreadableFileError
from vectorstore.types import ParsedDocument

_AHEAD = 16
_HEADER = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take.

    Attributes:
        seconds: from one document's answer to the next.
        megabytes: memory of the process that reads it.
    """

    seconds: float = 600.0
    megabytes: int = 3_000


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Attributes:
        file: where it is and what it is called.
        known: source → content hash of what the library already holds of it.
        reviewed: whether a text for people is wanted as well.
    """

    file: Found
    known: dict[str, str] = field(default_factory=dict)
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a document.

    Attributes:
        source: its name in the library.
        outcome: "read", "unchanged" or "failed".
        parsed: the document, where it was read.
        reason: why it failed, or "".
        review: what was understood of it, for people, where that was wanted.
    """

    source: str
    outcome: str
    parsed: ParsedDocument | None = None
    reason: str = ""
    review: str = ""


def read_files(tasks: Sequence[Task], workers: int | None, limits: Limits) -> Iterator[tuple[int, Read]]:
    """Read files in processes of their own.

    Args:
        tasks: the files, in the order their answers are wanted.
        workers: how many processes; None for one a core.
        limits: what one document may take.

    Yields:
        The number of the task, from 1, and one answer for each document of its file.
    """
    count = max(1, min(workers or _cores(), len(tasks)))
    desk = _Desk(tasks, count + _AHEAD)
    threads = [threading.Thread(target=desk.serve, args=(limits,), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield from desk.collect()
    finally:
        desk.close(count)
        for thread in threads:
            thread.join()


class _Desk:
    """Hands tasks to the threads that mind a worker each, and collects answers in the order of the tasks."""

    def __init__(self, tasks: Sequence[Task], ahead: int) -> None:
        self._tasks = tasks
        self._answers: list[queue.Queue[Read | None]] = [queue.Queue(_AHEAD) for _ in tasks]
        self._waiting = iter(range(len(tasks)))
        self._guard = threading.Lock()
        self._room = threading.Semaphore(ahead)
        self._closed = threading.Event()

    def serve(self, limits: Limits) -> None:
        """Mind one worker until no task is left; a file's answers end with None."""
        with _Worker(limits) as worker:
            while (place := self._take()) is not None:
                for read in chain(worker.read(self._tasks[place]), [None]):
                    if not self._put(place, read):
                        return

    def collect(self) -> Iterator[tuple[int, Read]]:
        """Answers in the order of the tasks, as soon as they are there."""
        for place, answers in enumerate(self._answers):
            while (read := answers.get()) is not None:
                yield place + 1, read
            self._room.release()

    def close(self, threads: int) -> None:
        """Let the threads go, whatever they are doing."""
        self._closed.set()
        self._room.release(threads)

    def _take(self) -> int | None:
        # No further ahead than there is room for: what is read waits in memory.
        self._room.acquire()
        with self._guard:
            return None if self._closed.is_set() else next(self._waiting, None)

    def _put(self, place: int, read: Read | None) -> bool:
        """Hand an answer over, waiting for room as long as anybody still wants answers."""
        while not self._closed.is_set():
            try:
                self._answers[place].put(read, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False


def send(stream: IO[bytes], value: object) -> None:
    """Write one message."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEADER.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> object | None:
    """Read one message of a process that we started ourselves; None at the end of the stream."""
    header = _exactly(stream, _HEADER.size)
    data = _exactly(stream, _HEADER.unpack(header)[0]) if header else b""
    return pickle.loads(data) if data else None  # noqa: S301 our own process's answer


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """Read so many bytes; none where the stream ends before."""
    parts = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"" if size else b"".join(parts)


class _Worker:
    """One process, started when it is first needed and again after its end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def read(self, task: Task) -> Iterator[Read]:
        """Read one file, answer by answer; a process that ends or stalls costs only this file."""
        if task.file.refused:
            yield Read(task.file.source, "failed", reason=task.file.refused)
            return
        if _is_unchanged(task):
            yield Read(task.file.source, "unchanged")
            return
        process = self._started()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("a worker without pipes")
        try:
            send(stdin, task)
        except BrokenPipeError:
            self._end()
            yield Read(task.file.source, "failed", reason=_ENDED)
            return
        while True:
            if not _ready(stdout, self._limits.seconds):
                self._end()
                seconds = f"{self._limits.seconds:g}"
                yield Read(task.file.source, "failed", reason=f"处理超过 {seconds} 秒，已放弃这个文件")
                return
            answer = receive(stdout)
            if answer is None:
                self._end()
                yield Read(task.file.source, "failed", reason=_ENDED)
                return
            if not isinstance(answer, Read):
                return
            yield answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            root = str(Path(__file__).resolve().parent.parent)
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            command = [sys.executable, "-P", "-m", "ingest.worker", str(self._limits.megabytes)]
            self._process = subprocess.Popen(  # noqa: S603 our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,  # what lies in a buffer of ours, `select` cannot see
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _is_unchanged(task: Task) -> bool:
    """Whether the library holds the file as it is: then no process needs to start."""
    expected = task.known.get(task.file.source)
    if not expected:
        return False
    try:
        return hashlib.sha256(read_whole(task.file.path)).hexdigest() == expected
    except UnreadableFileError:
        return False


_ENDED = "读取程序意外退出（文件可能已损坏，或需要的内存过多）"


def _ready(stream: IO[bytes], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if select.select([stream], [], [], left)[0]:
            return True
    return False


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
