"""Cells that span rows and columns to a table; what stands across its whole width becomes lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.blocks import Block, Paragraph, Table
from ingest.cell_kinds import MEASURED, is_column_name, kind_of
from ingest.heads import Marks, headed
from ingest.imprint import LABELS, imprint_in
from ingest.numbering import is_caption, number_of
from vectorstore.errors import UnreadableFileError

_MAX_CELLS = 5_000_000
_NAME_MAX = 12
_MANY = 4
_PARTICULAR = re.compile(
    r"索引号|(?:主题|信息|组配|体裁|服务对象)?分类|主题词|关键词|标题|(?:信息|文件)?名称|(?:发文|发布|制定|印发|公开)(?:机关|机构|单位|部门)|"
    r"(?:成文|发文|发布|公开|生成|印发|施行|实施|生效|废止|失效)(?:日期|时间)|(?:发文字|文件编|文)号|文种|体裁|有效性|(?:有效|时效)状态|"
    r"有效期|时效性?|效力状态|公开(?:方式|形式|范围)|责任部门|统一编号"
)
_IMPRINT = re.compile(
    rf"[（(]?\s*[㐀-鿿]{{0,6}}(?:{LABELS}|人|电话)(?:[（(].{{1,6}}[）)])?\s*[:：].{{0,60}}|"
    r"[（(]?(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*(?:\d{1,2}\s*日?)?[）)]?|"
    r"[㐀-鿿]{0,4}表?\s*[-—A-Za-z\d一二三四五六七八九十]{0,6}\s*表(?:号\s*[:：].{0,12})?|附[件表]\s*[\d一二三四五六七八九十]{0,3}[:：]?"
)
_STATES_UNIT = re.compile(r"[（(]?\s*[㐀-鿿]{0,4}(?:单位|單位)\s*[:：].{1,12}")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]|\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell and the places it covers.

    Attributes:
        row, column: its first place, from 0.
        text: what it says, on one line.
        rows, columns: how many places it covers.
        set_off: whether it is bold, shaded or a head cell.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    set_off: bool = False


def table_blocks(cells: Iterable[Cell], header_rows: int = 0, *, part: bool = False) -> list[Block]:
    """Make blocks of a grid of cells.

    Rows above the header that have a single cell, as the table's name does, or only say who made it, when and
    in which unit, become paragraphs, and so do single cells at the end, which hold remarks. A grid of one
    column is no table, nor are pairs of names and their values.

    Args:
        cells: the cells, in any order.
        header_rows: how many of the first rows name the columns, where the file says so; else 0.
        part: whether the grid may be part of a table, so that a column without words is kept.

    Returns:
        Paragraphs and at most one table, or two that were set side by side, in reading order.

    Raises:
        UnreadableFileError: there are more cells than can be read.
    """
    cells = list(cells)
    rows, filled = _grids(cells)
    if at := _second_heads(rows, filled):
        over = [cell for cell in cells if cell.row < at]
        under = [replace(cell, row=cell.row - at) for cell in cells if cell.row >= at]
        return [*table_blocks(over, header_rows, part=part), *table_blocks(under, part=part)]
    set_off = _set_off(cells, len(rows))
    kept = [index for index, row in enumerate(rows) if any(row)]
    rows, filled = [rows[index] for index in kept], [filled[index] for index in kept]
    width = len(rows[0]) if rows else 0
    columns = [column for column in range(width) if part or any(row[column] for row in filled)]
    if len(columns) < 2:
        return [Paragraph(text) for row in rows for text in filter(None, row)]
    single = [_is_single(row, full) for row, full in zip(rows, filled, strict=True)]
    above = len(list(takewhile(lambda at: single[at] or says_issue(rows[at]), range(len(rows)))))
    lasting = zip(reversed(single[above:]), reversed(rows[above:]), strict=True)
    below = len(list(takewhile(lambda row: row[0] or says_issue(row[1]), lasting)))
    body = slice(above, len(rows) - below)
    if pairs := _labelled(rows) or _in_pairs(rows):
        return pairs
    if len(rows[body]) < 2:
        return [Paragraph(" ".join(filter(None, row))) for row in rows]
    table = headed(
        _picked(rows[body], columns),
        _picked(list(map(_told_apart, rows[body], filled[body])), columns),
        Marks(max(header_rows - above, 0), set_off=tuple(set_off[index] for index in kept[body])),
    )
    return [*_lines(rows[:above]), *_side_by_side(table), *_lines(rows[len(rows) - below :])]


def _grids(cells: list[Cell]) -> tuple[list[list[str]], list[list[str]]]:
    """Every cell where it starts; every cell wherever it reaches."""
    height = max((cell.row + cell.rows for cell in cells), default=0)
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if height * width > _MAX_CELLS:
        raise UnreadableFileError(f"表格超过 {_MAX_CELLS} 个单元格，请拆分后再收录")
    rows = [[""] * width for _ in range(height)]
    filled = [[""] * width for _ in range(height)]
    for cell in cells:
        rows[cell.row][cell.column] = cell.text
        for row in filled[cell.row : cell.row + cell.rows]:
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                row[column] = row[column] or cell.text
    return rows, filled


def _second_heads(rows: Sequence[Sequence[str]], filled: Sequence[Sequence[str]]) -> int:
    """The row from which a grid is another table, 0 where there is none.

    It names all its columns, or the row above is the name of a table and it begins as the first heads do, or
    mostly names columns below a number. A page that begins with the same name and the same heads goes on with
    the table.
    """
    names: list[str] = []
    named, first = -1, -1
    for at, (row, full) in enumerate(zip(rows, filled, strict=True)):
        said = [cell for cell in row if cell]
        if not said:
            continue
        if _is_single(row, full) or says_issue(row):
            names.append(said[0])
            named = at
            continue
        if first < 0:
            first = at
            continue
        # A name that reaches down from the row above has parts here: these are heads of the same table.
        parts = any(
            not cell and whole and whole == over
            for cell, whole, over in zip(row, full, filled[at - 1], strict=True)
        )
        if parts or not row[0] or any(kind_of(cell) in MEASURED for cell in said):
            continue
        heads, telling = rows[first], sum(map(is_column_name, said))
        # Of many names one may be put in words of its own.
        least = len(said) - (len(said) > _MANY)
        if row != heads and len(said) > 2 and telling >= least and len(set(said)) == len(said):
            return named if named == at - 1 else at
        alike = row[0] == heads[0] and not any(kind_of(cell) in MEASURED for cell in heads)
        numbered = names and number_of(names[-1]) and len(said) > 2 and 2 * telling > len(said)
        if named == at - 1 and (alike or numbered) and (row != heads or names[-1] not in names[:-1]):
            return named
    return 0


def _set_off(cells: list[Cell], height: int) -> list[bool]:
    """For each row, whether all cells that say something in it are set off."""
    told: list[list[bool]] = [[] for _ in range(height)]
    for cell in cells:
        if cell.text:
            told[cell.row].append(cell.set_off)
    return [bool(row) and all(row) for row in told]


def _is_single(row: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a row consists of one cell, whatever its width."""
    return sum(map(bool, row)) == 1 and len(set(filter(None, full))) == 1


