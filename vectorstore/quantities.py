"""Quantities that a text states: figures with unit, scale and bound, years and days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from vectorstore.numerals import FIGURE as HAN_FIGURE
from vectorstore.numerals import numeral
from vectorstore.units import COUNT, DAY, DURATION, PEOPLE, UNITS, YEAR, follows_numeral, unit_of


class Bound(StrEnum):
    """Which side of its figure a statement leaves open."""

    EXACT = ""
    AT_LEAST = "不低于"
    AT_MOST = "不超过"
    ABOUT = "约"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity where it stands in a text.

    Attributes:
        start, end: place in the text, in characters, bound words not included.
        text: what stands there.
        number: the figure as written, scale and unit left aside: 1200 of 1,200亿元.
        written: scale and unit as written: 亿元.
        value: the figure in the base unit: 120000000000 of 1,200亿元; a day is its month × 100 + day.
        unit: the base unit; "" for a figure without unit.
        kind: what is measured, as vectorstore.units names it (金额, 比例, 面积, 年份 …); "" without unit.
        bound: the side left open.
        hedge: the word that makes it an aim or an expectation, such as 力争, or "".
    """

    start: int
    end: int
    text: str
    number: Decimal
    written: str
    value: Decimal
    unit: str
    kind: str
    bound: Bound = Bound.EXACT
    hedge: str = ""

    @property
    def may_be_year(self) -> bool:
        """Whether it is a year, or a bare figure that may be one."""
        return self.kind == YEAR or (not self.unit and not self.written and 1900 <= self.value <= 2100)


