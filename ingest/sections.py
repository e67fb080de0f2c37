"""The headings that are open while a document is read from top to bottom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbering import Numbered, Rank
from vectorstore.types import PassageKind


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open; `run_in` where it is the opening of a paragraph."""

    rank: int
    title: str
    run_in: bool = False


@dataclass(slots=True)
class _Box:
    """The box that is open: what the body's leads looked like before it and what its own first piece does."""

    depth: int
    body_style: str
    first_style: str = ""


class Sections:
    """The stack of open headings, and the box among them.

    Args:
        articles_run_on: whether the articles (条) of the document stand below 一、 and （一）.
    """

    def __init__(self, *, articles_run_on: bool = False) -> None:
        self._articles_run_on = articles_run_on
        self._stack: list[_Open] = []
        self._box: _Box | None = None
        self._style = ""
        self._last_first = 0

    @property
    def path(self) -> tuple[str, ...]:
        """Titles of the open headings."""
        return tuple(entry.title for entry in self._stack)

    @property
    def kind(self) -> PassageKind:
        """What text under the open headings is."""
        return PassageKind.BOX if self._box else PassageKind.TEXT

    @property
    def in_box(self) -> bool:
        """Whether a box is open."""
        return self._box is not None

    @property
    def is_new_box(self) -> bool:
        """Whether a box is open in which no text has stood so far."""
        return self._box is not None and not self._box.first_style

    @property
    def in_article(self) -> bool:
        """Whether an article (条) is open."""
        return any(entry.rank in (Rank.ARTICLE, Rank.CLAUSE) for entry in self._stack)

    def takes_as_item(self, number: Numbered) -> bool:
        """Whether a number is that of an item of the open article, and can be no heading above it."""
        return self.in_article and not (self._articles_run_on and number.rank in (Rank.FIRST, Rank.SECOND))

    @property
    def is_run_in(self) -> bool:
        """Whether the nearest heading is the opening of a paragraph."""
        return bool(self._stack) and self._stack[-1].run_in

    def open(self, rank: int, title: str, *, run_in: bool = False) -> None:
        """Open a heading; those of its rank and below it are closed."""
        if rank <= Rank.SECTION:
            self._style = ""
        floor = self._box.depth if self._box else 0
        while len(self._stack) > floor and self._stack[-1].rank >= rank:
            self._stack.pop()
        self._stack.append(_Open(rank, title.rstrip("。：: ") or title, run_in))

    def open_numbered(self, number: Numbered, title: str, *, run_in: bool = False) -> int:
        """Open a heading by its number; returns the rank it has here."""
        rank = self.rank_of(number)
        if rank <= Rank.FIRST and not run_in:
            self._last_first = number.value if rank == Rank.FIRST else 0
        if rank < Rank.THIRD:
            self.leave_box()
        self.open(rank, title, run_in=run_in)
        return rank

    def open_lead(self, title: str, style: str) -> None:
        """Open a lead; `style` tells how it is set off. One in the style of the body ends a box."""
        if self._box:
            self.note_style(style)
            if style == self._box.body_style and self._box.first_style != style:
                self.leave_box()
        if not self._box:
            self._style = style
        self.open(Rank.LEAD, title, run_in=True)

    def open_box(self, title: str) -> None:
        """Open a box: it belongs to its section, not to the paragraph or item above it."""
        self.leave_box()
        while self._stack and (self._stack[-1].rank >= Rank.BOX or self._stack[-1].run_in):
            self._stack.pop()
        self._stack.append(_Open(Rank.BOX, title))
        self._box = _Box(len(self._stack), self._style)

    def leave_box(self) -> None:
        """Close the box, with all that is open in it."""
        if self._box:
            del self._stack[self._box.depth - 1 :]
            self._box = None

    def leave_item(self) -> None:
        """Close the items and leads that are open: what follows stands beside them."""
        floor = self._box.depth if self._box else 0
        while len(self._stack) > floor and self._stack[-1].run_in and self._stack[-1].rank >= Rank.THIRD:
            self._stack.pop()

    def leave_caption(self) -> None:
        """Close the caption of a table that has been read."""
        if self._stack and self._stack[-1].rank == Rank.PLAIN:
            self._stack.pop()

    def leave_run_in(self) -> None:
        """Close the nearest heading where it is the opening of a paragraph."""
        if self.is_run_in:
            self._stack.pop()

    def note_style(self, style: str) -> None:
        """Remember how the first piece of a box is set off."""
        if self._box:
            self._box.first_style = self._box.first_style or style

    def rank_of(self, number: Numbered) -> int:
        """The rank of a number where it stands."""
        rank: int = number.rank
        if rank == Rank.ARTICLE and self._articles_run_on:
            return Rank.CLAUSE
        if rank == Rank.THIRD and number.label.endswith("、") and self._last_first and not self._box:
            # An Arabic 5、 between 四、 and 六、 is one of them.
            deeper = any(re.match(r"\d+\s*、", entry.title) for entry in self._stack)
            if number.value == self._last_first + 1 and number.value > 1 and not deeper:
                return Rank.FIRST
        return Rank.BOX + rank if self._box and rank >= Rank.THIRD else rank
