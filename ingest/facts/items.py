"""The items of a list that a sentence opens: 有下列情形之一的，不予补助：（一）…；（二）…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts.lines import Sentence

_MARK = re.compile(
    r"\s*(?:(?P<open>[（(]?)(?:(?P<han>[一二三四五六七八九十]{1,3})|\d{1,2})(?:[）)、]|[.．](?!\d))|(?P<dash>[-—•·])\s)\s*"
)
_INLINE = re.compile(r"[（(](?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)](?P<item>[^；;：:]{4,80})(?=[；;]|$)")


@dataclass(frozen=True, slots=True)
class Item:
    """An item inside a sentence.

    Attributes:
        text: its words, without its number.
        start, end: their place in the sentence.
    """

    text: str
    start: int
    end: int


def inline_items(text: str, begin: int) -> Iterator[Item]:
    """Yield the items that a sentence lists itself, from a place on."""
    for found in _INLINE.finditer(text, begin):
        yield Item(found["item"].strip(), *found.span("item"))


class OpenList:
    """The list that is open while one reads sentence by sentence; none at first."""

    def __init__(self) -> None:
        self._lead = ""
        self._style: str | None = None
        self._section: tuple[str, ...] = ()
        self._closed = True
        self._inside = False

    def open(self, sentence: Sentence) -> None:
        """Open the list that a sentence leads to."""
        self._lead = _style(sentence.text)
        self._style = None
        self._section = sentence.passage.section
        self._closed = False
        self._inside = not sentence.closes

    def item(self, sentence: Sentence) -> str | None:
        """Return the words of an item of the open list, "" for one that goes on; None where it is none."""
        if self._closed:
            return None
        inside, self._inside = self._inside, not sentence.closes
        style = _style(sentence.text)
        if inside and not style:
            return None if self._style is None else ""
        own = sentence.passage.section[: len(self._section)] == self._section
        if not style or not own or style == self._lead or style != (self._style or style):
            self._closed = True
            return None
        self._style = style
        marked = _MARK.match(sentence.text)
        return sentence.text[marked.end() if marked else 0 :].strip("；; ")


def _style(text: str) -> str:
    """How an item is marked: （一）, 1. or —; "" where it is not."""
    marked = _MARK.match(text)
    if not marked:
        return ""
    if marked["dash"]:
        return "—"
    return f"{'（' if marked['open'] else ''}{'一' if marked['han'] else '1'}"
