"""An answer to paste elsewhere, its proofs below it: as plain text, and as HTML for what takes tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.drafting.answer_blocks import Grid, Paragraph, blocks
from assistant.exporting.translating import in_language, spoken_with
from assistant.proof.flagging import flagged_text
from assistant.types import Answer
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words


def copied(answer: Answer, wanted: Language = Language.SIMPLIFIED) -> str:
    """Return an answer with its citations as plain text, the cells of tables parted by tabs.

    Args:
        answer: the finished answer.
        wanted: the language of its reader.

    Returns:
        What should be known of the sources, the text with its [n] marks and what was found wrong with it, and
        for each citation a line of number, label, standing and quote.
    """
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join("\t".join(row) for row in _rows(block))
        for block in _blocks(answer, wanted)
    )


def copied_html(answer: Answer, wanted: Language = Language.SIMPLIFIED) -> str:
    """Return what `copied` returns as HTML, tables as tables.

    Args:
        answer: the finished answer.
        wanted: language of all but the documents' own words.
    """
    return "".join(
        f"<p>{_html(block.text)}</p>" if isinstance(block, Paragraph) else _table(block)
        for block in _blocks(answer, wanted)
    )


def _blocks(answer: Answer, wanted: Language) -> Iterator[Paragraph | Grid]:
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
