"""The administrative divisions of China by code, and which lies in which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from importlib.resources import files

_PEOPLES = (
    "维吾尔 土家 布依 哈尼 景颇 傈僳 蒙古 哈萨克 柯尔克孜 朝鲜 毛南 仫佬 仡佬 拉祜 布朗 纳西 普米 "
    "独龙 撒拉 保安 东乡 裕固 锡伯 塔吉克 达斡尔 鄂温克 鄂伦春 "
    "壮 回 苗 藏 羌 彝 侗 傣 白 满 畲 黎 瑶 水 佤 怒 土 各"
)
_NATION = rf"(?:(?:{'|'.join(_PEOPLES.split())})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)"
_OF_PEOPLES = re.compile(rf"(?<=..){_NATION}*自治[州县旗]$")
_ENDING = re.compile(r"(?<=..)(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|特区|新区|林区|地区|[省市县区旗盟])$")
_EVERYDAY, _EVERYDAY_WHOLE = "词", "全"


class Level(StrEnum):
    """How high a division stands."""

    COUNTRY = "country"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Relation(Enum):
    """How one place lies to another."""

    SAME = "same"
    CONTAINS = "contains"
    WITHIN = "within"
    DISJOINT = "disjoint"


@dataclass(frozen=True, slots=True)
class Division:
    """A division at county level or above.

    Attributes:
        code: six digits of GB/T 2260; "" for the country.
        name: its full name, such as 武汉市.
        level: how high it stands.
        parent: code of the division it lies in; "" is the country.
        short: its name without the word for its kind, such as 武汉; "" where one character would be left.
        is_everyday: the short name is an everyday word as well, such as 朝阳.
        is_generic: the whole name is one, such as 城区.
    """

    code: str
    name: str
    level: Level
    parent: str
    short: str = ""
    is_everyday: bool = False
    is_generic: bool = False


COUNTRY = Division("", "全国", Level.COUNTRY, "")


@cache
def divisions() -> dict[str, Division]:
    """Return all divisions by code, each behind those it lies in."""
    text = files("vectorstore").joinpath("divisions.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    codes = {row[0] for row in rows}
    return {row[0]: _division(row[0], row[1], row[2:], codes) for row in rows}


def _division(code: str, name: str, marks: list[str], codes: Collection[str]) -> Division:
    short = (_OF_PEOPLES if "自治" in name and not code.endswith("0000") else _ENDING).sub("", name)
    around = [code[:width].ljust(6, "0") for width in (4, 2)]
    parent = next((outer for outer in around if outer in codes and outer != code), "")
    if code.endswith("0000"):
        level = Level.PROVINCE
    else:
        level = Level.PREFECTURE if code.endswith("00") else Level.COUNTY
    is_generic = _EVERYDAY_WHOLE in marks
    is_everyday = is_generic or _EVERYDAY in marks
    return Division(code, name, level, parent, short if short != name else "", is_everyday, is_generic)


@cache
def by_name() -> dict[str, tuple[Division, ...]]:
    """Return the divisions by every name they go by: 湖北省 and 湖北, 延边朝鲜族自治州, 延边州 and 延边."""
    found: defaultdict[str, dict[str, Division]] = defaultdict(dict)
    for division in divisions().values():
        for name in {division.name, division.short, _prefecture_for_short(division)} - {""}:
            found[name][division.code] = division
    return {name: tuple(known.values()) for name, known in found.items()}


def _prefecture_for_short(division: Division) -> str:
    is_long = division.name.endswith("自治州") and division.short
    return f"{division.short}州" if is_long else ""


def path(division: Division) -> str:
    """Return a division's name behind those it lies in, such as 广东省江门市江海区."""
    parent = divisions().get(division.parent)
    return (path(parent) if parent else "") + division.name


def contains(outer: Division, inner: Division) -> bool:
    """Return whether a division holds another: 湖北省 holds 江岸区, the country everything; none itself."""
    return outer.code != inner.code and inner.code.startswith(_stem(outer.code))


def _stem(code: str) -> str:
    return re.sub(r"(?:00)+$", "", code)


def related(one: Collection[Division], other: Collection[Division]) -> Relation:
    """Tell how two places lie to each other, each given by all it may be.

    Args:
        one, other: the candidates of a name.

    Returns:
        Disjoint only where no candidate of one meets a candidate of the other.
    """
    if {place.code for place in one} & {place.code for place in other}:
        return Relation.SAME
    if any(contains(outer, inner) for outer in one for inner in other):
        return Relation.CONTAINS
    if any(contains(outer, inner) for outer in other for inner in one):
        return Relation.WITHIN
    return Relation.DISJOINT
