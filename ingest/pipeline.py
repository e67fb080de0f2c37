"""A file's way: bytes, text, clean text, sections, description, passages, library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.files import Found, find_files
from ingest.messages import Limits, Read, Task, Wanted
from ingest.parsing import parse as parse
from ingest.parsing import understand as understand
from ingest.progress import Course, Progress
from ingest.report import FileResult, IngestReport
from ingest.tokens import TokenBudget
from ingest.workers import read_files
from vectorstore.steps import note, step
from vectorstore.types import ParsedDocument

if TYPE_CHECKING:
    # A process that only reads files does without the library's engines.
    from vectorstore.library import PolicyLibrary
    from vectorstore.writer import LibraryWriter

_WAIT_SECONDS = 60.0
_LIMITS = Limits()
_BUDGET = TokenBudget()


def ingest(
    paths: Sequence[Path],
    library: PolicyLibrary,
    *,
    prune: bool = False,
    elsewhere: Callable[[str], bool] | None = None,
    again: bool = False,
    workers: int | None = None,
    wait: float = _WAIT_SECONDS,
    limits: Limits = _LIMITS,
    budget: TokenBudget = _BUDGET,
    progress: Progress | None = None,
    review: Callable[[str], object] | None = None,
    groups: Collection[str] = (),
) -> IngestReport:
    """Take files and folders into the library; what did not change is skipped by its hash.

    Args:
        paths: files and folders; folders are read recursively.
        library: where they go.
        prune: also remove documents whose files are not among `paths` any more.
        elsewhere: says which source names are not taken in now, but are not gone either.
        again: also read what did not change; it is replaced where it is understood otherwise than before.
        workers: processes that read files; None for one a core. The result does not depend on it.
        wait: how long to wait for another writer, in seconds.
        limits: time and memory that one document may take.
        budget: what no passage exceeds.
        progress: told of each document and each page as it is done.
        review: given, for each file, what was understood of it, as a text for people.
        groups: who alone may see the files, those with them that did not change; none leaves that as it is.

    Returns:
        What became of every file, in the order of the paths.

    Raises:
        LibraryBusyError: another process kept writing.
        PolicyError: the library cannot be written.
    """
    found = find_files(paths)
    places = {file.source: file.path for file in found}
    course = Course(found, progress)
    results: list[FileResult] = []
    with library.write(wait) as writer:
        known = writer.sources()
        wanted = Wanted(budget, review is not None, words=True, vectors=writer.embeds_itself)
        tasks = _tasks(found, {} if again else known)
        for done, read in _reviewed(read_files(tasks, workers, limits, wanted, course.page), review):
            if groups and read.outcome != "failed":
                # Before it can be seen.
                writer.assign_groups([read.source], groups)
            results.append(store(read, writer, again=again))
            # An unchanged one too: its copy may be missing, as in a restored library.
            if read.outcome != "failed" and read.source in places:
                writer.keep_original(read.source, places[read.source])
            course.document(results[-1], done)
        results.extend(outdated(writer, known, results))
        if prune:
            present = {file.source for file in found} | {result.source for result in results}
            unread = {result.source for result in results if result.outcome == "failed"}
            mine = [source for source in known if not (elsewhere and elsewhere(source))]
            results.extend(_prune(writer, mine, present | unread, unread))
    note(files=len(found), documents=len(results), failed=sum(one.outcome == "failed" for one in results))
    return IngestReport(tuple(results))


def preview(
    paths: Sequence[Path],
    library: PolicyLibrary,
    *,
    workers: int | None = None,
    limits: Limits = _LIMITS,
    budget: TokenBudget = _BUDGET,
    progress: Progress | None = None,
    review: Callable[[str], object] | None = None,
) -> IngestReport:
    """Do what `ingest` does up to the library, and tell what it would do; nothing is written.

    Args: as for `ingest`.

    Returns:
        What would become of every file, with title, status and number of passages.
    """
    found = find_files(paths)
    course = Course(found, progress)
    known = {document.source: document.content_hash for document in library.documents()}
    wanted = Wanted(budget, review is not None)
    results: list[FileResult] = []
    reads = read_files(_tasks(found, known), workers, limits, wanted, course.page)
    for done, read in _reviewed(reads, review):
        results.append(_expected(read, known))
        course.document(results[-1], done)
    return IngestReport(tuple(results))


def _reviewed(
    reads: Iterable[tuple[int, Read]], review: Callable[[str], object] | None
) -> Iterator[tuple[int, Read]]:
    """Hand the texts for people over while answers pass by."""
    for done, read in reads:
        if review and read.review:
            review(read.review)
        yield done, read


def _tasks(found: Sequence[Found], known: dict[str, str]) -> list[Task]:
    return [Task(file, _unchanged_hashes(file, known)) for file in found]


def _unchanged_hashes(file: Found, known: dict[str, str]) -> dict[str, str]:
    return {
        source: content_hash
        for source, content_hash in known.items()
        if source == file.source or source.startswith(f"{file.source}#")
    }


@step("file")
def store(read: Read, writer: LibraryWriter, *, again: bool) -> FileResult:
    """Put what was read into the library; `again`, in the place of what was understood otherwise."""
    note(reading_seconds=round(read.seconds, 3), outcome=read.outcome)
    if read.parsed is None:
        return FileResult(read.source, read.outcome, reason=read.reason)
    document = replace(read.parsed.document, ingested_at=datetime.now(UTC))
    outcome = writer.put(replace(read.parsed, document=document), read.prepared, again=again)
    result = _result(read.parsed, outcome)
    note(outcome=outcome, document=document.id, format=document.format, passages=result.passages)
    return result


def _expected(read: Read, known: dict[str, str]) -> FileResult:
    if read.parsed is None:
        return FileResult(read.source, read.outcome, reason=read.reason)
    return _result(read.parsed, "updated" if read.source in known else "added")


def _result(parsed: ParsedDocument, outcome: str) -> FileResult:
    document = parsed.document
    return FileResult(
        document.source,
        outcome,
        len(parsed.passages),
        reason=parsed.facts.problem if parsed.facts else "",
        title=document.title,
        kind=document.kind,
        status=document.status,
    )


def outdated(writer: LibraryWriter, known: Iterable[str], results: Sequence[FileResult]) -> list[FileResult]:
    """Forget a file that was one document and is now several, and the other way round."""
    read = {result.source for result in results if result.outcome in ("added", "updated")}
    containers = {source.rpartition("#")[0] for source in read}
    gone = [
        source
        for source in known
        if source in containers or (source not in read and source.rpartition("#")[0] in read)
    ]
    for source in gone:
        writer.forget(source)
    return [FileResult(source, "removed") for source in gone]


def _prune(
    writer: LibraryWriter, known: Iterable[str], present: Set[str], unread: Set[str]
) -> list[FileResult]:
    """Forget sources that are gone; those in a file that was not read stay as they were."""
    inside = tuple(f"{source}#" for source in unread)
    held = set(writer.sources())
    gone = [
        source
        for source in known
        if source not in present and not source.startswith(inside) and source in held
    ]
    for source in gone:
        writer.forget(source)
    return [FileResult(source, "removed") for source in gone]
