"""Tables on the page: of documents, as they were understood, and of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.exporting.figure_cells import figure_of
from assistant.types import Citation
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sources import mark_link
from vectorstore.types import DocumentTable, Passage, TableRow

# Fewer rows are seen at one glance.
_LEAST_TO_SORT = 3
_NOT_READ = re.compile(r"<sup.*?</sup>|<[^>]+>")

Cells = Sequence[str]


def grid_html(heads: Sequence[Cells], rows: Sequence[Cells], caption: str = "", *, sorts: bool = True) -> str:
    """Return a table whose rows are each named by a cell that stays in sight where it is scrolled sideways.

    Args:
        heads: HTML of the rows that name the columns.
        rows: HTML of the body.
        caption: HTML of its name, or "".
        sorts: whether tables.js may sort it by a column.
    """
    naming = _naming_column(rows)
    sorts = sorts and len(rows) >= _LEAST_TO_SORT
    head = "".join(
        _head(cells, naming, sorts=sorts and at == len(heads) - 1) for at, cells in enumerate(heads)
    )
    body = "".join(_row(cells, naming) for cells in rows)
    named = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{named}<thead>{head}</thead><tbody>{body}</tbody></table>"


def table_html(table: DocumentTable, here: Passage | None = None) -> str:
    """Return a table of a document.

    Args:
        table: the table.
        here: the passage made of one of its rows, which is highlighted; None for none.
    """
    rows = [_cells(row, marked=here is not None and _is(row, here)) for row in table.rows]
    return _framed(table, rows, sorts=False)


def cited_html(table: DocumentTable, citations: Sequence[Citation], group: str) -> str:
    """Return those rows of a table that an answer quotes, each with the [n] of its proof.

    Args:
        table: the table.
        citations: of its rows.
        group: prefix of the cards' anchors.
    """
    rows = [
        _cells(row, after=mark_link(citation.number, group))
        for row in table.rows
        for citation in citations
        if _is(row, citation.passage)
    ]
    return _framed(table, rows, sorts=True)


def _framed(table: DocumentTable, rows: Sequence[Cells], *, sorts: bool) -> str:
    heads = [[html_text(cell) for cell in cells] for cells in table.header]
    caption = html_text(table.caption)
    drawn = grid_html(heads, rows, caption, sorts=sorts)
    return (
        f'<div class="pa-answer"><div class="pa-table pa-rows" lang="zh-CN" tabindex="0" role="region" '
        f'aria-label="{caption or html_text(say("表格"))}">{drawn}</div></div>'
    )


def _is(row: TableRow, passage: Passage) -> bool:
    return row.start <= passage.start < row.end


def _cells(row: TableRow, *, marked: bool = False, after: str = "") -> list[str]:
    shown = [f"<mark>{html_text(cell)}</mark>" if marked and cell else html_text(cell) for cell in row.cells]
    return [*shown[:-1], shown[-1] + after]


def _naming_column(rows: Sequence[Cells]) -> int:
    """Return the column that tells rows apart by words: the first without a figure or the same cell twice."""
    for at, column in enumerate(zip(*rows, strict=False)):
        read = [_NOT_READ.sub("", cell).strip() for cell in column]
        if all(read) and len(set(read)) == len(read) and not any(map(figure_of, read)):
            return at
    return 0


def _head(cells: Cells, naming: int, *, sorts: bool) -> str:
    # A name that holds a mark leads to its source and not to another order.
    shown = (
        f'<button type="button" class="pa-sort">{cell}</button>'
        if sorts and cell and "<" not in cell
        else cell
        for cell in cells
    )
    return _row(shown, naming, others="th")


def _row(cells: Iterable[str], naming: int, others: str = "td") -> str:
    scope = ' scope="row"' if others == "td" else ""
    shown = (
        f'<th class="pa-naming"{scope}>{cell}</th>' if at == naming else f"<{others}>{cell}</{others}>"
        for at, cell in enumerate(cells)
    )
    return f"<tr>{''.join(shown)}</tr>"
