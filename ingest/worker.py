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
from ingest.messages import DONE, PageDone, Read, Task, Wanted, receive, send
from ingest.pagewise import telling
from ingest.parsing import hash_of_paper, understand_all
from ingest.report import Understanding, review_of
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words
from vectorstore.preparing import prepare
from vectorstore.types import ParsedDocument

# Beyond it the library makes words and vectors: in one message with the document they would fill the memory.
_PREPARED_MAX = 20_000


def main() -> None:
    """Answer tasks until the standard input ends."""
    # Interrupting is the parent's business; it ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand among the answers.
    os.dup2(2, 1)
    wanted = receive(sys.stdin.buffer)
    if not isinstance(wanted, Wanted):
        return
    while isinstance(task := receive(sys.stdin.buffer), Task):
        source = task.file.source

        def tell(number: int, of: int, source: str = source) -> None:
            send(answers, PageDone(source, number, of))

        with telling(tell):
            for read in read_file(task, wanted):
                try:
                    send(answers, read)
                except MemoryError:
                    send(answers, Read(read.source, "failed", reason=_too_much_memory()))
        send(answers, DONE)


def read_file(task: Task, wanted: Wanted) -> Iterator[Read]:
    """Read one file: one answer for each document in it.

    Args:
        task: the file and what is known of it.
        wanted: what is wanted of it.

    Yields:
        Documents, or the reason there is none.
    """
    source = task.file.source
    try:
        data = read_whole(task.file.path)
        inside = members(data, source)
        if inside is None:
            yield from _read(data, source, task, wanted)
            return
        for member in inside:
            name = f"{source}#{member.name}"
            if member.refused:
                yield Read(name, "failed", reason=member.refused)
            else:
                yield from _read(member.data, name, task, wanted)
    except PolicyError as error:
        yield Read(source, "failed", reason=str(error))
    except MemoryError:
        yield Read(source, "failed", reason=_too_much_memory())
    except Exception as error:
        yield Read(source, "failed", reason=_unexpected(error))


def _read(data: bytes, source: str, task: Task, wanted: Wanted) -> Iterator[Read]:
    content_hash = hashlib.sha256(data).hexdigest()
    if unchanged := _unchanged(content_hash, source, task):
        yield from unchanged
        return
    try:
        for understanding in understand_all(data, source, wanted.budget):
            yield _answer(understanding, wanted)
    except PolicyError as error:
        yield Read(source, "failed", reason=str(error))
    except MemoryError:
        yield Read(source, "failed", reason=_too_much_memory())
    except Exception as error:
        yield Read(source, "failed", reason=_unexpected(error))


def _unchanged(content_hash: str, source: str, task: Task) -> list[Read]:
    """What is known of a file whose content is as it was: the file itself, or each paper in it."""
    if task.known.get(source) == content_hash:
        return [Read(source, "unchanged")]
    numbered = (f"{source}#{number}" for number in range(1, len(task.known) + 1))
    papers = [paper for paper in numbered if paper in task.known]
    same = all(
        task.known[paper] == hash_of_paper(content_hash, number) for number, paper in enumerate(papers, 1)
    )
    return [Read(paper, "unchanged") for paper in papers] if same else []


def _answer(understanding: Understanding, wanted: Wanted) -> Read:
    parsed: ParsedDocument = understanding.parsed
    prepared = None
    if wanted.words and len(parsed.passages) <= _PREPARED_MAX:
        prepared = prepare(parsed, embedded=wanted.vectors)
    review = review_of(understanding) if wanted.review else ""
    return Read(parsed.document.source, "read", parsed, review=review, prepared=prepared)


def _too_much_memory() -> str:
    return own_words(f"需要的内存超过 {sys.argv[1]} MB，已放弃这个文件；请拆分后再收录，或用 --memory 放宽")


def _unexpected(error: Exception) -> str:
    return own_words(f"读取时出错，文件可能已损坏（{type(error).__name__}）")


def _limit_memory(megabytes: int) -> None:
    limit = megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


if __name__ == "__main__":
    main()
