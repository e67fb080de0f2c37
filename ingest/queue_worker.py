"""A worker: takes files from the queue, reads them, and publishes them when no other one does."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import NoReturn

from ingest.files import Found
from ingest.messages import Limits, Read, Task, Wanted
from ingest.pipeline import outdated, store
from ingest.report import FileResult
from ingest.workers import read_files
from vectorstore.errors import EmbeddingError, LibraryBusyError, PolicyError
from vectorstore.file_queue import FileQueue, QueuedFile, Taken
from vectorstore.languages.catalogue import tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.steps import UNTRACED, Step, step
from vectorstore.writer import LibraryWriter

_log = logging.getLogger(__name__)

# So many files are taken together: the processes that read them, and publishing them, cost something whatever
# there is. Towards the end of a queue fewer are taken, so that no worker is left without.
_LEAST, _MOST, _SHARE = 4, 100, 4
# What is read waits in memory while another worker writes; of a large archive the rest is read afterwards.
_MOST_PASSAGES = 20_000
_PATIENCE = 3_600.0
_TRIES = 3
_PAUSE = 5.0

Told = Callable[[FileResult], object]


class QueueWorker:
    """Takes files as long as there are some; several may be at work, on one machine or on many.

    Args:
        queue: where files wait.
        library: where they go.
        wanted: what is wanted of every file.
        workers: processes that read files; None for one a core.
        limits: time and memory that one document may take.
        told: told what became of each document once it is published.
        traces: what ingestion is traced within.
    """

    def __init__(
        self,
        queue: FileQueue,
        library: PolicyLibrary,
        wanted: Wanted,
        workers: int | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        told: Told = lambda result: None,
        traces: Step = UNTRACED,
    ) -> None:
        self._queue, self._library = queue, library
        self._wanted, self._workers, self._limits = wanted, workers, limits
        self._told, self._traces = told, traces
        self._under_way: tuple[QueuedFile, ...] = ()
        self._one_by_one = 0
        self._failures: Counter[int] = Counter()

    def work(self) -> int:
        """Take files, read and publish them, until none is left that nobody else is at.

        Returns:
            How many files were taken.

        Raises:
            LibraryError: the database or the engine cannot be used; the files wait on.
        """
        count = 0
        self._queue.sweep()
        while number := self._step():
            count += number
        return count

    def serve(self, idle: float, once_idle: Callable[[], object]) -> NoReturn:
        """Work for ever: what fails because something is away is tried again until it is back.

        Args:
            idle: seconds between two looks into an empty queue.
            once_idle: called after some files were published.
        """
        said = ""
        while True:
            try:
                if self.work():
                    once_idle()
                said = ""
                time.sleep(idle)
            except PolicyError as error:
                if str(error) != said:
                    _log.error(tell(str(error)))
                said = str(error)
                time.sleep(_PAUSE)

    def _step(self) -> int:
        most = 1 if self._one_by_one else max(_LEAST, min(_MOST, self._queue.waiting() // _SHARE))
        self._under_way = ()
        try:
            with self._queue.taking(most) as taken:
                self._under_way = taken.files
                if not taken.files:
                    return 0
                with step("ingest", self._traces, files=len(taken.files)):
                    results = self._publish(taken.files)
                _settle(taken, results)
        except (LibraryBusyError, EmbeddingError):
            raise
        except Exception as error:
            self._blame(error)
            return 1
        for _, result in results:
            self._told(result)
        self._one_by_one = max(0, self._one_by_one - 1)
        return len(taken.files)

    def _publish(self, files: Sequence[QueuedFile]) -> list[tuple[QueuedFile, FileResult]]:
        """Read files and write them under the library's lock; return what became of each document."""
        tasks = [Task(_found(file)) for file in files]
        results: list[tuple[QueuedFile, FileResult]] = []
        with closing(read_files(tasks, self._workers, self._limits, self._wanted)) as reads:
            first = _some(reads)
            with self._library.write(_PATIENCE) as writer:
                known, finished = _known(writer, files), 0
                for done, read in chain(first, reads):
                    file, finished = files[finished], done
                    results.append((file, store(read, writer, again=file.again)))
                    if read.outcome != "failed" and read.source == file.source:
                        writer.keep_original(file.source, file.copy)
                outdated(writer, known, [result for _, result in results])
        return results

    def _blame(self, error: Exception) -> None:
        """Find out which file it is that cannot be ingested, where nothing else is wrong."""
        files, known = self._under_way, isinstance(error, PolicyError)
        if not files or not self._sound():
            raise error
        if len(files) > 1:
            self._one_by_one = len(files)
            return
        self._failures.update(file.number for file in files)
        if self._failures[files[0].number] >= _TRIES:
            if not known:
                _log.error("a file could not be ingested", exc_info=error)
            unknown = own_words(f"收录时出错（{type(error).__name__}）")
            self._queue.give_up(files[0], str(error) if known else unknown)

    def _sound(self) -> bool:
        try:
            self._library.probe()
        except PolicyError:
            return False
        return True


def _found(file: QueuedFile) -> Found:
    try:
        size = file.copy.stat().st_size
    except OSError:
        absent = own_words("排队时保存的副本已不在，请重新加入队列")
        return Found(file.copy, file.source, absent)
    return Found(file.copy, file.source, size=size)


def _some(reads: Iterator[tuple[int, Read]]) -> list[tuple[int, Read]]:
    """Return all that is read, or of much the beginning."""
    first: list[tuple[int, Read]] = []
    passages = 0
    for done, read in reads:
        first.append((done, read))
        passages += len(read.parsed.passages) if read.parsed else 0
        if passages >= _MOST_PASSAGES:
            break
    return first


def _known(writer: LibraryWriter, files: Sequence[QueuedFile]) -> list[str]:
    """Return what the library holds of files and of what is in them."""
    mine = {file.source for file in files}
    return [source for source in writer.sources() if source in mine or source.rpartition("#")[0] in mine]


def _settle(taken: Taken, results: Sequence[tuple[QueuedFile, FileResult]]) -> None:
    """Take what is in the library out of the queue, and note of the others why they are not."""
    for file in taken.files:
        failed = [result for of, result in results if of is file and result.outcome == "failed"]
        reasons = [
            one.reason if one.source == file.source else f"{one.source}：{one.reason}" for one in failed
        ]
        if reasons:
            taken.fail(file, "；".join(reasons))
        else:
            taken.finish(file)
