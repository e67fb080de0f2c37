"""The parts of an OFD file: its pages, what templates give to them, and what they refer to."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.ofd.numbers import number_in
from vectorstore.zipped import elements, open_zip, part_name, read_member, read_part

ENTRY = "OFD.xml"
"""The part with which a package begins."""
MISSING = own_words("OFD 文件缺少页面内容，可能已损坏")

_A4 = (0.0, 0.0, 210.0, 297.0)

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Resources:
    """What the objects of pages refer to by number.

    Attributes:
        media: number → name of the part that holds a picture.
        fonts: number → its element.
        styles: number → element of a DrawParam.
    """

    media: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, etree._Element] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page.

    Attributes:
        content: its element.
        box: its physical box: left, top, width and height in millimetres.
        root: name of the part of its document.
    """

    content: etree._Element
    box: Box
    root: str


class OfdFile:
    """An opened OFD file.

    Args:
        data: the whole file.

    Raises:
        UnreadableFileError: it is broken or encrypted, or a part of it is missing.
    """

    def __init__(self, data: bytes) -> None:
        self._package = open_zip(data)
        if "Encryptions.xml" in self._package.namelist():
            raise UnreadableFileError("OFD 文件已加密，请解密后再收录")
        roots = [
            part_name("", (place.text or "").strip()) for place in elements(self._read(ENTRY), "DocRoot")
        ]
        self._documents = {root: self._read(root) for root in roots}
        self._places = [
            (root, str(page.get("BaseLoc")))
            for root in roots
            for page in elements(self._documents[root], "Page")
            if page.get("BaseLoc") is not None
        ]

    def __len__(self) -> int:
        return len(self._places)

    def page(self, number: int) -> OfdPage:
        """Read a page.

        Args:
            number: from 1.

        Raises:
            UnreadableFileError: its part is missing or broken, or there is no such page.
        """
        if not 0 < number <= len(self):
            raise UnreadableFileError(MISSING)
        root, place = self._places[number - 1]
        content = self._read(part_name(posixpath.dirname(root), place))
        stated = (_box(next(elements(of, "PhysicalBox"), None)) for of in (content, self._documents[root]))
        return OfdPage(content, next(filter(None, stated), _A4), root)

    def templates(self, page: OfdPage) -> Iterator[tuple[etree._Element, bool]]:
        """Yield the contents that templates give to a page (7.5), and whether each stands before its own.

        Args:
            page: one of this file.

        Raises:
            UnreadableFileError: a part is missing or broken.
        """
        document = self._documents[page.root]
        known = {str(template.get("ID")): template for template in elements(document, "TemplatePage")}
        for used in elements(page.content, "Template"):
            template = known.get(str(used.get("TemplateID")))
            if template is not None:
                place = part_name(posixpath.dirname(page.root), str(template.get("BaseLoc")))
                order = used.get("ZOrder") or template.get("ZOrder")
                yield self._read(place), order == "Foreground"

    def resources(self, page: OfdPage) -> Resources:
        """Return what the objects of a page may refer to.

        Args:
            page: one of this file.

        Raises:
            UnreadableFileError: a part is broken.
        """
        found, folder = Resources(), posixpath.dirname(page.root)
        document = self._documents[page.root]
        for of, kind in ((document, "PublicRes"), (document, "DocumentRes"), (page.content, "PageRes")):
            for place in elements(of, kind):
                name = part_name(folder, (place.text or "").strip())
                if name in self._package.namelist():
                    self._gather(name, found)
        return found

    def _gather(self, name: str, found: Resources) -> None:
        given = self._read(name)
        base = part_name(posixpath.dirname(name), str(given.get("BaseLoc", "")))
        for media in elements(given, "MultiMedia"):
            file = next(elements(media, "MediaFile"), None)
            if file is not None:
                found.media[str(media.get("ID"))] = part_name(base, (file.text or "").strip())
        found.fonts.update((str(font.get("ID")), font) for font in elements(given, "Font"))
        found.styles.update((str(style.get("ID")), style) for style in elements(given, "DrawParam"))

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            UnreadableFileError: it is missing or broken.
        """
        return read_member(self._package, part)

    def _read(self, part: str) -> etree._Element:
        return read_part(self._package, part, MISSING)


def _box(element: etree._Element | None) -> Box | None:
    words = ((element.text if element is not None else "") or "").split()
    sides = [side for word in words if (side := number_in(word, math.nan)) == side]
    return (sides[0], sides[1], sides[2], sides[3]) if len(sides) == len(words) == 4 else None
