"""Facts as CSV and Excel files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assistant.exporting.figure_cells import figure_of
from assistant.exporting.plain_cells import held_text, plain_cell, put_text
from assistant.ledger.cells import LABELS, cells, columns, heading, in_language
from vectorstore.facts import FactKind
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.ledger import FoundFact, Ledger

_ALL = own_words("事实")
_YEAR, _VALUE = "年份", "数值"
_ONE_YEAR = re.compile(r"[0-9]{4}")
_WIDTHS = {"原文": 60, "章节": 30, "来源文件": 30, "文件标题": 40, "指标": 30, "任务": 50, "对象": 40}


def csv_of(
    rows: Iterable[FoundFact],
    kind: FactKind | None,
    ledger: Ledger,
    today: date,
    wanted: Language = Language.SIMPLIFIED,
) -> bytes:
    """Return facts as a CSV file that spreadsheet programs open with its characters right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in _table(rows, kind, ledger, today, wanted):
        writer.writerow(plain_cell(held_text(value)) for value in row)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(
    rows: Iterable[FoundFact],
    kind: FactKind | None,
    ledger: Ledger,
    today: date,
    wanted: Language = Language.SIMPLIFIED,
) -> bytes:
    """Return facts as an Excel file: years and values as numbers to reckon with, every other cell as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(translated(LABELS[kind] if kind else _ALL, wanted))
    sheet.freeze_panes = "A2"
    for at, name in enumerate(columns(kind), 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 14)
    names = columns(kind)
    for number, row in enumerate(_table(rows, kind, ledger, today, wanted)):
        written = []
        for name, value in zip(names, row, strict=True):
            cell = WriteOnlyCell(sheet)
            figure = _number(name, value) if number else None
            if figure is None:
                put_text(cell, value)
            else:
                cell.value, cell.number_format = figure
            cell.font = Font(bold=number == 0)
            written.append(cell)
        sheet.append(written)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _number(column: str, text: str) -> tuple[int | float, str] | None:
    """Return a year or a value with its format; None where it is a period, a range or something else."""
    if column == _YEAR:
        return (int(text), "0") if _ONE_YEAR.fullmatch(text) else None
    return figure_of(text) if column == _VALUE else None


def _table(
    rows: Iterable[FoundFact], kind: FactKind | None, ledger: Ledger, today: date, wanted: Language
) -> Iterator[list[str]]:
    names = columns(kind)
    yield [translated(heading(name), wanted) for name in names]
    for found in rows:
        row = in_language(cells(found, ledger, today), wanted)
        yield [row.get(name, "") for name in names]
