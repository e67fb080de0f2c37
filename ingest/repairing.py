"""Reading documents anew from their kept originals, where they are not stored as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.files import Found
from ingest.messages import Limits, Task, Wanted
from ingest.pipeline import store
from ingest.report import FileResult, IngestReport
from ingest.tokens import TokenBudget
from ingest.workers import read_files
from vectorstore.bucket_originals import BucketOriginals
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.originals import Originals

_ABSENT = own_words("没有保存可用的原文件，请重新收录：policy-assistant ingest --again 原文件所在位置")


def repair(
    library: PolicyLibrary, originals: Originals | BucketOriginals, budget: TokenBudget, wait: float
) -> IngestReport:
    """Look at everything that is stored, and read anew what is not as it was stored.

    Args:
        library: what is repaired.
        originals: the files that its documents were read from.
        budget: what no passage exceeds.
        wait: how long to wait for another writer, in seconds.

    Returns:
        What became of each damaged document.

    Raises:
        LibraryBusyError: another process kept writing.
        LibraryError: the originals are in a storage that is away.
    """
    results: list[FileResult] = []
    with library.write(wait) as writer:
        damaged = writer.damaged()
        tasks = list(_tasks(damaged, originals))
        wanted = Wanted(budget, words=True, vectors=writer.embeds_itself)
        for _, read in read_files(tasks, None, Limits(), wanted):
            if read.parsed and read.parsed.document.content_hash == damaged.get(read.source):
                results.append(store(read, writer, again=True))
        repaired = {result.source for result in results}
        results += [
            FileResult(source, "failed", reason=_ABSENT) for source in damaged if source not in repaired
        ]
    return IngestReport(tuple(results))


def _tasks(damaged: Mapping[str, str], originals: Originals | BucketOriginals) -> Iterator[Task]:
    for source, content_hash in damaged.items():
        kept = originals.find(content_hash)
        if kept:
            yield Task(Found(kept, source, size=kept.stat().st_size))
