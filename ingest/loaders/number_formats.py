"""Numbers as a spreadsheet shows them: number formats of ECMA-376 Part 1, 18.8.31."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].?|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<rule>[^\]]*)\]|'
    r"(?P<power>[Ee][+-]0+)|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_CONDITION = re.compile(r"(>=|<=|<>|>|<|=)\s*(-?\d+(?:\.\d+)?)")
_MAX_PLACES = 15


@dataclass(slots=True)
class _Form:
    """One section of a format: what stands in it from left to right, and how the figure is made."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    whole: int = 0
    places: int = 0
    grouped: bool = False
    scale: int = 0
    percent: int = 0
    power: str = ""
    fraction: bool = False


def figure(value: float, form: str) -> str:
    """Write a number.

    Args:
        value: it.
        form: the cell's number format; numerals of other scripts ([DBNum1]) stay Arabic ones.

    Returns:
        What the reader of the sheet sees, without the blanks that only line figures up.
    """
    section, signed = _section(value, form)
    shown = abs(value) if signed else value
    made = _form(section)
    if any(kind == "general" for kind, _ in made.pieces) or not section.strip():
        words = "".join(general(shown) if kind == "general" else text for kind, text in made.pieces)
        return words.strip() or general(value)
    if "@" in section and not made.whole + made.places:
        return general(value)
    words = _written(abs(shown), made).strip()
    sign = "-" if shown < 0 and re.search(r"[1-9]", words) else ""
    return sign + words or general(value)


def general(value: float) -> str:
    """Write a number in no particular format."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def moment(value: datetime | date | time | timedelta, form: str) -> str:
    """Write a date or a time of day, in Chinese, with the parts that the format shows."""
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return value.isoformat("minutes")
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    if "d" not in plain:
        return f"{value.year}年{value.month}月" if "m" in plain else f"{value.year}年"
    hour = f" {value:%H:%M}" if isinstance(value, datetime) and "h" in plain else ""
    return f"{value.year}年{value.month}月{value.day}日{hour}"


def _section(value: float, form: str) -> tuple[str, bool]:
    """The section that applies to a number, and whether it writes the sign itself."""
    sections = [found.group(1) for found in _SECTION.finditer(form)]
    sections = sections[:-1] if len(sections) > 1 and not sections[-1] else sections
    for section in sections:
        if found := _CONDITION.search("".join(re.findall(r"\[([^\]$][^\]]*)\]", section))):
            sign, bound = found.group(1), float(found.group(2))
            holds = {">": value > bound, "<": value < bound, "=": value == bound, ">=": value >= bound}
            holds |= {"<=": value <= bound, "<>": value != bound}
            if holds[sign]:
                return section, False
    if any(_CONDITION.search(section) for section in sections):
        return sections[-1], False
    numbers = sections[:3]
    if value < 0 and len(numbers) > 1:
        return numbers[1], True
    if value == 0 and len(numbers) > 2:
        return numbers[2], True
    return (numbers[0] if numbers else ""), False


def _form(section: str) -> _Form:
    made, point, commas = _Form(), False, 0
    for found in _TOKEN.finditer(section):
        kind, text = found.lastgroup or "", found.group(found.lastgroup or 0)
        if kind in ("quoted", "escaped", "currency", "other"):
            made.pieces.append(("text", text))
        elif kind == "general":
            made.pieces.append(("general", ""))
        elif kind == "power":
            made.power = text
            made.pieces.append(("power", ""))
        elif kind == "digit":
            made.grouped = made.grouped or (bool(commas) and not point)
            commas = 0
            made.whole, made.places = made.whole + (not point), made.places + point
            made.pieces.append(("place" if point else "digit", text))
        elif text == ",":
            commas += 1
        elif text == "." and not point:
            point, made.scale, commas = True, made.scale + commas, 0
            made.pieces.append(("point", "."))
        elif text == "%":
            made.percent += 1
            made.pieces.append(("text", "%"))
        elif text == "/":
            made.fraction = True
            made.pieces.append(("slash", "/"))
    made.scale += commas
    return made


def _written(value: float, made: _Form) -> str:
    if made.fraction:
        return _as_fraction(value, made.pieces)
    number = Decimal(repr(value)) * (Decimal(100) ** made.percent) / (Decimal(1000) ** made.scale)
    exponent = 0
    if made.power and number:
        exponent = number.adjusted()
        number = number.scaleb(-exponent)
    places = min(made.places, _MAX_PLACES)
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    return _filled(whole, part, exponent, made)


def _filled(whole: str, part: str, exponent: int, made: _Form) -> str:
    """The pieces of a format with the digits of a number in their places."""
    spelt = f"{int(whole):,}" if made.grouped else whole
    shown = [text for kind, text in made.pieces if kind == "digit"]
    least = "".join(shown).lstrip("#?")
    if len(whole) < len(least):
        spelt = whole.rjust(len(least), "0")
    if whole == "0" and not least:
        spelt = ""
    optional = [text for kind, text in made.pieces if kind == "place"]
    told = (n + 1 for n, text in enumerate(optional) if text == "0" or part[n : n + 1] not in ("0", ""))
    kept = max(told, default=0)
    left, order, place = made.whole, 0, 0
    said = ""
    for kind, text in made.pieces:
        if kind == "digit":
            left -= 1
            end = len(spelt) - left
            said, order = said + spelt[order : max(end, order)], max(end, order)
        elif kind == "point":
            said += "." if kept else ""
        elif kind == "place":
            said, place = said + (part[place] if place < kept and place < len(part) else ""), place + 1
        elif kind == "power":
            width = len(made.power) - 2
            sign = "-" if exponent < 0 else "+" if "+" in made.power else ""
            said += f"E{sign}{abs(exponent):0{width}}"
        else:
            said += text
    return said


def _as_fraction(value: float, pieces: Sequence[tuple[str, str]]) -> str:
    """A whole number and a fraction, its denominator of as many digits as the format has places behind /."""
    slash = next(n for n, (kind, _) in enumerate(pieces) if kind == "slash")
    behind = [text for kind, text in pieces[slash + 1 :] if kind in ("digit", "text") and text.strip()]
    fixed = "".join(text for text in behind if text.isdecimal() and text != "0")
    whole = int(value)
    if fixed:
        upper = round((value - whole) * int(fixed))
        return f"{whole} {upper}/{fixed}" if upper else str(whole)
    rest = Fraction(value - whole).limit_denominator(10 ** max(len(behind), 1) - 1)
    if rest == 1:
        return str(whole + 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)
