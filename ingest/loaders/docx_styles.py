"""The styles of a Word file: which are headings and of what level, which hold a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄|table of figures)\s*(?:\d|heading|标题)?$", re.IGNORECASE)
_BASES = 20
_BODY_LEVEL = 9


class Styles:
    """What the paragraph styles of a file mean."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iter(f"{W}style") if root is not None else ()
        self._styles = {str(style.get(f"{W}styleId", "")): style for style in found}

    def level(self, paragraph: etree._Element) -> int:
        """A paragraph's level as a heading, from 1; 0 for body text."""
        for properties in self._properties(paragraph):
            stated = value(properties, "outlineLvl")
            if stated.isdecimal():
                return int(stated) + 1 if int(stated) < _BODY_LEVEL else 0
        for name in self._names(paragraph):
            if found := _HEADING.fullmatch(name):
                return int(found.group(1))
        return 0

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph belongs to a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self._names(paragraph))

    def numbering(self, paragraph: etree._Element) -> tuple[str, int]:
        """A paragraph's list and the level in it; "" where it is in none."""
        number, level = "", ""
        for properties in self._properties(paragraph):
            stated = properties.find(f"{W}numPr")
            if stated is not None:
                number = number or value(stated, "numId")
                level = level or value(stated, "ilvl")
                if number:
                    break
        return ("" if number == "0" else number), int(level) if level.isdecimal() else 0

    def _properties(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """Paragraph properties: its own, its style's, those of the styles that this one builds on."""
        for holder in (paragraph, *self._chain(paragraph)):
            properties = holder.find(f"{W}pPr")
            if properties is not None:
                yield properties

    def _names(self, paragraph: etree._Element) -> Iterator[str]:
        for style in self._chain(paragraph):
            yield value(style, "name").strip()

    def _chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        properties = paragraph.find(f"{W}pPr")
        name = value(properties, "pStyle") if properties is not None else ""
        for _ in range(_BASES):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")


def value(element: etree._Element, child: str) -> str:
    """The value that a child element states, or ""."""
    found = element.find(f"{W}{child}")
    return "" if found is None else str(found.get(f"{W}val", ""))