_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_RATE = rf"(?:{_UNIT})/(?:{_UNIT})|(?:{_UNIT})"
_YEARS = r"(?:19|20)\d\d"
_FIGURE = r"(?>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"[十百千]?万亿|[十百千]?亿|[十百千]?万|[百千](?![分瓦米克伏])"
# What a statement may begin with: to be looked for first, as most characters of a text are no such.
_FIRST = r"[-\s\d〔\[(【第零〇一二三四五六七八九两十百千万亿]"
_STATEMENT = re.compile(
    rf"""
    (?={_FIRST}) (?:
      (?P<skip> [〔\[(【]\s*{_YEARS}\s*[〕\])】]\s*第?\s*\d+\s*号        # the number of a document
      | 第\s*(?:\d+|{HAN_FIGURE})(?:[、和至](?:\d+|{HAN_FIGURE})(?=[、和至条章节款项期批届次]))*  # ordinals
      | (?:^|(?<=\n))\s*\d+(?:\.\d+)*[.、](?!\d) | \(\d{{1,2}}\)   # the number of a heading
      | 五年(?=规划|计划) | \d+号 )
    | (?P<from>{_YEARS})年?\s*(?:[-—–~]+|至|到)\s*(?P<to>{_YEARS})(?:年|(?=\s*\)))
    | (?P<year>{_YEARS}|二[〇零][〇零一二三四五六七八九]{{2}})\s*年
    | (?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?
    | (?<![\d/.])(?P<above>\d{{1,2}})/(?P<below>[1-9]\d?)(?![\d/.])
    | (?P<whole>{HAN_FIGURE})分之(?P<part>{_FIGURE}|{HAN_FIGURE})
    | (?<![A-Za-z\d.])(?<![A-Za-z]-)(?P<figure>(?:(?:(?<![\w%])|(?<=[为是]))-)?{_FIGURE})
      \s*[余多]?(?P<scale>(?:{_SCALE})?)[余多]?\s*(?P<unit>(?:(?:{_RATE})(?![A-Za-z]))?)(?![A-Za-z])
    | (?<![数几一二三四五六七八九两十百千万亿])(?P<numeral>{HAN_FIGURE})(?!(?<=千)[瓦米克伏])
      [余多]?(?P<counted>{_RATE}))
    """,
    re.VERBOSE,
)
_NO_SHARE = re.compile("[立为效果员本都长熟功就型]")
_BEFORE = {
    Bound.AT_LEAST: "不低于 不少于 不小于 不下于 至少 最少 最低 超过 突破 大于 高于 多于 逾 超 刚过 满",
    Bound.AT_MOST: (
        "不超过 没有超过 未超过 不高于 不大于 不多于 至多 最多 最长 最高 上限 低于 少于 小于 "
        "不足 不到 不满 未满"
    ),
    Bound.ABOUT: "约 大约 接近 将近 近 大概",
}
_BOUNDS = {word: bound for bound, words in _BEFORE.items() for word in words.split()}
# 不超过总投资（不含土地费用）的30%.
_SHARED = r"(?:(?<=不[一-鿿]于)|(?<=不超过))[^\W\d年月日]{1,8}(?:\([^()]*\))?的"
_BOUND_BEFORE = re.compile(
    rf"(?:{'|'.join(_BOUNDS)})(?<!附近)(?<!最近)(?=(?:{_SHARED})?"
    r"(?:达到|达|为|到|至|在|了|占|有|需要|应当|应|须|要|具有|具备|人民币|[:\s])*$)"
)
_MORE = re.compile("[余多]")
_INCLUDED = r"\s*(?:\(不?含[^()]{0,6}\))?(?:及|或)?"
_BOUND_AFTER = (
    (re.compile(rf"{_INCLUDED}以上"), Bound.AT_LEAST),
    (re.compile(rf"{_INCLUDED}以下|\s*(?:以内|之内|(?<=[日天月年时])内)"), Bound.AT_MOST),
    (re.compile(r"\s*(?:左右|上下)"), Bound.ABOUT),
)
_HEDGE = re.compile("力争|争取|预计|预期|计划|规划|目标|有望|努力|拟")
_SENTENCE_ENDS = "。;!?\n"
_JOINED = re.compile(r"\s*[、和及与]\s*")
_BETWEEN = re.compile(r"\s*(?:[-—–~]+|至|到|、|和)\s*")
_TRADITIONAL = str.maketrans(
    "億萬畝個項類種條間處戶噸頃兩圓幣歐點餘過於約達計劃規標預爭擬",
    "亿万亩个项类种条间处户吨顷两圆币欧点余过于约达计划规标预争拟",
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as it was read, before it is related to its neighbours."""

    start: int
    end: int
    number: Decimal
    scale: str
    unit: str


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Find the quantities a text states.

    Figures in digits count wherever they stand, those in Chinese numerals only before a unit. Ordinals,
    numbers of headings and of documents are none, and neither are 一个 and the like.

    Args:
        text: any text, in either script.

    Returns:
        The quantities in the order of the text. A range is two of them, its ends.
    """
    plain, places = _plain(text)
    figures = [figure for match in _STATEMENT.finditer(plain) for figure in _read(match)]
    for place in range(len(figures) - 2, -1, -1):
        figure, following = figures[place : place + 2]
        if _BETWEEN.fullmatch(plain, figure.end, following.start):
            figures[place] = _of_series(figure, following)
    found = [_stated(figure, plain, text, places) for figure in figures]
    # 分别超过90%、75%: what stands before the first bounds the second too.
    for place, other in enumerate(found[1:], 1):
        one = found[place - 1]
        joined = _JOINED.fullmatch(text, one.end, other.start)
        if joined and one.unit == other.unit and other.bound is Bound.EXACT:
            found[place] = replace(other, bound=one.bound)
    return tuple(found)


@lru_cache(maxsize=4096)
def without_quantities(text: str) -> str:
    """Return a text without the quantities that it states."""
    kept, at = [], 0
    for quantity in quantities(text):
        kept.append(text[at : quantity.start])
        at = max(at, quantity.end)
    return "".join([*kept, text[at:]])


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text in half width and simplified figures, and where each of its characters stood."""
    pieces = list(map(_piece, text))
    plain = "".join(pieces)
    if len(plain) == len(text):
        places = list(range(len(text) + 1))
    else:
        places = [*(place for place, piece in enumerate(pieces) for _ in piece), len(text)]
    return plain.translate(_TRADITIONAL), places


@lru_cache(maxsize=65_536)
def _piece(character: str) -> str:
    # The digits of other scripts, ۴ as ４, are digits to a regular expression too.
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    # Circled numbers are marks of a list, not figures; squares and cubes belong to units.
    if unicodedata.category(character) == "No" and character not in "²³":
        return character
    return unicodedata.normalize("NFKC", character)


def _read(match: re.Match[str]) -> Iterator[_Figure]:
    group, (start, end) = match.groupdict(), match.span()
    if group["from"]:
        yield _Figure(match.start("from"), match.end("from"), Decimal(group["from"]), "", YEAR)
        yield _Figure(match.start("to"), end, Decimal(group["to"]), "", YEAR)
    elif group["year"]:
        yield _Figure(start, end, numeral(group["year"]), "", YEAR)
    elif group["month"]:
        yield _Figure(start, end, Decimal(group["month"]) * 100 + int(group["day"] or 0), "", DAY)
    elif group["above"]:
        yield _Figure(start, end, Decimal(group["above"]) * 100 / Decimal(group["below"]), "", "%")
    elif group["whole"]:
        share = _number(group["part"]) * 100 / numeral(group["whole"])
        yield _Figure(start, end, share, "", "%")
    elif group["figure"]:
        yield _Figure(start, end, _number(group["figure"]), group["scale"], group["unit"])
    elif group["numeral"] and _counts(match):
        yield _Figure(start, end, numeral(group["numeral"]), "", group["counted"])


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(",", "")) if figure[-1].isascii() else numeral(figure)


def _counts(match: re.Match[str]) -> bool:
    """Tell a quantity in Chinese numerals from a word that merely looks like one."""
    figure, unit = match["numeral"], match["counted"]
    if not follows_numeral(unit) or figure in ("百", "千", "万", "亿") or numeral(figure) == 0:
        return False
    if unit == "成" and (figure == "一" or _NO_SHARE.match(match.string, match.end())):
        return False
    meaning = unit_of(unit)
    return figure != "一" or (meaning is not None and meaning.kind not in (COUNT, PEOPLE, DURATION))


def _of_series(figure: _Figure, following: _Figure) -> _Figure:
    """Return a figure of 300—500亿元 or 3、5个 with the scale and the unit that stand behind the last."""
    if figure.unit or following.unit == DAY:
        return figure
    return replace(figure, scale=figure.scale or following.scale, unit=following.unit)


def _stated(figure: _Figure, plain: str, text: str, places: list[int]) -> Quantity:
    unit = unit_of(figure.unit)
    value = figure.number * (numeral(figure.scale) if figure.scale else 1)
    start, end = places[figure.start], places[figure.end]
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        number=figure.number,
        written=figure.scale + figure.unit if unit else figure.scale,
        value=value * unit.factor if unit else value,
        unit=unit.base if unit else figure.unit,
        kind=unit.kind if unit else figure.unit,
        bound=_bound(plain, figure),
        hedge=_hedge(plain, figure.start),
    )


def _bound(plain: str, figure: _Figure) -> Bound:
    if _MORE.search(plain, figure.start, figure.end):
        return Bound.AT_LEAST
    for pattern, bound in _BOUND_AFTER:
        if pattern.match(plain, figure.end):
            return bound
    before = _BOUND_BEFORE.search(plain, max(0, figure.start - _LONGEST), figure.start)
    return _BOUNDS[before.group()] if before else Bound.EXACT


def _hedge(plain: str, start: int) -> str:
    hedges = _HEDGE.findall(plain, 0, start)
    if not hedges:
        return ""
    sentence = max(plain.rfind(end, 0, start) for end in _SENTENCE_ENDS) + 1
    hedges = _HEDGE.findall(plain, sentence, start) if sentence else hedges
    return hedges[-1] if hedges else ""
