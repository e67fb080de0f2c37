"""A whole table of a document, as it was understood."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Citation
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sources import mark_link
from vectorstore.types import DocumentTable, Passage, TableRow


def table_html(table: DocumentTable, here: Passage | None = None) -> str:
    """Return a table of a document.

    Args:
        table: the table.
        here: the passage made of one of its rows, which is highlighted; None for none.
    """
    body = "".join(_row(row.cells, marked=here is not None and _is(row, here)) for row in table.rows)
    return _framed(table, body)


def cited_html(table: DocumentTable, citations: Sequence[Citation], group: str) -> str:
    """Return those rows of a table that an answer quotes, each with the [n] of its proof.

    Args:
        table: the table.
        citations: of its rows.
        group: prefix of the cards' anchors.
    """
    body = "".join(
        _row(row.cells, after=mark_link(citation.number, group))
        for row in table.rows
        for citation in citations
        if _is(row, citation.passage)
    )
    return _framed(table, body)


def _framed(table: DocumentTable, body: str) -> str:
    head = "".join(
        f"<tr>{''.join(f'<th>{html_text(cell)}</th>' for cell in cells)}</tr>" for cells in table.header
    )
    caption = f"<caption>{html_text(table.caption)}</caption>" if table.caption else ""
    name = html_text(table.caption or say("表格"))
    return (
        f'<div class="pa-answer"><div class="pa-table pa-rows" lang="zh-CN" tabindex="0" role="region" '
        f'aria-label="{name}"><table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table></div></div>'
    )


def _is(row: TableRow, passage: Passage) -> bool:
    return row.start <= passage.start < row.end


def _row(cells: tuple[str, ...], *, marked: bool = False, after: str = "") -> str:
    shown = [f"<mark>{html_text(cell)}</mark>" if marked and cell else html_text(cell) for cell in cells]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in [*shown[:-1], shown[-1] + after])}</tr>"
