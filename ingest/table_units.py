"""Units of the figures in tables: of a whole table, a row, a column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from vectorstore.units import UNITS

_BRACKETED = re.compile(r"[（(]([^（()）]{1,12})[）)]")
_LABEL = re.compile(r"^(?:计量)?单位[:：]")
_BRACKETED_UNIT = re.compile(rf"{_BRACKETED.pattern}$")
_STATED_UNIT = re.compile(
    r"(?:^|[\s（(])(?P<of>[㐀-鿿]{0,4})(?:单位|單位)\s*[:：]\s*"
    r"(?P<unit>(?:[^，。；:：（）()]|[（(][^（()）]{1,4}[）)]){1,12}?)[）)]?(?=\s+[㐀-鿿]{2,6}[:：]|$)"
)
# 2026.03 is a month there.
_WHEN = re.compile(r"时间|時間|日期|年限|年月|[开開]工|竣工|完工|建成|工期")
# A row's amounts are in its unit, and what they grew by is not.
_OTHERWISE = re.compile(r"同比|环比|環比|增[长長速幅]|比重|占比|占.{1,8}(?:比例|目标)|份额")
# In a table of amounts these are counted otherwise.
_COUNTED = re.compile(r"[户人个家项件次栋台套宗笔]数|数量|面积|里程|长度")
_PAID = re.compile(r"金额|资金|投资|经费|补[助贴]|收入|支出|[费款价额]$")
# In brackets behind a name they count nothing, they tell one row from another: 缝合（大）.
_QUALIFIERS = frozenset("大强")
_UNIT_BEHIND_SCALE = re.compile(f"[十百千万亿]*(?:{'|'.join(map(re.escape, UNITS))})")
_OTHER_SIGNS = frozenset(("％", "万", "亿", "GB", "Mbps"))
SEVERAL = re.compile("[、，,]")
"""What stands between units where a table states more than one."""
UNIT_CHARS = 6
"""The most characters of a unit that is written behind a figure."""
_BODY_ENDS = tuple("局委办部厅司院校会社团队处站馆园区县市镇乡村组行店厂所")
_UNIT = re.compile(r"^[（(]?(?:计量)?(?:单\s*位|單位)[）)]?$")


def stated_unit(line: str) -> str:
    """Return the unit, or units, that a line above a table states for its figures: 单位：亿元; else ""."""
    stated = ((found["of"], found["unit"].strip()) for found in _STATED_UNIT.finditer(line))
    return next((unit for of, unit in stated if _is_stated(of, unit)), "")


def _is_stated(of: str, unit: str) -> bool:
    """Tell a unit from a body: what is made or answered for (编制单位, 责任单位) has one of those."""
    if of in ("", "计量", "金额", "货币"):
        return _is_measure(unit)
    return all(map(is_unit, SEVERAL.split(unit)))


def _is_measure(words: str) -> bool:
    """Tell a unit of measure, such as 万元/亩, from a body that a column 单位 may name just as well."""
    return bool(words) and all(
        len(part) == 1 or (len(part) <= UNIT_CHARS and not part.endswith(_BODY_ENDS))
        for part in re.split(r"[、，,/／·]", re.sub(r"[（(].*[）)]$", "", words))
        if part
    )


def measure_columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns that hold units of measure; 计费单位 holds them where it says how much money for what."""
    found = set()
    for column, title in enumerate(header):
        priced = _PRICED.fullmatch(title) and all("元" in row[column] for row in body if row[column])
        if _UNIT.match(title) or priced:
            cells = {row[column] for row in body if row[column] and row[column] not in "-—/"}
            if sum(map(_is_measure, cells)) * 2 >= len(cells):
                found.add(column)
    return frozenset(found)


_PRICED = re.compile(r"(?:计[费价]|收费|价格)单位")


def says_units(row: Sequence[str]) -> bool:
    """Tell a row that states the unit of each column: （单位） | mg/L | μg/L."""
    said = [cell for cell in row[1:] if cell]
    return bool(_UNIT.match(row[0])) and 2 * sum(map(is_unit, said)) > len(said)


def row_unit(header: Sequence[str], cells: Sequence[str], measures: Collection[int], behind: int = 0) -> str:
    """Return what stands in the column of units, "" for a dash.

    Args:
        header: the names of the columns.
        cells: of the row.
        measures: the columns of units.
        behind: the column whose unit it is to be; a price for each of something (计费单位) is meant for the
            figure right behind it alone, so for none by default.
    """
    fitting = (at for at in measures if at + 1 == behind or not _PRICED.fullmatch(header[at]))
    units = (cells[at] for at in fitting if at < len(cells))
    return next((unit for unit in units if unit not in ("", "-", "—", "/")), "")


def own_unit(name: str) -> str:
    """Return the unit that a row's name carries in brackets at its end; （含） and （第一批） are none."""
    match = _BRACKETED_UNIT.search(name)
    unit = re.split(r"[，,；;]", match.group(1))[0] if match else ""
    return unit if is_unit(unit) and unit not in _QUALIFIERS else ""


def _column_unit(title: str) -> str:
    """Return the unit that a column's name carries, in brackets or as a sign at its end."""
    stated = [_LABEL.sub("", unit) for unit in _BRACKETED.findall(title) if is_unit(unit)]
    return stated[-1] if stated else "%" if title.endswith("%") else ""


def unit_of_column(name: str, unit: str) -> str:
    """Return the unit of a column's figures: its own, else its row's where it counts in that; "" for none.

    Args:
        name: of the column.
        unit: of the row or the whole table, or "".
    """
    own = _column_unit(name)
    if SEVERAL.search(unit):
        unit = _of_several(name, SEVERAL.split(unit))
    otherwise = _OTHERWISE.search(name) or (unit.endswith("元") and _COUNTED.search(name))
    told = own or ("" if otherwise else unit)
    return told if (own or len(told) <= UNIT_CHARS) and not _WHEN.search(name) else ""


def _of_several(name: str, units: Sequence[str]) -> str:
    """Return which of the units that a table states a column counts in, "" where its name does not tell."""
    paid = bool(_PAID.search(name))
    if paid == bool(_COUNTED.search(name)):
        return ""
    fitting = [unit for unit in units if unit.endswith("元") == paid]
    return fitting[0] if len(fitting) == 1 else ""


def is_unit(words: str) -> bool:
    """Return whether words are a unit of measure, with a scale or without, or a rate: 万元, 元/台（套）."""
    plain = _LABEL.sub("", words)
    parts = re.split(r"[/／·每]", re.sub(r"(?<=.)[（(]([^（()）]+)[）)]", r"/\1", plain))
    return all(part in _OTHER_SIGNS or _UNIT_BEHIND_SCALE.fullmatch(part) for part in parts)
