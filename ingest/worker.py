"""The process that reads files for `ingest.workers`: `python -m ingest.worker MEGABYTES`."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import sys
from collections.abc import Iterator

from ingest.files import read_whole
from ingest.loaders import members
from ingest.pipeline import understand
from ingest.report import review_of
from ingest.workers import Read, Task, receive, send
from vectorstore.errors import UnreadableFileError


def main() -> None:
    """Answer tasks until the standard input ends."""
    # Interrupting is the parent's business; it ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand among the answers.
    os.dup2(2, 1)
    while isinstance(task := receive(sys.stdin.buffer), Task):
        for read in read_file(task):
            try:
                send(answers, read)
            except MemoryError:
                send(answers, Read(read.source, "failed", reason=_too_much_memory()))
        send(answers, "done")


def read_file(task: Task) -> Iterator[Read]:
    """Read one file: one answer for each document in it.

    Args:
        task: the file and what is known of it.

    Yields:
        Documents, or the reason there is none.
    """
    source = task.file.source
    try:
        data = read_whole(task.file.path)
        inside = members(data, source)
        if inside is None:
            yield _read(data, source, task)
            return
        for member in inside:
            name = f"{source}#{member.name}"
            if member.refused:
                yield Read(name, "failed", reason=member.refused)
            else:
                yield _read(member.data, name, task)
    except UnreadableFileError as error:
        yield Read(source, "failed", reason=str(error))
    except MemoryError:
        yield Read(source, "failed", reason=_too_much_memory())
    except Exception as error:
        yield Read(source, "failed", reason=_unexpected(error))


def _read(data: bytes, source: str, task: Task) -> Read:
    if task.known.get(source) == hashlib.sha256(data).hexdigest():
        return Read(source, "unchanged")
    try:
        understanding = understand(data, source)
    except UnreadableFileError as error:
        return Read(source, "failed", reason=str(error))
    except MemoryError:
        return Read(source, "failed", reason=_too_much_memory())
    except Exception as error:
        return Read(source, "failed", reason=_unexpected(error))
    return Read(
        source, "read", understanding.parsed, review=review_of(understanding) if task.reviewed else ""
    )


def _too_much_memory() -> str:
    return f"需要的内存超过 {sys.argv[1]} MB，已放弃这个文件"


def _unexpected(error: Exception) -> str:
    return f"读取时出错，文件可能已损坏（{type(error).__name__}）"


def _limit_memory(megabytes: int) -> None:
    limit = megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


if __name__ == "__main__":
    main()
