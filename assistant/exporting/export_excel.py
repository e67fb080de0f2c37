"""The tables of an answer as an Excel workbook, with their sources on a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.exporting.answer_tables import AnswerTable
from assistant.exporting.figure_cells import figure_of
from assistant.exporting.plain_cells import put_text
from assistant.types import Citation
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET, _SOURCES = own_words("表格"), own_words("依据")
_SOURCE_COLUMNS = own_words(("序号", "文件", "章节", "引文", "状态"))
# In characters of a spreadsheet; a Chinese one takes two.
_NARROW, _WIDE = 8, 48


def workbook_of(
    tables: Sequence[AnswerTable], citations: Sequence[Citation], wanted: Language = Language.SIMPLIFIED
) -> bytes:
    """Return tables as an .xlsx file in which nothing that a document says becomes a formula.

    Args:
        tables: a sheet each.
        citations: of the answer; those that prove a row are the last sheet.
        wanted: the reader's language, of all but what documents say.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    name, sources = translated(_SHEET, wanted), translated(_SOURCES, wanted)
    for number, table in enumerate(tables, 1):
        _fill(book.create_sheet(name if len(tables) == 1 else f"{name}{number}"), table, sources)
    proving = {number for table in tables for proofs in table.proofs for number in proofs}
    sheet = book.create_sheet(sources)
    _put_heads(sheet, [[translated(column, wanted) for column in _SOURCE_COLUMNS]])
    for row, citation in enumerate((one for one in citations if one.number in proving), 2):
        sheet.cell(row, 1).value = citation.number
        for column, text in enumerate(_source(citation), 2):
            put_text(sheet.cell(row, column), text)
    _lay_out(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, table: AnswerTable, sources: str) -> None:
    from openpyxl.styles import Font

    first = 1
    if table.caption:
        put_text(sheet.cell(1, 1), table.caption)
        sheet.cell(1, 1).font = Font(bold=True)
        first = 2
    heads = [(*head, *[""] * (table.width - len(head)), sources) for head in table.head or ((),)]
    _put_heads(sheet, heads, first)
    for row, (cells, proofs) in enumerate(zip(table.rows, table.proofs, strict=True), first + len(heads)):
        for column, text in enumerate(cells, 1):
            figure = figure_of(text)
            if figure is None:
                put_text(sheet.cell(row, column), text)
            else:
                sheet.cell(row, column).value, sheet.cell(row, column).number_format = figure
        put_text(sheet.cell(row, table.width + 1), "".join(f"[{number}]" for number in proofs))
    _lay_out(sheet, first)


def _put_heads(sheet: Worksheet, heads: Sequence[Sequence[str]], first: int = 1) -> None:
    from openpyxl.styles import Font, PatternFill

    for row, head in enumerate(heads, first):
        for column, text in enumerate(head, 1):
            cell = sheet.cell(row, column)
            put_text(cell, text)
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF1F5")
    sheet.freeze_panes = sheet.cell(first + len(heads), 1)


def _lay_out(sheet: Worksheet, first: int = 1) -> None:
    """Give each column the room that its longest cell needs, and wrap what is longer.

    Args:
        sheet: filled already.
        first: the row in which its table begins; a caption above it takes no room of the first column.
    """
    from openpyxl.styles import Alignment

    for column in sheet.iter_cols(min_row=first):
        longest = 0
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            longest = max(longest, sum(2 if ord(sign) > 0x2000 else 1 for sign in str(cell.value)))
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, _NARROW), _WIDE)


def _source(citation: Citation) -> Iterator[str]:
    passage, document = citation.passage, citation.document
    places = (*passage.section, passage.table if passage.table not in passage.section else "")
    yield document.title or document.source
    yield " › ".join(filter(None, places))
    yield citation.quote
    yield citation.standing_words
