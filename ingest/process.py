"""One process that reads files, minded: it crashes, hangs or grows beyond the limits at its own cost."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from ingest.messages import Limits, PageDone, Read, Task, Wanted, receive, send
from vectorstore.languages.language import own_words

_ENDED = own_words("读取程序意外退出（文件可能已损坏，或需要的内存过多）")


class ReadingProcess:
    """Runs `ingest.worker`, started when it is first needed and again after its end.

    Args:
        limits: what one document may take.
        wanted: what is wanted of every file.
        pages: told of each page.
    """

    def __init__(self, limits: Limits, wanted: Wanted, pages: Callable[[PageDone], object]) -> None:
        self._limits = limits
        self._wanted = wanted
        self._pages = pages
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def read(self, task: Task) -> Iterator[Read]:
        """Read one file: at least one answer; a process that ends or stalls costs only this file."""
        source = task.file.source
        try:
            stdin, stdout = self._pipes()
            send(stdin, task)
            told, started = False, time.perf_counter()
            for answer in self._answers(stdout, self._limits.seconds_for(task.file.size)):
                yield replace(answer, seconds=time.perf_counter() - started)
                told, started = True, time.perf_counter()
            if not told:
                yield Read(source, "failed", reason="其中没有可收录的文件")
        except TimeoutError as error:
            self._end()
            yield Read(source, "failed", reason=str(error))
        except (OSError, EOFError):
            self._end()
            yield Read(source, "failed", reason=_ENDED)

    def _answers(self, stdout: IO[bytes], seconds: float) -> Iterator[Read]:
        while True:
            if not _ready(stdout, seconds):
                raise TimeoutError(f"处理超过 {seconds:g} 秒，已放弃这个文件；可用 --seconds 放宽")
            answer = receive(stdout)
            if answer is None:
                raise EOFError
            if isinstance(answer, PageDone):
                self._pages(answer)
            elif isinstance(answer, Read):
                yield answer
            else:
                return

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            root = str(Path(__file__).resolve().parent.parent)
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            command = [sys.executable, "-P", "-m", "ingest.worker", str(self._limits.megabytes)]
            self._process = subprocess.Popen(  # noqa: S603 our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,  # what lies in a buffer of ours, a selector cannot see
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
            if self._process.stdin:
                send(self._process.stdin, self._wanted)
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a worker without pipes")
        return self._process.stdin, self._process.stdout

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _ready(stream: IO[bytes], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    # A server that serves many has files open beyond the 1,024 that `select` knows.
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if waiting.select(left):
                return True
    return False