def says_issue(row: Sequence[str]) -> bool:
    """Return whether a row only says who made a table, when, in which unit, or which of a set it is."""
    said = [cell for cell in row if cell]
    # What a table is called may stand before its unit: 表3 主要指标 | 单位：亿元.
    if len(said) > 1 and (is_caption(said[0]) or _STATES_UNIT.fullmatch(said[-1])):
        said = said[1:]
    return bool(said) and (all(map(_IMPRINT.fullmatch, said)) or imprint_in(" ".join(said)) is not None)


def _side_by_side(table: Table) -> list[Block]:
    """Part a table whose columns are named twice over, as of income and of expenditure beside it."""
    width, heads = len(table.rows[0]), table.header_rows
    half = width // 2
    names = [_BRACKETS.sub("", name) for name in (table.rows[heads - 1] if heads else ())]
    if width % 2 or half < 2 or not any(names) or names[:half] != names[half:]:
        return [table]
    return [_columns(table, part) for part in (slice(half), slice(half, width))]


def _columns(table: Table, part: slice) -> Table:
    """Some columns of a table, without the rows that have nothing in them."""
    kept = [at for at, row in enumerate(table.rows) if at < table.header_rows or any(row[part])]
    filled = tuple(table.filled[at][part] for at in kept) if table.filled else ()
    return Table(tuple(table.rows[at][part] for at in kept), table.header_rows, table.inline, filled)


def _told_apart(row: Sequence[str], full: Sequence[str]) -> Sequence[str]:
    """A row across the whole width names a group of rows: it must not read as the value of every column."""
    return row if _is_single(row, full) else full


def _labelled(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Names and values in turn, as a document's particulars are often set; none where a cell is neither."""
    found: list[Block] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        names, values = cells[::2], cells[1::2]
        if not all(map(_is_name, names)) or any(map(_is_name, values)) or len(values) > len(names):
            return []
        padded = [*values, *[""] * (len(names) - len(values))]
        pairs = zip(names, padded, strict=True)
        found += [Paragraph(f"{name.rstrip('：:')}：{value}") for name, value in pairs if value]
    return found


def _in_pairs(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Names and values beside each other in four columns, as guides to services set what is to be known."""
    told = [[cell for cell in row if cell] for row in rows]
    wide = [row for row in told if len(row) > 1]
    if not any(len(row) == 4 for row in wide) or any(len(row) > 4 for row in wide):
        return []
    # Of three the first names what the other two are about: 咨询监督 | 咨询电话 | number.
    pairs = [row[1:] if len(row) == 3 else row for row in wide]
    names = [cell for row in pairs for cell in row[::2]]
    values = [cell for row in pairs for cell in row[1::2]]
    if any(kind_of(cell) in MEASURED for cell in names):
        return []
    if 2 * sum(map(is_column_name, names)) < len(names) or 5 * sum(map(is_column_name, values)) > len(values):
        return []
    found: list[Block] = []
    for row in told:
        over, cells = (row[:1], row[1:]) if len(row) == 3 else ([], row)
        if len(cells) == 1:
            found.append(Paragraph(cells[0]))
        beside = zip(cells[::2], cells[1::2], strict=False)
        found += [Paragraph("".join((*over, f"{name.rstrip('：:')}：{value}"))) for name, value in beside]
    return found


def _is_name(cell: str) -> bool:
    if cell.endswith(("：", ":")):
        return len(cell) <= _NAME_MAX
    return bool(_PARTICULAR.fullmatch("".join(cell.split())))


def _picked(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def _lines(rows: Sequence[Sequence[str]]) -> list[Block]:
    found: list[Block] = []
    for row in rows:
        said = list(filter(None, row))
        if len(said) > 1 and is_caption(said[0]):
            found.append(Paragraph(said.pop(0)))
        found.append(Paragraph(" ".join(said)))
    return found
