"""Automatic numbers of Word: written nowhere in the text, so counted here as Word counts them.

ECMA-376 Part 1, 17.9 (Numbering).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from ingest.loaders.docx_styles import Styles, W, value

_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
})  # fmt: skip
_DIGITAL = frozenset({"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"})
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and writes its numbers.

    Attributes:
        kind: the format's name.
        pattern: its text, %1 for the number of the first level.
        start: the first number.
        restart: after which level, from 1, it begins anew; 0 for none, None for every level above it.
    """

    kind: str
    pattern: str
    start: int
    restart: int | None = None


class Numbering:
    """The lists of a file; counts on with every paragraph that is asked for."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counted_as: dict[str, str] = {}
        self._restart: dict[str, dict[int, int]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[str] = set()
        if root is not None:
            self._read(root)

    def label(self, paragraph: etree._Element) -> str | None:
        """The number in front of a paragraph: "" for a bullet, None where it is in no list."""
        name, depth = self._styles.numbering(paragraph)
        level = self._levels.get(name, {}).get(depth)
        if level is None:
            return None
        self._count(name, depth, level)
        return "" if level.kind in ("bullet", "none") else self._written(name, level)

    def _count(self, name: str, depth: int, level: _Level) -> None:
        counts = self._counts[self._counted_as[name]]
        if name not in self._seen:
            self._seen.add(name)
            for place, start in self._restart[name].items():
                counts[place] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        levels = self._levels[name]
        for deeper in [place for place in counts if place > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counts[deeper]

    def _written(self, name: str, level: _Level) -> str:
        counts = self._counts[self._counted_as[name]]
        levels = self._levels[name]

        def number(found: re.Match[str]) -> str:
            place = int(found.group(1)) - 1
            shown = levels.get(place, level)
            return written(counts.get(place, shown.start), shown.kind)

        label = re.sub(r"%([1-9])", number, level.pattern).strip()
        return label if not label or label[-1] in "、）)．.。：" else f"{label} "

    def _read(self, root: etree._Element) -> None:
        abstract = {
            str(element.get(f"{W}abstractNumId")): _levels(element)
            for element in root.iter(f"{W}abstractNum")
        }
        for number in root.iter(f"{W}num"):
            name = str(number.get(f"{W}numId"))
            base = value(number, "abstractNumId")
            self._counted_as[name] = base
            self._levels[name] = dict(abstract.get(base, {}))
            self._restart[name] = {}
            for override in number.iter(f"{W}lvlOverride"):
                place = str(override.get(f"{W}ilvl"))
                start = value(override, "startOverride")
                if place.isdecimal() and start.isdecimal():
                    self._restart[name][int(place)] = int(start)
                self._levels[name].update(_levels(override))


def written(number: int, kind: str) -> str:
    """Write a number as a list of this kind does.

    Args:
        number: what was counted.
        kind: the format's name in ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).
    """
    if kind in _CHINESE:
        return _chinese(number)
    if kind.startswith("chineseLegal"):
        return _chinese(number, ten="一十").translate(_LEGAL)
    if kind in _DIGITAL:
        return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(number))
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind in ("upperRoman", "lowerRoman"):
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in element.findall(f"{W}lvl"):
        place, start = str(level.get(f"{W}ilvl")), value(level, "start")
        if place.isdecimal() and int(place) < _LEVELS:
            kind = value(level, "numFmt") or "decimal"
            restart = value(level, "lvlRestart")
            found[int(place)] = _Level(
                kind,
                value(level, "lvlText"),
                int(start) if start.isdecimal() else 1,
                int(restart) if restart.isdecimal() else None,
            )
    return found


def _chinese(number: int, ten: str = "十") -> str:
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return ten + words[2:] if words.startswith("一十") else words


def _roman(number: int) -> str:
    words = ""
    for unit, letters in _ROMAN:
        words += letters * (number // unit)
        number %= unit
    return words
