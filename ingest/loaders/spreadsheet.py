"""Spreadsheets: Excel workbooks, and CSV files that are a table rather than an export of documents."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from ingest.blocks import Block, Heading, Paragraph
from ingest.loaders import Given, LoadedText, decoding
from ingest.loaders.cells import Cell, table_blocks
from ingest.loaders.inline import one_line
from vectorstore.errors import UnreadableFileError
from vectorstore.zipped import names_of

if TYPE_CHECKING:
    from ingest.loaders.workbook import Sheet

_ZIP = b"PK\x03\x04"
_CSV_NAMES = (".csv", ".tsv")
_NO_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)

# 附件1 may stand above it.
_NAMES = re.compile(r"(?!附件)[^：:，。；]{5,60}")


def recognises(data: bytes, name: str) -> bool:
    """Tell a workbook by the parts in it, a CSV file by its name."""
    if data.startswith(_ZIP):
        return any(part.startswith("xl/") for part in names_of(data))
    return name.lower().endswith(_CSV_NAMES) and decoding.recognises(data, "")


def load(data: bytes, name: str) -> LoadedText:
    """Read a workbook sheet by sheet, or a CSV file.

    Raises:
        UnreadableFileError: it is broken, beyond the limits, or empty.
    """
    del name
    if not data.startswith(_ZIP):
        return _loaded("csv", _from_csv(decoding.decode(data)), ())
    # Most files are no workbooks: their workers start without it.
    from ingest.loaders.workbook import Workbook

    book = Workbook(data)
    sheets = book.sheets()
    blocks: list[Block] = []
    headline = ""
    for sheet in sheets:
        inside = list(_sheet_blocks(sheet))
        headline = headline or ("" if blocks else _headline(inside))
        if inside and len(sheets) > 1 and not _NO_NAME.fullmatch(sheet.name):
            blocks.append(Heading(sheet.name, 1))
        blocks += inside
    return _loaded("xlsx", blocks, tuple(book.unread), headline)


def _loaded(format_name: str, blocks: list[Block], unread: tuple[str, ...], headline: str = "") -> LoadedText:
    if not blocks:
        raise UnreadableFileError(unread[0] if unread else "表格中没有可收录的文字")
    return LoadedText(format_name, blocks=tuple(blocks), given=Given(headline=headline), unread=unread)


def _headline(blocks: list[Block]) -> str:
    """Return the line above a sheet's table that names it; the sheet's own name is often short for it."""
    above = takewhile(lambda block: isinstance(block, Paragraph), blocks)
    named = (block.text for block in above if isinstance(block, Paragraph) and _NAMES.fullmatch(block.text))
    return next(named, "")


def _sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """The tables of a sheet; an empty row ends one."""
    used = {cell.row + down for cell in sheet.cells for down in range(cell.rows)}
    last = max((cell.row for cell in sheet.cells), default=0)
    for _, run in groupby(
        enumerate(sorted(row for row in used if row <= last)), lambda pair: pair[1] - pair[0]
    ):
        rows = [row for _, row in run]
        yield from table_blocks(
            replace(cell, row=cell.row - rows[0], rows=min(cell.rows, rows[-1] - cell.row + 1))
            for cell in sheet.cells
            if rows[0] <= cell.row <= rows[-1]
        )


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
