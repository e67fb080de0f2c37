"""A file's way: bytes, text, clean text, sections, description, passages, library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.chunking import chunk
from ingest.cleaning import clean, clean_inline
from ingest.files import Found, find_files
from ingest.lines import read_blocks
from ingest.loaders import LoadedText, load
from ingest.metadata import Description, describe
from ingest.structure import outline
from vectorstore.errors import UnreadableFileError
from vectorstore.library import PolicyLibrary
from vectorstore.types import ParsedDocument, PolicyDocument
from vectorstore.writer import LibraryWriter

MAX_BYTES = 200_000_000
_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        source: its name in the library.
        outcome: "added", "updated", "unchanged", "duplicate", "removed" or "failed".
        passages: how many passages it has now.
        reason: why it failed, or "".
    """

    source: str
    outcome: str
    passages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file, in the order they were read."""

    files: tuple[FileResult, ...]

    def count(self, outcome: str) -> int:
        """How many files had this outcome."""
        return sum(result.outcome == outcome for result in self.files)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The files that could not be ingested."""
        return tuple(result for result in self.files if result.outcome == "failed")


def parse(data: bytes, source: str) -> ParsedDocument:
    """Understand one file: load, clean, find the structure, describe, cut.

    Args:
        data: the whole file.
        source: name by which people know it; its ending helps where the bytes leave a choice.

    Returns:
        The document with its clean text and passages, ready to be stored.

    Raises:
        UnreadableFileError: the bytes cannot be turned into a document; the text is the reason.
    """
    loaded = load(data, source)
    tree = outline(_blocks(loaded))
    if not tree.text.strip():
        raise UnreadableFileError("没有可收录的文字")
    content_hash = hashlib.sha256(data).hexdigest()
    document_id = content_hash[:16]
    description = describe(tree, PurePath(source).stem, loaded.given)
    document = _document(document_id, source, content_hash, loaded.format, description)
    return ParsedDocument(document, tree.text, chunk(tree, document_id))


def ingest(
    paths: Sequence[Path],
    library: PolicyLibrary,
    *,
    prune: bool = False,
    workers: int | None = None,
    wait: float = _WAIT_SECONDS,
    progress: Callable[[FileResult, int, int], None] | None = None,
) -> IngestReport:
    """Take files and folders into the library; what did not change is skipped by its hash.

    Args:
        paths: files and folders; folders are read recursively.
        library: where they go.
        prune: also remove documents whose files are not among `paths` any more.
        workers: processes that read files; None for one a core.
        wait: how long to wait for another writer, in seconds.
        progress: told of each file as it is done: its result, how many are done, how many there are.

    Returns:
        What became of every file.

    Raises:
        LibraryBusyError: another process kept writing.
        PolicyError: the library cannot be written.
    """
    del workers
    found = find_files(paths)
    results: list[FileResult] = []
    with library.write(wait) as writer:
        known = writer.sources()
        for file in found:
            results.append(_take(file, known, writer))
            if progress:
                progress(results[-1], len(results), len(found))
        if prune:
            results.extend(_prune(writer, known, {file.source for file in found}))
    return IngestReport(tuple(results))


def _take(file: Found, known: dict[str, str], writer: LibraryWriter) -> FileResult:
    if file.refused:
        return FileResult(file.source, "failed", reason=file.refused)
    try:
        if file.path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(f"文件超过 {MAX_BYTES // 1_000_000} MB，请拆分后再收录")
        data = file.path.read_bytes()
        if known.get(file.source) == hashlib.sha256(data).hexdigest():
            return FileResult(file.source, "unchanged")
        parsed = parse(data, file.source)
    except UnreadableFileError as error:
        return FileResult(file.source, "failed", reason=str(error))
    except OSError as error:
        return FileResult(file.source, "failed", reason=f"无法读取：{error.strerror}")
    return FileResult(file.source, writer.put(parsed), len(parsed.passages))


def _prune(writer: LibraryWriter, known: dict[str, str], present: set[str]) -> list[FileResult]:
    gone = [source for source in known if source not in present]
    for source in gone:
        writer.forget(source)
    return [FileResult(source, "removed") for source in gone]


def _blocks(loaded: LoadedText) -> tuple[Block, ...]:
    if loaded.blocks:
        return tuple(_cleaned(block) for block in loaded.blocks)
    return read_blocks(clean(loaded.text))


def _cleaned(block: Block) -> Block:
    match block:
        case Heading(text, level):
            return Heading(clean_inline(text), level)
        case Paragraph(text, lead, item, joints):
            return Paragraph(clean_inline(text), clean_inline(lead), item, joints)
        case Table(rows, header_rows, inline):
            return Table(
                tuple(tuple(clean_inline(cell) for cell in row) for row in rows), header_rows, inline
            )
        case Note(text, mark, anchor, at_end):
            return Note(clean_inline(text), mark, clean_inline(anchor), at_end)
        case _:
            return block


def _document(
    document_id: str, source: str, content_hash: str, format_name: str, description: Description
) -> PolicyDocument:
    return PolicyDocument(
        id=document_id,
        source=source,
        content_hash=content_hash,
        title=description.title,
        region=description.region,
        issuer=description.issuer,
        document_number=description.document_number,
        issued_on=description.issued_on,
        period=description.period,
        status=description.status,
        repeals=description.repeals,
        script=description.script,
        format=format_name,
    )
