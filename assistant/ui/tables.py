"""A whole table of a document, as it was understood."""

from __future__ import annotations

from assistant.ui.escaping import html_text
from assistant.ui.language import say
from vectorstore.types import DocumentTable, Passage, TableRow


def table_html(table: DocumentTable, here: Passage | None = None) -> str:
    """Return a table of a document.

    Args:
        table: the table.
        here: the passage made of one of its rows, which is highlighted; None for none.
    """
    head = "".join(_row(cells, "th") for cells in table.header)
    body = "".join(_row(row.cells, "td", marked=here is not None and _is(row, here)) for row in table.rows)
    caption = f"<caption>{html_text(table.caption)}</caption>" if table.caption else ""
    name = html_text(table.caption or say("表格"))
    return (
        f'<div class="pa-answer"><div class="pa-table" lang="zh-CN" tabindex="0" role="region" '
        f'aria-label="{name}"><table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table></div></div>'
    )


def _is(row: TableRow, passage: Passage) -> bool:
    return row.start <= passage.start < row.end


def _row(cells: tuple[str, ...], tag: str, *, marked: bool = False) -> str:
    inside = "".join(
        f"<{tag}>{f'<mark>{html_text(cell)}</mark>' if marked and cell else html_text(cell)}</{tag}>"
        for cell in cells
    )
    return f"<tr>{inside}</tr>"
