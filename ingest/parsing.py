"""One file understood: bytes, blocks, papers, sections, description, passages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from ingest.blocks import Block, Heading, Paragraph
from ingest.chunking import chunk
from ingest.cleaning import Cleaned, clean, clean_blocks
from ingest.compilation import papers_in
from ingest.facts.reading import read_facts
from ingest.infobox import unfold_box
from ingest.lines import read_blocks
from ingest.loaders import Given, LoadedText, load
from ingest.metadata import Description, describe
from ingest.repeals import repeals_of
from ingest.report import Understanding
from ingest.structure import outline
from ingest.tokens import TokenBudget
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.types import ParsedDocument, PolicyDocument

_BUDGET = TokenBudget()
_LEFT_OUT_LINES, _LEFT_OUT_CHARS = 300, 300


def parse(data: bytes, source: str, budget: TokenBudget = _BUDGET) -> ParsedDocument:
    """Understand one file as one document: load, clean, find the structure, describe, cut.

    Args:
        data: the whole file.
        source: name by which people know it; its ending helps where the bytes leave a choice.
        budget: what no passage exceeds.

    Returns:
        The document with its clean text and passages, ready to be stored.

    Raises:
        UnreadableFileError: the bytes cannot be turned into a document; the text is the reason.
    """
    return understand(data, source, budget).parsed


def understand(data: bytes, source: str, budget: TokenBudget = _BUDGET) -> Understanding:
    """Do what `parse` does and keep what a person needs to check it.

    Raises:
        UnreadableFileError: the bytes cannot be turned into a document; the text is the reason.
    """
    loaded = load(data, source)
    cleaned, blocks = _blocks_of(loaded)
    return _understood(loaded, cleaned, blocks, source, hashlib.sha256(data).hexdigest(), budget)


def understand_all(data: bytes, source: str, budget: TokenBudget = _BUDGET) -> tuple[Understanding, ...]:
    """Understand every paper of a file: most hold one, a compilation holds several.

    Args: as for `parse`.

    Returns:
        One for each paper; those of a compilation are called FILE#1, FILE#2 and so on.

    Raises:
        UnreadableFileError: the bytes cannot be turned into a document; the text is the reason.
    """
    loaded = load(data, source)
    cleaned, blocks = _blocks_of(loaded)
    content_hash = hashlib.sha256(data).hexdigest()
    papers = papers_in(blocks)
    if len(papers.parts) == 1:
        return (_understood(loaded, cleaned, blocks, source, content_hash, budget),)
    cover = (
        own_words(f"汇编的封面：{block.text}")
        for block in papers.cover
        if isinstance(block, Heading | Paragraph)
    )
    first = replace(loaded, given=Given(), unread=(*loaded.unread, *cover))
    others = replace(loaded, given=Given(), unread=())
    return tuple(
        _understood(
            others if place else first,
            cleaned if not place else Cleaned("", running=cleaned.running),
            part,
            f"{source}#{place + 1}",
            hash_of_paper(content_hash, place + 1),
            budget,
        )
        for place, part in enumerate(papers.parts)
    )


def hash_of_paper(content_hash: str, number: int) -> str:
    """The hash of one paper of a compilation, by the hash of the file and its place in it, from 1."""
    return hashlib.sha256(f"{content_hash}#{number}".encode()).hexdigest()


def _blocks_of(loaded: LoadedText) -> tuple[Cleaned, tuple[Block, ...]]:
    cleaned = clean(loaded.text)
    return cleaned, unfold_box(clean_blocks(loaded.blocks) if loaded.blocks else read_blocks(cleaned.text))


def _understood(
    loaded: LoadedText,
    cleaned: Cleaned,
    blocks: tuple[Block, ...],
    source: str,
    content_hash: str,
    budget: TokenBudget,
) -> Understanding:
    tree = outline(blocks)
    if not tree.text.strip():
        raise UnreadableFileError("没有可收录的文字")
    document_id = content_hash[:16]
    description = describe(tree, _name_of(source), loaded.given, cleaned.running)
    document = _document(document_id, source, content_hash, loaded.format, description)
    passages = chunk(tree, document_id, budget)
    dropped = _shown((*loaded.unread, *cleaned.dropped))
    parsed = ParsedDocument(document, tree.text, passages, tree.tables, dropped)
    read = read_facts(parsed)
    document = replace(document, repeals=repeals_of(parsed, read.facts))
    return Understanding(replace(parsed, document=document, facts=read), tree, loaded.unread, cleaned.dropped)


def _shown(dropped: Sequence[str]) -> tuple[str, ...]:
    """The lines left out as the library keeps them: as many as a person reads."""
    lines = list(dict.fromkeys(line[:_LEFT_OUT_CHARS] for line in dropped if line.strip()))
    more = len(lines) - _LEFT_OUT_LINES
    return (*lines[:_LEFT_OUT_LINES], *([f"另有 {more} 行"] if more > 0 else []))


def _name_of(source: str) -> str:
    """The name of last resort: the file's without its ending; a record's is its export's and its own."""
    container, _, member = source.rpartition("#")
    if container and "." not in member:
        return f"{PurePath(container).stem} {member}"
    return PurePath(source).stem


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
        kind=description.kind,
        status=description.status,
        validity=description.validity,
        script=description.script,
        format=format_name,
    )
