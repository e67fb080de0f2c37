"""Equations of Word (OMML, ECMA-376 Part 1, 22.1) on one line: what stands above a bar, a power, a root."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ingest.loaders.inline import raised

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION = f"{M}oMath"
_SIMPLE = re.compile(r"[\w.%]+|[（(\[|].*[）)\]|]")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DEPTH_MAX = 60


def linear(element: etree._Element, depth: int = 0) -> str:
    """Write an equation, or a part of one, on one line.

    Args:
        element: oMath or anything inside it.
        depth: how deep it stands.

    Returns:
        Its signs; brackets stand where the printed form needs none.
    """
    if depth > _DEPTH_MAX:
        return "".join(element.itertext())
    name = etree.QName(element).localname

    def part(child: str) -> str:
        found = element.find(f"{M}{child}")
        return linear(found, depth + 1).strip() if found is not None else ""

    if name == "t":
        return element.text or ""
    if name in _FORMS:
        return _FORMS[name](part)
    if name in _HOLDERS:
        return _HOLDERS[name](element, depth)
    if name == "nary":
        return f"{_property(element, 'naryPr', 'chr', '∫')}{_bounds(part('sub'), part('sup'))}{part('e')}"
    return "".join(linear(child, depth + 1) for child in element if isinstance(child.tag, str))


def _grouped(words: str, *, always: bool = False) -> str:
    return words if _SIMPLE.fullmatch(words) and not (always and words[:1] not in "（(") else f"({words})"


def _power(words: str) -> str:
    return raised(words) if words.isdecimal() else f"^{_grouped(words)}" if words else ""


def _index(words: str) -> str:
    return words.translate(_LOWERED) if words.isdecimal() else f"_{_grouped(words)}" if words else ""


def _degree(words: str) -> str:
    return raised(words) if words.isdecimal() else words


def _bounds(lower: str, upper: str) -> str:
    return f"({lower}→{upper})" if lower and upper else f"({lower or upper})" if lower or upper else ""


def _delimited(element: etree._Element, depth: int) -> str:
    parts = [linear(part, depth + 1) for part in element.findall(f"{M}e")]
    begin, end = _property(element, "dPr", "begChr", "("), _property(element, "dPr", "endChr", ")")
    return begin + _property(element, "dPr", "sepChr", "|").join(parts) + end


def _matrix(element: etree._Element, depth: int) -> str:
    rows = (", ".join(linear(cell, depth + 1) for cell in row) for row in element.findall(f"{M}mr"))
    return f"[{'; '.join(rows)}]"


def _lines(element: etree._Element, depth: int) -> str:
    return "；".join(linear(line, depth + 1) for line in element.findall(f"{M}e"))


def _property(element: etree._Element, group: str, name: str, default: str) -> str:
    found = element.find(f"{M}{group}/{M}{name}")
    return default if found is None else str(found.get(f"{M}val", ""))


_Part = Callable[[str], str]
_FORMS: dict[str, Callable[[_Part], str]] = {
    "f": lambda part: f"{_grouped(part('num'))}/{_grouped(part('den'))}",
    "sSup": lambda part: part("e") + _power(part("sup")),
    "sSub": lambda part: part("e") + _index(part("sub")),
    "sSubSup": lambda part: part("e") + _index(part("sub")) + _power(part("sup")),
    "sPre": lambda part: _index(part("sub")) + _power(part("sup")) + part("e"),
    "rad": lambda part: f"{_degree(part('deg'))}√{_grouped(part('e'), always=True)}",
    "limLow": lambda part: f"{part('e')}({part('lim')})",
    "limUpp": lambda part: part("e") + _power(part("lim")),
    "func": lambda part: f"{part('fName')} {_grouped(part('e'))}",
}
_HOLDERS: dict[str, Callable[[etree._Element, int], str]] = {"d": _delimited, "m": _matrix, "eqArr": _lines}
