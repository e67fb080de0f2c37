"""Excel workbooks: what a reader of the sheets sees, and a list of what stands in them unseen."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ingest.loaders.cells import Cell
from ingest.loaders.inline import one_line
from ingest.loaders.number_formats import figure, moment
from ingest.loaders.reach import reaches_too_far
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.zipped import open_zip, parse_xml, read_member, refuse_definitions

_BROKEN = own_words("Excel 文件已损坏，请在 Excel 中打开并另存一份")
_TOO_FAR = own_words("合并单元格或链接的范围异常大，为免占满内存未读取，请取消后另存一份")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN_MAX = 5
_WORDS_MAX = 80


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that can be seen: its name and its cells that can be seen, in reading order."""

    name: str
    cells: tuple[Cell, ...]


class Workbook:
    """Reads a workbook once; `unread` says what was left out and why."""

    def __init__(self, data: bytes) -> None:
        try:
            with open_zip(data) as package:
                refuse_definitions(package)
                if reaches_too_far(package):
                    raise UnreadableFileError(_TOO_FAR)
                self.unread = _drawn(package)
                computes = any(_FORMULA.search(read_member(package, part)) for part in _sheets(package))
            # The values that Excel last computed, not the formulas.
            self._book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            self._formulas = load_workbook(io.BytesIO(data), keep_links=False) if computes else None
        except UnreadableFileError:
            raise
        except Exception as error:  # the library lets through whatever a broken part causes
            raise UnreadableFileError(_BROKEN) from error

    def sheets(self) -> list[Sheet]:
        """The sheets that can be seen."""
        found = []
        for sheet in self._book.worksheets:
            self._note_formulas(sheet)
            if sheet.sheet_state != "visible":
                self._leave_out(f"隐藏的工作表“{sheet.title}”", _values(sheet).values())
            else:
                found.append(Sheet(sheet.title, self._seen(sheet)))
        return found

    def _seen(self, sheet: Any) -> tuple[Cell, ...]:
        values = _values(sheet)
        rows = {number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
        columns = _hidden_columns(sheet)
        for row in sorted(rows):
            self._leave_out(
                f"隐藏的第 {row} 行（工作表“{sheet.title}”）",
                [words for at, words in values.items() if at[0] == row],
            )
        for column in sorted(columns):
            hidden = [words for at, words in values.items() if at[1] == column and at[0] not in rows]
            self._leave_out(f"隐藏的 {get_column_letter(column)} 列（工作表“{sheet.title}”）", hidden)
        return tuple(_cells(sheet, values, rows, columns))

    def _note_formulas(self, sheet: Any) -> None:
        """Say which formulas have no value: a program wrote them, and Excel never opened the file since."""
        if self._formulas is None:
            return
        stated = self._formulas[sheet.title]._cells
        empty = [
            f"{cell.coordinate} {cell.value}"
            for place, cell in sorted(stated.items())
            if cell.data_type == "f" and _value(sheet, place) is None
        ]
        if empty:
            shown = "、".join(empty[:_SHOWN_MAX]) + (" 等" if len(empty) > _SHOWN_MAX else "")
            told = own_words(
                f"工作表“{sheet.title}”有 {len(empty)} 个公式没有保存计算结果（{shown}），"
                "请在 Excel 中打开并保存后再收录"
            )
            self.unread.append(told)

    def _leave_out(self, what: str, words: Any) -> None:
        said = " ".join(filter(None, words))
        if said:
            self.unread.append(f"{what}：{said[:_WORDS_MAX]}{'…' if len(said) > _WORDS_MAX else ''}")


def _values(sheet: Any) -> dict[tuple[int, int], str]:
    """What cells show by their row and column; formatting alone can make a sheet a million rows high."""
    found = {place: _shown(cell) for place, cell in sorted(sheet._cells.items()) if cell.value is not None}
    return {place: words for place, words in found.items() if words}


def _cells(sheet: Any, values: dict[tuple[int, int], str], rows: set[int], columns: set[int]) -> list[Cell]:
    """The cells that can be seen, counted without the hidden rows and columns between them."""
    merged = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    last = max((column for _, column in values), default=0)
    cells = []
    for (row, column), words in values.items():
        span = merged.get((row, column))
        below = range(row, (span.max_row if span else row) + 1)
        beside = range(column, (max(min(span.max_col, last), column) if span else column) + 1)
        height = sum(place not in rows for place in below)
        width = sum(place not in columns for place in beside)
        if height and width:
            above = sum(place < row for place in rows)
            before = sum(place < column for place in columns)
            cell = sheet._cells[row, column]
            set_off = bool(cell.font.b or cell.fill.fill_type == "solid")
            cells.append(Cell(row - above, column - before - 1, words, height, width, set_off))
    return cells


def _hidden_columns(sheet: Any) -> set[int]:
    return {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for number in range(column.min or 0, min(column.max or 0, sheet.max_column) + 1)
        if number
    }


def _value(sheet: Any, place: tuple[int, int]) -> object:
    cell = sheet._cells.get(place)
    return cell.value if cell is not None else None


def _shown(cell: Any) -> str:
    """A cell as Excel shows it."""
    value, form = cell.value, str(cell.number_format or "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date | time | timedelta):
        return moment(value, form)
    if isinstance(value, int | float):
        return figure(value, form)
    return one_line(str(value))


def _sheets(package: zipfile.ZipFile) -> list[str]:
    return [name for name in package.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]


def _drawn(package: zipfile.ZipFile) -> list[str]:
    """Words in text boxes and remarks, which stand over the sheet and not in it."""
    left = []
    for name in sorted(package.namelist()):
        kind = "文本框" if name.startswith("xl/drawings/drawing") else "批注" if "/comments" in name else ""
        if kind and name.startswith("xl/") and name.endswith(".xml"):
            words = _words(parse_xml(read_member(package, name)))
            if words:
                left.append(f"{kind}：{words[:_WORDS_MAX]}{'…' if len(words) > _WORDS_MAX else ''}")
    return left


def _words(root: etree._Element) -> str:
    tags = (f"{_DRAWN}t", "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t")
    return one_line(" ".join(element.text or "" for element in root.iter(*tags)))
