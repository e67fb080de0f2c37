"""Indicators in tables: one row an indicator and one column a year, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.figures import Figure, figure_of_cell
from ingest.facts.lines import Sentence, headed, row_ordinals
from ingest.facts.names import Name, name_of_row
from ingest.facts.periods import reference_year, time_of_heading
from ingest.table_units import is_unit
from vectorstore.facts import Fact, Indicator, ValueKind
from vectorstore.named_regions import region_meant
from vectorstore.types import DocumentTable, ParsedDocument, TableRow
from vectorstore.units import SHARE

_LONGEST = 80
_SERIAL = re.compile(r"序号|编号|No\.?", re.IGNORECASE)
_ATTRIBUTE = re.compile("属性|性质|类型|指标类别")
_UNIT = re.compile(r"^(?:计量)?单位$")
_SUBJECT = re.compile("指标|项目|名称|内容")
_GROUPING = re.compile("类别|分类|领域|方面|板块|大类|[一二三]级指标")
_PLACES = re.compile(r"(?:各?地区|区县|区域|县[（(]?市|县区|市县|镇街|街道|行政区|各?[县区市])")
_GROWTH_ALONE = re.compile("(?:比上年|同比)?(?:增长|增速|增幅|增减)(?:率|幅度)?")
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_PERIOD = re.compile(r"((?:19|20)\d{2})年?\s*[-—–~～－至到]+\s*((?:19|20)\d{2})年?")
_GROWTH = re.compile("增长|增速|增幅|累计|增加|提高|下降|变化")
# 地区生产总值增长 as the name of a row.
_GROWN = re.compile("(?<=..)(?:增长(?:率|速度|幅度)?|增速|增幅)$")
_SHARE = re.compile("占.*比|比重|占比")
_KINDS = (
    (re.compile("目标|规划"), ValueKind.TARGET),
    (re.compile("预计|预期|预测"), ValueKind.ESTIMATE),
    (re.compile("实际|完成|现状|基期|基数|实绩"), ValueKind.ACTUAL),
)
_BRACKETED = re.compile(r"^\s*[〔\[【].*[〕\]】]\s*$")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*([^）)\s]+)")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures.

    Attributes:
        at: its place.
        year, until: the year, or a period.
        kind: what its head says of its figures, None where it says nothing.
        growth: whether its figures are of growth.
        annual: whether of a year of the period.
        name, unit: what its figures are of and in, where the head says so and not the row.
    """

    at: int
    year: int
    until: int | None = None
    kind: ValueKind | None = None
    growth: bool = False
    annual: bool = False
    name: str = ""
    unit: str = ""


