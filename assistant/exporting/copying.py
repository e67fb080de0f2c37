"""An answer to paste elsewhere, its proofs below it: as plain text, and as HTML for what takes tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from assistant.drafting.answer_blocks import Grid, Paragraph, blocks
from assistant.exporting.answer_tables import AnswerTable
from assistant.exporting.figure_cells import figure_of
from assistant.exporting.plain_cells import plain_cell
from assistant.exporting.translating import in_language, spoken_with
from assistant.proof.flagging import flagged_text
from assistant.types import Answer, Citation
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

Block = Paragraph | Grid


def copied(answer: Answer, wanted: Language = Language.SIMPLIFIED) -> tuple[Block, ...]:
    """Return what is copied of an answer: notices, its text with what was found wrong, a line per citation.

    Args:
        answer: the finished answer.
        wanted: the language of its reader.
    """
    return tuple(_blocks(answer, wanted))


def copied_tables(
    tables: Sequence[AnswerTable], citations: Sequence[Citation], wanted: Language = Language.SIMPLIFIED
) -> tuple[Block, ...]:
    """Return what is copied of an answer's tables alone: each row names its source in a column of its own.

    Args:
        tables: of the answer.
        citations: of the answer, in its reader's language.
        wanted: that language.
    """
    sources = {one.number: f"{one.label}（{one.standing_words}）" for one in citations}
    head = translated(own_words("依据"), wanted)
    return tuple(block for table in tables for block in _with_sources(table, sources, head))


def as_text(blocks: Iterable[Block]) -> str:
    """Return blocks as plain text, the cells of tables parted by tabs.

    Args:
        blocks: what is copied.
    """
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join("\t".join(row) for row in _rows(block))
        for block in blocks
    )


def as_html(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML, tables as tables.

    Args:
        blocks: what is copied.
    """
    return "".join(
        f"<p>{_html(block.text)}</p>" if isinstance(block, Paragraph) else _table(block) for block in blocks
    )


def _with_sources(table: AnswerTable, sources: Mapping[int, str], head: str) -> Iterator[Block]:
    if table.caption:
        yield Paragraph(table.caption)
    heads = [(*row, *[""] * (table.width - len(row)), head) for row in table.head]
    rows = [
        (
            *map(_spreadsheet_cell, row),
            *[""] * (table.width - len(row)),
            "；".join(dict.fromkeys(sources[number] for number in proofs if number in sources)),
        )
        for row, proofs in zip(table.rows, table.proofs, strict=True)
    ]
    first, *others = [*heads, *rows]
    yield Grid(first, tuple(others))


def _spreadsheet_cell(text: str) -> str:
    """Return a cell that no spreadsheet program calculates; a figure below nought stays one."""
    return text if figure_of(text) is not None or not text.strip("-－ ") else plain_cell(text)


def _blocks(answer: Answer, wanted: Language) -> Iterator[Block]:
    wanted = spoken_with(answer.question, wanted)
    answer = in_language(answer, wanted)
    notice_of = translated(own_words("提示：{notice}"), wanted)
    yield from (Paragraph(notice_of.format(notice=notice)) for notice in answer.notices)
    yield from blocks(flagged_text(answer.text, answer.statements, wanted))
    if answer.citations:
        yield Paragraph(translated(own_words("依据："), wanted))
    for one in answer.citations:
        yield Paragraph(f"[{one.number}] {one.label}（{one.standing_words}）：“{one.quote}”")


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return (grid.head, *grid.rows)


def _table(grid: Grid) -> str:
    rows = (f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>" for row in _rows(grid))
    return f'<table border="1">{"".join(rows)}</table>'
