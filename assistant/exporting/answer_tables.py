"""The tables of an answer: those of its text, and the rows of documents that it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.answer_blocks import Grid, blocks
from assistant.proof.flagging import flagged_text
from assistant.types import Answer, Citation
from vectorstore.languages.language import Language
from vectorstore.library import PolicyLibrary
from vectorstore.types import DocumentTable, PassageKind

_MARK = re.compile(r"\s*\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table that an answer shows.

    Attributes:
        caption: the line that names it, or "".
        head: the rows that name the columns.
        rows: the body, without marks.
        proofs: for each row, the numbers of the citations that prove it.
    """

    caption: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    proofs: tuple[tuple[int, ...], ...]

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, (*self.head, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class QuotedRows:
    """A table of a document, with the citations of the rows that an answer quotes."""

    table: DocumentTable
    citations: tuple[Citation, ...]


def quoted_rows(library: PolicyLibrary, answer: Answer) -> tuple[QuotedRows, ...]:
    """Return each table of which an answer quotes rows that its text does not set out as a table itself.

    Args:
        library: where the tables are; what has left it is not found.
        answer: the answer.
    """
    held = library.by_id
    told = {number for table in _of_text(answer) for numbers in table.proofs for number in numbers}
    rows = [
        one
        for one in answer.citations
        if one.passage.kind is PassageKind.TABLE_ROW and one.number not in told
    ]
    found = (
        QuotedRows(
            table, tuple(one for one in rows if one.document.id == document and table.holds(one.passage))
        )
        for document in dict.fromkeys(one.document.id for one in rows if one.document.id in held)
        for table in library.tables(document)
    )
    return tuple(one for one in found if one.citations)


def tables_of(
    answer: Answer, quoted: Sequence[QuotedRows] = (), wanted: Language = Language.SIMPLIFIED
) -> tuple[AnswerTable, ...]:
    """Return the tables of an answer: those of its text, then the rows that it quotes.

    Args:
        answer: the finished answer, in its reader's language.
        quoted: the rows of documents.
        wanted: that language, for what was found wrong with a row.
    """
    return (*_of_text(answer, wanted), *map(_of_document, quoted))


def _of_text(answer: Answer, wanted: Language = Language.SIMPLIFIED) -> tuple[AnswerTable, ...]:
    text = flagged_text(answer.text, answer.statements, wanted)
    return tuple(_of_grid(block) for block in blocks(text) if isinstance(block, Grid))


def _of_grid(grid: Grid) -> AnswerTable:
    proofs = (
        dict.fromkeys(int(number) for cell in row for number in _MARK.findall(cell)) for row in grid.rows
    )
    rows = tuple(tuple(_MARK.sub("", cell) for cell in row) for row in grid.rows)
    return AnswerTable(
        "", (tuple(_MARK.sub("", cell) for cell in grid.head),), rows, tuple(map(tuple, proofs))
    )


def _of_document(quoted: QuotedRows) -> AnswerTable:
    cited = [
        (row.cells, citation.number)
        for row in quoted.table.rows
        for citation in quoted.citations
        if row.start <= citation.passage.start < row.end
    ]
    rows, proofs = tuple(cells for cells, _ in cited), tuple((number,) for _, number in cited)
    return AnswerTable(quoted.table.caption, quoted.table.header, rows, proofs)
