"""The tables of a made-up paper as an Excel workbook or a CSV file."""

from __future__ import annotations

import csv
import io
import random

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.office.content import Grid, Paper
from benchmarks.office.laying import placed, plain_rows


def workbook_file(paper: Paper, chance: random.Random) -> bytes:
    """Write a workbook: title, tables under their captions, hidden rows between them, figures in formats."""
    book = Workbook()
    sheet = book.active
    top = 1
    sheet.cell(1, 1, paper.title)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=3)
    for grid in paper.grids():
        top += 1
        if grid.caption:
            sheet.cell(top + 1, 1, grid.caption)
            sheet.merge_cells(
                start_row=top + 1, end_row=top + 1, start_column=1, end_column=len(grid.rows[0])
            )
            top += 1
        top = _grid(sheet, grid, top + 1, chance)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _grid(sheet: Worksheet, grid: Grid, top: int, chance: random.Random) -> int:
    """Write a table from a row on; returns the row below it."""
    bold = chance.random() < 0.5
    merged = chance.random() < 0.7
    for cell in placed(grid):
        shown = sheet.cell(top + cell.row, cell.column + 1)
        _fill(shown, cell.text)
        shown.font = Font(bold=cell.head and bold)
        wide = cell.rows > 1 or cell.columns > 1
        if wide and (merged or cell.head):
            sheet.merge_cells(
                start_row=shown.row,
                end_row=shown.row + cell.rows - 1,
                start_column=shown.column,
                end_column=shown.column + cell.columns - 1,
            )
    end = top + grid.levels + len(grid.rows)
    if chance.random() < 0.3:
        for column in range(1, len(grid.rows[0]) + 1):
            sheet.cell(end, column, "隐藏的数")
        sheet.row_dimensions[end].hidden = True
        end += 1
    return end


def _fill(cell: object, words: str) -> None:
    """Figures are kept as such, in formats that show them as they are written."""
    number = words.removesuffix("元")
    if number.replace(".", "", 1).isdecimal() and not words.startswith("0"):
        form = "0." + "0" * len(number.partition(".")[2]) if "." in number else "0"
        cell.value = float(number)  # type: ignore[attr-defined]
        cell.number_format = form + ('"元"' if number != words else "")  # type: ignore[attr-defined]
    else:
        cell.value = words  # type: ignore[attr-defined]


def csv_file(paper: Paper, chance: random.Random) -> bytes:
    """Write the first table of a paper."""
    grid = next(paper.grids())
    written = io.StringIO()
    csv.writer(written).writerows(plain_rows(grid, blank=chance.random() < 0.5))
    return written.getvalue().encode("gb18030" if chance.random() < 0.5 else "utf-8-sig")
