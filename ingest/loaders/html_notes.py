"""Footnotes of web pages: a short link to a later place in the page, which holds the note."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_MARK = re.compile(r"[\[【〔（(]?\s*(?:注\s*)?(?P<mark>\d{1,3}|[①-⑳]|\*{1,3}|[ivxlc]{1,5})\s*[\]】〕）)]?")
_HOMES = ("p", "li", "div", "dd", "td", "section")


class Notes:
    """The notes of a page and the links in the text that lead to them.

    Attributes:
        anchors: note → the words in front of its mark, known once the text has been read.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.anchors: dict[str, str] = {}
        self._names: dict[HtmlElement, str] = {}
        self._homes: dict[HtmlElement, str] = {}
        self._marks: dict[str, str] = {}
        self._find(root)

    def reference(self, element: HtmlElement) -> str:
        """The note that a link in the text leads to, or ""."""
        return self._names.get(element, "")

    def is_note(self, element: HtmlElement) -> bool:
        """Whether an element holds a note."""
        return element in self._homes

    def explained(self, element: HtmlElement, words: str) -> tuple[str, str, str]:
        """A note's mark, the words in front of its mark in the text, and the note without its mark."""
        name = self._homes[element]
        found = _MARK.match(words)
        bare = words[found.end() :].lstrip(" .．、:：↑^") if found else words.lstrip("↑^ ")
        return self._marks[name], self.anchors.get(name, ""), bare.removesuffix("↩").strip()

    def _find(self, root: HtmlElement) -> None:
        places: dict[str, tuple[int, HtmlElement]] = {}
        links: list[tuple[int, HtmlElement, str]] = []
        for place, element in enumerate(root.iter()):
            if not isinstance(element.tag, str):
                continue
            for name in filter(None, (element.get("id"), element.get("name"))):
                places.setdefault(name, (place, element))
            target = element.get("href", "") if element.tag == "a" else ""
            if target.startswith("#") and _MARK.fullmatch(element.text_content().strip()):
                links.append((place, element, target[1:]))
        for place, link, name in links:
            if name in places and places[name][0] > place:
                home = _home(places[name][1])
                if home is not None and self._homes.setdefault(home, name) == name:
                    found = _MARK.fullmatch(link.text_content().strip())
                    self._marks[name] = found.group("mark") if found else ""
                    self._names[link] = name


def _home(element: HtmlElement) -> HtmlElement | None:
    while element is not None and element.tag not in _HOMES:
        element = element.getparent()
    return element
