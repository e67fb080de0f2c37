"""An answer to paste elsewhere, its proofs below it: as plain text, and as HTML for what takes tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.drafting.answer_blocks import Grid, Paragraph, blocks
from assistant.proof.flagging import flagged_text
from assistant.types import Answer


def copied(answer: Answer) -> str:
    """Return an answer with its citations as plain text, the cells of tables parted by tabs.

    Args:
        answer: the finished answer.

    Returns:
        What should be known of the sources, the text with its [n] marks and what was found wrong with it, and
        for each citation a line of number, label, standing and quote.
    """
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join("\t".join(row) for row in _rows(block))
        for block in _blocks(answer)
    )


def copied_html(answer: Answer) -> str:
    """Return what `copied` returns as HTML, tables as tables.

    Args:
        answer: the finished answer.
    """
    return "".join(
        f"<p>{_html(block.text)}</p>" if isinstance(block, Paragraph) else _table(block)
        for block in _blocks(answer)
    )


def _blocks(answer: Answer) -> Iterator[Paragraph | Grid]:
    yield from (Paragraph(f"提示：{notice}") for notice in answer.notices)
    yield from blocks(flagged_text(answer.text, answer.statements))
    if answer.citations:
        yield Paragraph("依据：")
    for one in answer.citations:
        yield Paragraph(f"[{one.number}] {one.label}（{one.standing_words}）：“{one.quote}”")


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return (grid.head, *grid.rows)


def _table(grid: Grid) -> str:
    rows = (f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>" for row in _rows(grid))
    return f'<table border="1">{"".join(rows)}</table>'
