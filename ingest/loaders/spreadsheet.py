"""Spreadsheets: Excel workbooks, and CSV files that are a table rather than an export of documents."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from ingest.blocks import Block, Heading
from ingest.loaders import LoadedText, text
from ingest.loaders.cells import Cell, table_blocks
from ingest.loaders.inline import one_line
from ingest.loaders.reach import reaches_too_far
from ingest.loaders.zipped import names_of, open_zip, refuse_definitions
from vectorstore.errors import UnreadableFileError

_ZIP = b"PK\x03\x04"
_CSV_NAMES = (".csv", ".tsv")
_NO_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"[0#](?:\.(0+))?")


def recognises(data: bytes, name: str) -> bool:
    """Tell a workbook by the parts in it, a CSV file by its name."""
    if data.startswith(_ZIP):
        return any(part.startswith("xl/") for part in names_of(data))
    return name.lower().endswith(_CSV_NAMES) and text.recognises(data, "")


def load(data: bytes, name: str) -> LoadedText:
    """Read a workbook sheet by sheet, or a CSV file.

    Raises:
        UnreadableFileError: it is broken, beyond the limits, or empty.
    """
    del name
    if not data.startswith(_ZIP):
        return _loaded("csv", _from_csv(text.decode(data)))
    # Most files are no workbooks: their workers start without it.
    from openpyxl import load_workbook

    try:
        with open_zip(data) as package:
            refuse_definitions(package)
            if reaches_too_far(package):
                raise UnreadableFileError(
                    "合并单元格或链接的范围异常大，为免占满内存未读取，请取消后另存一份"
                )
        # The values that Excel last computed, not the formulas.
        workbook = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except UnreadableFileError:
        raise
    except Exception as error:  # the library lets through whatever a broken part causes
        raise UnreadableFileError("Excel 文件已损坏，请在 Excel 中打开并另存一份") from error
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    blocks: list[Block] = []
    for sheet in sheets:
        inside = list(_sheet_blocks(sheet))
        if inside and len(sheets) > 1 and not _NO_NAME.fullmatch(sheet.title):
            blocks.append(Heading(sheet.title, 1))
        blocks += inside
    return _loaded("xlsx", blocks)


def _loaded(format_name: str, blocks: list[Block]) -> LoadedText:
    if not blocks:
        raise UnreadableFileError("表格中没有可收录的文字")
    return LoadedText(format=format_name, blocks=tuple(blocks))


def _sheet_blocks(sheet: Any) -> Iterator[Block]:
    """The tables of a sheet; an empty row ends one."""
    # Formatting alone can make a sheet a million rows high: only cells that exist are looked at.
    values = {place: _shown(cell) for place, cell in sorted(sheet._cells.items()) if cell.value is not None}
    merged = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    used = {row for row, column in values if values[row, column]}
    for span in merged.values():
        if values.get((span.min_row, span.min_col)):
            used.update(range(span.min_row, min(span.max_row, max(used)) + 1))
    last_column = max((column for (_, column), words in values.items() if words), default=0)
    for _, run in groupby(enumerate(sorted(used)), key=lambda pair: pair[1] - pair[0]):
        rows = [row for _, row in run]
        cells = []
        for (row, column), words in values.items():
            if rows[0] <= row <= rows[-1] and words:
                span = merged.get((row, column))
                height = min(span.max_row, rows[-1]) - row + 1 if span else 1
                width = max(min(span.max_col, last_column), column) - column + 1 if span else 1
                cells.append(Cell(row - rows[0], column - 1, words, height, width))
        yield from table_blocks(cells)


def _from_csv(words: str) -> list[Block]:
    head = words.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFileError("不合 CSV 的格式，请重新导出") from error
    cells = (
        Cell(row, column, one_line(value))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value.strip()
    )
    return table_blocks(cells)


def _shown(cell: Any) -> str:
    """A cell as Excel shows it, as far as its number format is a common one."""
    value, form = cell.value, str(cell.number_format or "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date | time):
        return _moment(value, form)
    if isinstance(value, int | float):
        return _figure(value, form)
    return one_line(str(value))


def _moment(value: datetime | date | time, form: str) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if "d" not in form.lower():
        return f"{value.year}年{value.month}月" if "m" in form.lower() else f"{value.year}年"
    return f"{value.year}年{value.month}月{value.day}日"


def _figure(value: float, form: str) -> str:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form.partition(";")[0])
    found = _DECIMALS.search(plain)
    decimals = len(found.group(1) or "") if found else None
    percent = "%" in plain
    value = value * 100 if percent else value
    comma = "," if re.search(r"[#0],[#0]", plain) else ""
    if decimals is None:
        words = f"{value:.10g}"
        return str(int(value)) if value == int(value) else words
    return f"{value:{comma}.{decimals}f}{'%' if percent else ''}"