def indicators_in_tables(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the figures of the tables whose columns are years."""
    ordinals = row_ordinals(parsed)
    for table in parsed.tables:
        table = headed(table)
        reader = _Reader(parsed, table)
        for row in table.rows:
            if not row.is_group and row.start in ordinals:
                yield from reader.facts(row, ordinals[row.start])


class _Reader:
    """Reads the rows of one table.

    Args:
        parsed: the document.
        table: one of its tables.
    """

    def __init__(self, parsed: ParsedDocument, table: DocumentTable) -> None:
        self._parsed = parsed
        self._section = table.section
        self._limit = reference_year(parsed.document)
        self._heads = [_head(table, at) for at in range(len(table.header[0]))] if table.header else []
        unit = _CAPTION_UNIT.search(parsed.text[max(0, table.start - 40) : table.start])
        self._table_unit = unit.group(1) if unit and is_unit(unit.group(1)) else ""
        columns = (self._column(at, head) for at, head in enumerate(self._heads))
        self._columns = [column for column in columns if column] or self._named_columns(table)
        self._subject = self._subject_column()
        self._units = next((at for at, head in enumerate(self._heads) if _UNIT.match(head)), None)
        self._attributes = [at for at, head in enumerate(self._heads) if _ATTRIBUTE.search(head)]

    def facts(self, row: TableRow, ordinal: int) -> Iterator[Fact]:
        """Yield the figures of a row."""
        if not self._columns or self._subject is None or self._subject >= len(row.cells):
            return
        name, unit = name_of_row(row.cells[self._subject])
        grown = _GROWN.search(name.written)
        unit = self._unit(row) or unit or self._table_unit
        if not 2 <= len(name.written or name.region) <= _LONGEST:
            return
        attribute = next((found for at in self._attributes if (found := _attribute(row.cells[at]))), "")
        for column in self._columns:
            cell = row.cells[column.at] if column.at < len(row.cells) else ""
            figure = figure_of_cell(cell, column.unit or unit)
            if figure:
                # Where the heads name the indicators, the rows are places.
                of = Name(column.name, row.cells[self._subject].strip()) if column.name else name
                if grown and not column.growth and figure.kind == SHARE:
                    of = Name(name.written[: grown.start()], name.region)
                    column = replace(column, growth=True)
                indicator = self._indicator(of, column, figure, cell, attribute)
                quote = self._parsed.text[row.start : row.end]
                yield Fact(indicator, ordinal, quote, row.start, row.end)

    def _indicator(self, name: Name, column: _Column, figure: Figure, cell: str, attribute: str) -> Indicator:
        document = self._parsed.document
        last = column.until or column.year
        reached = self._limit is not None and last <= self._limit
        kind = column.kind or (ValueKind.ACTUAL if reached or self._limit is None else ValueKind.TARGET)
        cumulative = (column.growth and not column.annual and column.until is not None) or bool(
            _BRACKETED.match(cell)
        )
        if "累计" in name.written:
            cumulative = True
        annual = column.annual and not _BRACKETED.match(cell)
        return Indicator(
            region_meant(name.region, document.region),
            name.written,
            name.normal(self._section),
            column.year,
            column.until,
            kind,
            figure.comparator,
            figure.value,
            figure.unit,
            figure.normal_value,
            figure.normal_unit,
            attribute,
            "cumulative" if cumulative else "annual" if annual else "",
            "growth" if column.growth else "share" if _SHARE.search(name.written) else "",
            name.region,
        )

    def _column(self, at: int, head: str) -> _Column | None:
        kind = next((kind for pattern, kind in _KINDS if pattern.search(head)), None)
        period = _PERIOD.search(head)
        growth = bool(_GROWTH.search(head))
        annual = bool(re.search("年均|每年", head))
        if period:
            return _Column(at, int(period.group(1)), int(period.group(2)), kind, growth, annual)
        year = _YEAR.search(head)
        if year and not growth:
            return _Column(at, int(year.group(1)), None, kind)
        years = [int(found.group(1)) for head in self._heads[:at] if (found := _YEAR.search(head))]
        above = _YEAR.search(self._heads[at - 1]) if at else None
        own = self._parsed.document.period
        if growth and above and (own.start is None or re.search("上年|同比|去年", head)):
            # 比上年增长 beside 2025年 is of that year.
            return _Column(at, max(years), None, kind, growth=True, unit=name_of_row(head)[1])
        if growth and not year and own.start and own.end:
            return _Column(at, own.start, own.end, kind, growth=True, annual=annual)
        return None

    def _named_columns(self, table: DocumentTable) -> list[_Column]:
        """The columns of a table of places that names its one year in its caption or title."""
        place = next((at for at, head in enumerate(self._heads) if _PLACES.match(head)), None)
        time = time_of_heading((*table.section, table.caption), self._parsed.document)
        if place is None or time is None:
            return []
        found: list[_Column] = []
        for at, head in enumerate(self._heads[place + 1 :], place + 1):
            name, unit = name_of_row(head)
            growth = bool(_GROWTH_ALONE.fullmatch(name.written))
            of = found[-1].name if growth and found else name.written
            if unit and len(of) >= 2:
                found.append(_Column(at, time.year, growth=growth, name=of, unit=unit))
        return found

    def _subject_column(self) -> int | None:
        taken = {column.at for column in self._columns}
        free = [
            at
            for at, head in enumerate(self._heads)
            if at not in taken and not _SERIAL.search(head) and not _UNIT.match(head)
        ]
        named = [
            at
            for at in free
            if _SUBJECT.search(self._heads[at])
            and not _ATTRIBUTE.search(self._heads[at])
            and not _GROUPING.fullmatch(self._heads[at])
        ]
        # The innermost of the columns that name: 一级指标, 二级指标.
        first = min(taken, default=0)
        left = [at for at in named or free if at < first]
        return left[-1] if left else None

    def _unit(self, row: TableRow) -> str:
        unit = row.cells[self._units] if self._units is not None and self._units < len(row.cells) else ""
        return unit if is_unit(unit) else ""


def _head(table: DocumentTable, at: int) -> str:
    parts = [row[at] for row in table.header if at < len(row) and row[at]]
    return re.sub(r"\s+", "", "".join(dict.fromkeys(parts)))


def _attribute(cell: str) -> str:
    return next((word for word in ("预期性", "约束性") if word in cell), "")
