"""The sentences of a document with their places, as all readers of facts walk through them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.script import simplified
from vectorstore.facts import Fact, Statement
from vectorstore.types import DocumentTable, ParsedDocument, Passage, PassageKind

_PROSE = frozenset({PassageKind.TEXT, PassageKind.LIST, PassageKind.BOX})
_FIGURES_ALONE = re.compile(r"[\d.,%％\s—–-]+")
_SENTENCE = re.compile(r"[^。！？!?\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text.

    Attributes:
        text: its words in Simplified characters, the stop left out.
        raw: the same as they stand in the document.
        start: its place in the clean text, in characters.
        passage: the passage that holds it.
        closes: whether its line ends with it.
    """

    text: str
    raw: str
    start: int
    passage: Passage
    closes: bool

    def fact(self, statement: Statement, begin: int = 0, end: int | None = None) -> Fact:
        """Return a fact that a part of the sentence proves; blanks around it are left out.

        Args:
            statement: what is stated.
            begin, end: where in the sentence, in characters; the whole of it by default.
        """
        words = self.raw[begin:end]
        begin += len(words) - len(words.lstrip())
        quote = words.strip()
        start = self.start + begin
        return Fact(statement, self.passage.ordinal, quote, start, start + len(quote))


def sentences_of(parsed: ParsedDocument) -> Iterator[Sentence]:
    """Yield the sentences of a document's running text, in order."""
    hant = parsed.document.script == "hant"
    for passage in parsed.passages:
        if passage.kind not in _PROSE:
            continue
        plain = simplified(passage.text) if hant else passage.text
        if len(plain) != len(passage.text):
            continue
        for found in _SENTENCE.finditer(plain):
            start, end = found.span()
            text = found.group()
            behind = plain[end : end + 2].lstrip("。！？!?")
            closes = not behind or behind.startswith("\n")
            raw = passage.text[start:end] if hant else text
            yield Sentence(text, raw, passage.start + start, passage, closes)


def headed(table: DocumentTable) -> DocumentTable:
    """Return a table with its head: one that has none has it in its first row, if that states no figure."""
    if table.header or len(table.rows) < 2 or table.rows[0].is_group:
        return table
    first = table.rows[0].cells
    if not all(first) or any(_FIGURES_ALONE.fullmatch(cell) for cell in first):
        return table
    return replace(table, header=(first,), rows=table.rows[1:])


def row_ordinals(parsed: ParsedDocument) -> dict[int, int]:
    """Return the place where a row of a table starts → the ordinal of the first passage made of it.

    Args:
        parsed: the document.
    """
    rows = (one for one in reversed(parsed.passages) if one.kind is PassageKind.TABLE_ROW)
    return {one.start: one.ordinal for one in rows}
