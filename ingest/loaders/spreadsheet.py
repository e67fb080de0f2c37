"""Spreadsheets: Excel workbooks, and CSV files that are a table rather than an export of documents."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, takewhile
from typing import TYPE_CHECKING

from ingest.blocks import Block, Heading, Paragraph
from ingest.cell_kinds import MEASURED, Kind, kind_of, unit_of
from ingest.loaders import Given, LoadedText, decoding
from ingest.loaders.cells import Cell, says_issue, table_blocks
from ingest.loaders.inline import one_line
from ingest.numbering import is_caption
from vectorstore.errors import UnreadableFileError
from vectorstore.zipped import names_of

if TYPE_CHECKING:
    from ingest.loaders.workbook import Sheet

_ZIP = b"PK\x03\x04"
_CSV_NAMES = (".csv", ".tsv")
_NO_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)

# 附件1 may stand above it.
_NAMES = re.compile(r"(?!附件|.*[〔\[]\d{4}[〕\]])[^：:，。；]{5,60}")

# Lines between the parts of one table: a remark, the name of a group.
_BETWEEN = 3


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
    lines = (block.text for block in above if isinstance(block, Paragraph))
    return next((line for line in lines if _NAMES.fullmatch(line) and not says_issue([line])), "")


def _sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """The tables of a sheet; an empty row ends one, unless figures go on under its columns."""
    used = {cell.row + down for cell in sheet.cells for down in range(cell.rows)}
    last = max((cell.row for cell in sheet.cells), default=0)
    said: dict[int, list[Cell]] = defaultdict(list)
    for cell in sheet.cells:
        said[cell.row].append(cell)
    rows = enumerate(sorted(row for row in used if row <= last))
    runs = (
        part for _, run in groupby(rows, lambda pair: pair[1] - pair[0]) for part in _captioned(run, said)
    )
    for run in _tables(runs, said):
        yield from table_blocks(
            replace(cell, row=cell.row - run[0], rows=min(cell.rows, run[-1] - cell.row + 1))
            for row in run
            for cell in said[row]
        )


def _captioned(run: Iterable[tuple[int, int]], said: Mapping[int, list[Cell]]) -> Iterator[list[int]]:
    """Part rows before each that is the caption of a table: 表2 …, maybe with its unit."""
    part: list[int] = []
    for _, row in run:
        texts = [cell.text for cell in said[row]]
        if part and texts and is_caption(texts[0]) and (len(texts) == 1 or says_issue(texts)):
            yield part
            part = []
        part.append(row)
    yield part


def _tables(runs: Iterable[list[int]], said: Mapping[int, list[Cell]]) -> Iterator[list[int]]:
    """Join the runs of rows that make one table: its names, and figures below; lines may stand between."""
    table: list[int] = []
    between: list[list[int]] = []
    for run in runs:
        first = next((said[row] for row in run if _is_wide(said[row])), None)
        if not first and table:
            between.append(run)
        elif first and sum(map(len, between)) <= _BETWEEN and _goes_on([said[row] for row in table], first):
            table = [*table, *chain.from_iterable(between), *run]
            between = []
        else:
            yield from filter(None, (table, *between))
            table, between = (run, []) if first else ([], [run])
    yield from filter(None, (table, *between))


def _is_wide(cells: Sequence[Cell]) -> bool:
    """Whether a row is one of a table, and not a line above or between its rows."""
    return len(cells) > 1 and not says_issue([cell.text for cell in cells])


def _goes_on(above: Sequence[Sequence[Cell]], row: Sequence[Cell]) -> bool:
    """Whether a row has figures under cells above it alone, counted as those of the last row that has any."""
    columns = {cell.column + right for cells in above for cell in cells for right in range(cell.columns)}
    if not any(kind_of(cell.text) in MEASURED for cell in row) or not all(
        one.column in columns for one in row
    ):
        return False
    last = {cell.column: cell.text for cell in next(filter(_is_wide, reversed(above)), ())}
    if not any(kind_of(text) in MEASURED for text in last.values()):
        return True
    pairs = [(cell.text, last[cell.column]) for cell in row if cell.column in last]
    told = [pair for pair in pairs if Kind.EMPTY not in map(kind_of, pair)]
    return all(kind_of(one) is kind_of(other) and unit_of(one) == unit_of(other) for one, other in told)


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
