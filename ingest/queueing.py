"""Putting files into the queue, from which workers on any machine take them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ingest.files import Found, find_files, read_whole
from ingest.report import FileResult, IngestReport
from vectorstore.errors import UnreadableFileError
from vectorstore.file_queue import FileQueue


def enqueue(
    paths: Sequence[Path], queue: FileQueue, *, again: bool = False, groups: Collection[str] = ()
) -> IngestReport:
    """Put files and folders into the queue; what the library holds as it is, is left out.

    Args:
        paths: files and folders; folders are read recursively.
        queue: where they wait.
        again: also those that did not change.
        groups: who alone may see the files; none leaves that as it is.

    Returns:
        Of every file whether it was "queued", is "unchanged" or "failed", in the order of the paths.

    Raises:
        LibraryError: they cannot be kept.
    """
    held = queue.held()
    found = find_files(paths)
    return IngestReport(
        tuple(_queued(file, queue, held.get(file.source, ""), again, groups) for file in found)
    )


def _queued(found: Found, queue: FileQueue, held: str, again: bool, groups: Collection[str]) -> FileResult:
    if found.refused:
        return FileResult(found.source, "failed", reason=found.refused)
    try:
        data = read_whole(found.path)
    except UnreadableFileError as error:
        return FileResult(found.source, "failed", reason=str(error))
    put = queue.put(found.source, data, held=held, again=again, groups=groups)
    return FileResult(found.source, "queued" if put else "unchanged")
