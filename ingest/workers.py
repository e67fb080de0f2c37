"""Files to answers, in processes of their own; answers come in the order of the files.

Each process runs `ingest.worker`. A thread minds it (`ingest.process`): a file that crashes it, hangs or
grows beyond the limits ends alone.
"""

from __future__ import annotations

import hashlib
import os
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from ingest.files import read_whole
from ingest.memory import memory
from ingest.messages import Limits, PageDone, Read, Task, Wanted
from ingest.process import ReadingProcess
from vectorstore.errors import UnreadableFileError

_AHEAD = 16
_BYTES_A_PLACE = 20_000_000


def read_files(
    tasks: Sequence[Task],
    workers: int | None,
    limits: Limits,
    wanted: Wanted,
    pages: Callable[[PageDone], object] = lambda page: None,
) -> Generator[tuple[int, Read], None, None]:
    """Read files in processes of their own.

    Args:
        tasks: the files, in the order their answers are wanted.
        workers: how many processes, None for one a core; fewer where all together would not fit the memory.
        limits: what one document may take.
        wanted: what is wanted of every file.
        pages: told of each page, from other threads.

    Yields:
        How many files are finished with this answer, and one answer for each document of a file.
    """
    count = max(1, min(workers or _cores(), len(tasks), memory() // (limits.megabytes * 1_000_000)))
    desk = _Desk(tasks, count + _AHEAD)
    arguments = (limits, wanted, pages)
    threads = [threading.Thread(target=desk.serve, args=arguments, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield from desk.collect()
    finally:
        desk.close(count)
        for thread in threads:
            thread.join()


class _Desk:
    """Hands tasks to the threads that mind a process each, and collects answers in the order of the tasks."""

    def __init__(self, tasks: Sequence[Task], ahead: int) -> None:
        self._tasks = tasks
        self._answers: list[queue.Queue[tuple[Read, bool] | Exception]] = [queue.Queue(_AHEAD) for _ in tasks]
        self._waiting = iter(range(len(tasks)))
        self._guard = threading.Lock()
        self._ahead = ahead
        self._room = threading.Semaphore(ahead)
        self._closed = threading.Event()

    def serve(self, limits: Limits, wanted: Wanted, pages: Callable[[PageDone], object]) -> None:
        """Mind one process until no task is left."""
        with ReadingProcess(limits, wanted, pages) as process:
            while (place := self._take()) is not None:
                try:
                    for answer in _last_marked(_read(self._tasks[place], process)):
                        if not self._put(place, answer):
                            return
                except Exception as error:
                    # Who collects would wait for good for an answer that never comes.
                    self._put(place, error)
                    return

    def collect(self) -> Iterator[tuple[int, Read]]:
        """Answers in the order of the tasks, as soon as they are there."""
        for place, answers in enumerate(self._answers):
            last = False
            while not last:
                answer = answers.get()
                if isinstance(answer, Exception):
                    raise answer
                read, last = answer
                yield place + last, read
            self._room.release(self._places(place))

    def close(self, threads: int) -> None:
        """Let the threads go, whatever they are doing."""
        self._closed.set()
        self._room.release(threads * self._ahead)

    def _take(self) -> int | None:
        # One after the other, so that a large file, which needs many places, gets them in the end.
        with self._guard:
            place = next(self._waiting, None)
            # No further ahead than there is room for: what is read waits in memory.
            for _ in range(self._places(place) if place is not None else 0):
                self._room.acquire()
            return None if self._closed.is_set() else place

    def _places(self, place: int) -> int:
        return min(1 + self._tasks[place].file.size // _BYTES_A_PLACE, self._ahead)

    def _put(self, place: int, answer: tuple[Read, bool] | Exception) -> bool:
        """Hand an answer over, waiting for room as long as anybody still wants answers."""
        while not self._closed.is_set():
            try:
                self._answers[place].put(answer, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False


def _read(task: Task, process: ReadingProcess) -> Iterator[Read]:
    """Read one file, without the process where the answer is known."""
    if task.file.refused:
        yield Read(task.file.source, "failed", reason=task.file.refused)
    elif _is_unchanged(task):
        yield Read(task.file.source, "unchanged")
    else:
        yield from process.read(task)


def _is_unchanged(task: Task) -> bool:
    """Whether the library holds the file as it is."""
    expected = task.known.get(task.file.source)
    if not expected:
        return False
    try:
        return hashlib.sha256(read_whole(task.file.path)).hexdigest() == expected
    except UnreadableFileError:
        return False


def _last_marked(reads: Iterable[Read]) -> Iterator[tuple[Read, bool]]:
    """Say of each answer whether it is the last."""
    previous: Read | None = None
    for read in reads:
        if previous is not None:
            yield previous, False
        previous = read
    if previous is not None:
        yield previous, True


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
