"""A figure of an indicator: its comparator, its value and its unit, as written and normalised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vectorstore.quantities import Bound, Quantity, quantities
from vectorstore.units import DAY, DURATION, YEAR, unit_of

_SIGNS = dict.fromkeys("≥≧＞>", "≥") | dict.fromkeys("≤≦＜<", "≤") | dict.fromkeys("≈±", "≈")
_SIGN = re.compile(rf"[{''.join(_SIGNS)}]=?\s*$")
_BOUNDS = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.ABOUT: "≈", Bound.EXACT: ""}
_AIM = re.compile("力争|争取|力求")
_RANGE = re.compile(r"\s*(?:[-—–~～－]+|至|到)\s*")
_BEHIND = re.compile(r"\s*(?:(?:及|或)?以[上下内]|左右|上下|之内)")
_SCALE = re.compile(r"^[十百千]?[万亿]+")
# What a cell may say beside its figure.
_AROUND = re.compile(
    r"(?:力争|争取|达到?|约|超过?|突破|累计|不低于|不高于|不少于|不超过|每年|年均|近|控制在|[≥≧＞>≤≦＜<≈±=])*"
)
_BROUGHT = re.compile(r"(?:达到|达|(?:压缩|压减|缩短|降低|减少|提高|增加|降|增)[至到]|控制在)\s*$")
_JOINED = re.compile(r"\s*[、和及与]\s*(?:增长|增加|提高|上升|上涨|下降|降低|减少|回落)?\s*")
_LONGEST = 60
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands in a text.

    Attributes:
        start, end: place in the text, with the words behind it such as 以上.
        comparator: "", ≥, ≤, ≈, range or 力争.
        value, unit: as written.
        normal_value, normal_unit: in the base unit.
        kind: what is measured, as `vectorstore.units` names it.
    """

    start: int
    end: int
    comparator: str
    value: str
    unit: str
    normal_value: str
    normal_unit: str
    kind: str


def figures_in(text: str) -> tuple[Figure, ...]:
    """Find the figures of a text that may be an indicator's; the two ends of a range are one."""
    found: list[Figure] = []
    stated = quantities(text)
    at = 0
    while at < len(stated):
        one = stated[at]
        other = stated[at + 1] if at + 1 < len(stated) else None
        if other and one.kind == other.kind and _RANGE.fullmatch(text, one.end, other.start):
            at += 1
            if one.kind not in (YEAR, DAY, DURATION) and one.value < other.value:
                found.append(_range(text, one, other))
        elif _counts(one, text) and len(one.number.as_tuple().digits) <= _MOST_DIGITS:
            found.append(_single(text, one))
        at += 1
    return tuple(found)


def _counts(one: Quantity, text: str) -> bool:
    """Whether a quantity may be a figure; a time is one where something is brought to it: 压缩至3个工作日."""
    if one.kind == DURATION:
        return bool(one.unit not in ("年", "月") and _BROUGHT.search(text[: one.start]))
    return one.kind not in (YEAR, DAY)


def figure_of_cell(cell: str, unit: str) -> Figure | None:
    """Read a cell of a table that states one figure, in the unit of its row or column where it has none."""
    if len(cell) > _LONGEST:
        return None
    words = re.sub(r"[〔〕\[\]【】\s]", "", cell)
    figures = figures_in(words)
    if len(figures) != 1:
        return None
    figure = figures[0]
    rest = words[: figure.start] + words[figure.end :]
    if not _AROUND.fullmatch(rest):
        return None
    return figure if figure.unit else _with_unit(figure, unit)


def _single(text: str, one: Quantity) -> Figure:
    start, end = one.start, _end(text, one.end)
    sign = _SIGN.search(text[max(0, start - 3) : start])
    comparator = _SIGNS[sign.group()[0]] if sign else _BOUNDS[one.bound]
    if not comparator and _AIM.search(text, 0, start) and _AIM.search(_clause(text, start)):
        comparator = "力争"
    return Figure(start, end, comparator, _written(one), one.written, _plain(one.value), one.unit, one.kind)


def _range(text: str, one: Quantity, other: Quantity) -> Figure:
    value = f"{_written(one)}-{_written(other)}"
    normal = f"{_plain(one.value)}-{_plain(other.value)}"
    return Figure(
        one.start, _end(text, other.end), "range", value, other.written, normal, other.unit, other.kind
    )


def _with_unit(figure: Figure, written: str) -> Figure:
    """Return a bare figure in the unit that its table names."""
    scale = _SCALE.match(written)
    plain = written[scale.end() :] if scale else written
    known = unit_of(written) or unit_of(plain)
    read = quantities(f"1{written}")
    factor = read[0].value if len(read) == 1 and read[0].end == len(written) + 1 else Decimal(1)
    ends = figure.normal_value.split("-") if figure.comparator == "range" else [figure.normal_value]
    normal = "-".join(_plain(Decimal(end) * factor) for end in ends)
    return Figure(
        figure.start,
        figure.end,
        figure.comparator,
        figure.value,
        written,
        normal,
        known.base if known else plain,
        known.kind if known else "",
    )


def _written(one: Quantity) -> str:
    return format(one.number, "f")


def _plain(value: Decimal) -> str:
    """A number in the one way that equal numbers are written in."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _end(text: str, end: int) -> int:
    behind = _BEHIND.match(text, end)
    return behind.end() if behind else end


def _clause(text: str, start: int) -> str:
    return text[max(text.rfind(sign, 0, start) for sign in "，,；;。、：:") + 1 : start]


def joined(figures: Sequence[Figure], text: str) -> list[list[Figure]]:
    """Part figures into series: those with nothing but 、 or 和 between them are of one series."""
    series: list[list[Figure]] = []
    for figure in figures:
        if series and _JOINED.fullmatch(text[series[-1][-1].end : figure.start]):
            series[-1].append(figure)
        else:
            series.append([figure])
    return series
