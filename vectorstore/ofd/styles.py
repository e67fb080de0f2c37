"""How the objects of an OFD page are drawn: colours, lines and fonts, as attributes of SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from vectorstore.ofd.numbers import number_in
from vectorstore.ofd.package import Resources

_LINE = 0.353
_HAIR = 0.1
_OPAQUE = 255.0
_MOST_STYLES = 8
_NAME = re.compile(r"[^\w \-]")
# What stands for a font that the reader does not have, by what its name tells of it.
_FAMILIES = (
    (re.compile("仿宋|fang", re.IGNORECASE), "FangSong, STFangsong, serif"),
    (re.compile("楷|kai", re.IGNORECASE), "KaiTi, STKaiti, serif"),
    (re.compile("黑|hei|arial|helvet|sans|等线", re.IGNORECASE), "SimHei, Heiti SC, sans-serif"),
    (re.compile("courier|mono|consol", re.IGNORECASE), "monospace"),
    (re.compile(""), "SimSun, Songti SC, Noto Serif CJK SC, serif"),
)


class Styles:
    """Tells how objects are drawn.

    Args:
        resources: what they refer to.
    """

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def filled(self, element: etree._Element, *, usual: bool) -> str:
        """Return the attributes that fill an object.

        Args:
            element: the object.
            usual: whether one is filled that does not say so.
        """
        if not _says(element, "Fill", usual=usual):
            return 'fill="none"'
        colour = self._child(element, "FillColor")
        # Words are black where nothing is said, areas have no colour of their own.
        return _colour("fill", colour) if colour is not None or usual else 'fill="none"'

    def stroked(self, element: etree._Element, *, usual: bool) -> str:
        """Return the attributes of an object's lines, which are "" where it has none.

        Args:
            element: the object.
            usual: whether one has lines that does not say so.
        """
        if not _says(element, "Stroke", usual=usual):
            return ""
        width = max(number_in(self._attribute(element, "LineWidth"), _LINE), _HAIR)
        colour = _colour("stroke", self._child(element, "StrokeColor"))
        dashes = [number_in(word, 0.0) for word in self._attribute(element, "DashPattern").split()]
        dashed = f' stroke-dasharray="{joined(dashes)}"' if any(dashes) and min(dashes) >= 0 else ""
        return f'{colour} stroke-width="{width:g}"{dashed}'

    def lettered(self, element: etree._Element) -> str:
        """Return the attributes of a text object's font.

        Args:
            element: the object.
        """
        font = self._resources.fonts.get(str(element.get("Font")))
        said: Mapping[str, str] = {} if font is None else {str(key): str(of) for key, of in font.items()}
        names = [_NAME.sub("", said.get(key, "")).strip() for key in ("FontName", "FamilyName")]
        usual = next(family for told, family in _FAMILIES if told.search(" ".join(names)))
        families = ", ".join([*(f"'{name}'" for name in dict.fromkeys(names) if name), usual])
        heavy = number_in(element.get("Weight"), 400.0) >= 600 or said.get("Bold") == "true"
        slanted = "true" in (element.get("Italic"), said.get("Italic"))
        weight, slope = ' font-weight="bold"' * heavy, ' font-style="italic"' * slanted
        return f'font-family="{families}"{weight}{slope}'

    def _child(self, element: etree._Element, name: str) -> etree._Element | None:
        return next(
            (found for of in self._sources(element) for found in of.iterchildren(f"{{*}}{name}")), None
        )

    def _attribute(self, element: etree._Element, name: str) -> str:
        return next((str(stated) for of in self._sources(element) if (stated := of.get(name))), "")

    def _sources(self, element: etree._Element) -> Iterator[etree._Element]:
        """The object, then the DrawParam of it or its layer, and what that one rests on."""
        yield element
        holders = (element, *element.iterancestors())
        number = next((stated for holder in holders if (stated := holder.get("DrawParam"))), None)
        for _ in range(_MOST_STYLES):
            style = self._resources.styles.get(str(number))
            if style is None:
                return
            yield style
            number = style.get("Relative")


def opacity_of(element: etree._Element) -> float:
    """Return how much covers what lies below an object or under a colour, from 0 to 1.

    Args:
        element: the object or colour.
    """
    return min(max(number_in(element.get("Alpha"), _OPAQUE) / _OPAQUE, 0.0), 1.0)


def joined(numbers: list[float]) -> str:
    """Write numbers as SVG lists them.

    Args:
        numbers: they.
    """
    return " ".join(f"{number:g}" for number in numbers)


def _says(element: etree._Element, name: str, *, usual: bool) -> bool:
    stated = element.get(name)
    return usual if stated is None else stated == "true"


def _colour(name: str, element: etree._Element | None) -> str:
    if element is None:
        return f'{name}="#000"'
    if element.get("Value") is None and len(element):
        # A pattern or a shading: what lies there must not hide the words.
        return f'{name}="none"'
    stated = [_part(word) for word in str(element.get("Value", "")).split()]
    red, green, blue = _mixed(stated)
    return f'{name}="rgb({red},{green},{blue})" {name}-opacity="{opacity_of(element):g}"'


def _mixed(parts: list[int]) -> tuple[int, int, int]:
    match parts:
        case [gray]:
            return gray, gray, gray
        case [red, green, blue]:
            return red, green, blue
        case [*inks, black] if len(inks) == 3:
            red, green, blue = ((255 - ink) * (255 - black) // 255 for ink in inks)
            return red, green, blue
        case _:
            return 0, 0, 0


def _part(word: str) -> int:
    try:
        stated = int(word[1:], 16) if word.startswith("#") else int(number_in(word, 0.0))
    except ValueError:
        return 0
    return min(max(stated, 0), 255)
