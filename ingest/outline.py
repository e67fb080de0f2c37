"""A document as a sequence of units: the clean text, and the headings every piece stands under."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.blocks import Block, FrameEnd, Note, PageBreak, Seam
from ingest.notes import label_of
from vectorstore.types import DocumentTable, PassageKind


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece of an outline: a heading line, a paragraph, an item, a table row, a note.

    Attributes:
        start, end: its place in the clean text, in characters.
        path: headings above it, from the outermost to the nearest.
        section: number of the section it stands in; units of one section follow each other.
        kind: what a passage made of it alone would be.
        heading: whether it is a heading line.
        item: whether it is an item of a list.
        page: page in the source, from 1, or None.
        parted: whether something else stands in the source between it and the unit before.
        sentence: how it reads by itself, where that is not the clean text (table rows).
        table: caption of the table it belongs to.
    """

    start: int
    end: int
    path: tuple[str, ...]
    section: int
    kind: PassageKind
    heading: bool = False
    item: bool = False
    page: int | None = None
    parted: bool = False
    sentence: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's clean text and the units it consists of, in order.

    The section tree is the units' paths: two units are in one section where their paths are the same and
    their section numbers too. Each table is there as a whole besides the units of its rows.
    """

    text: str
    units: tuple[Unit, ...]
    tables: tuple[DocumentTable, ...] = ()


class OutlineWriter:
    """Writes lines of clean text and their units.

    Attributes:
        blocks: those that are text, in reading order.
        parted: for each of them, whether something else stands in the source right above it.
        framed: for each of them, whether a frame ends right above it.
    """

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks: list[Block] = []
        self.parted: list[bool] = []
        self.framed: list[bool] = []
        self.pages: list[int | None] = []
        self.texts: list[str] = []
        self.units: list[Unit] = []
        self.notes: list[tuple[int, Note]] = []
        self.tables: list[DocumentTable] = []
        self.length = 0
        self._separate(blocks)

    def _separate(self, blocks: tuple[Block, ...]) -> None:
        """Part the pieces that are text from the seams, page breaks and ends of frames between them."""
        paged = any(isinstance(block, PageBreak) for block in blocks)
        seam, frame, page = False, False, 1
        for block in blocks:
            if isinstance(block, Seam):
                seam = True
            elif isinstance(block, PageBreak):
                page += 1
            elif isinstance(block, FrameEnd):
                frame = True
            else:
                self.blocks.append(block)
                self.parted.append(seam)
                self.framed.append(frame)
                self.pages.append(page if paged else None)
                seam = frame = False

    def write(
        self,
        index: int,
        text: str,
        path: tuple[str, ...],
        kind: PassageKind = PassageKind.TEXT,
        *,
        heading: bool = False,
        item: bool = False,
        sentence: str = "",
        table: str = "",
    ) -> None:
        """Add a line that stands under the open headings."""
        if not text:
            return
        start, end = self.length, self.length + len(text)
        parted, self.parted[index] = self.parted[index], False
        page = self.pages[index]
        self.units.append(Unit(start, end, path, 0, kind, heading, item, page, parted, sentence, table))
        self.texts.append(text)
        self.length = end + 1

    def outline(self) -> Outline:
        """What was written, notes under the headings of the words they explain, sections numbered."""
        for order, (place, note) in enumerate(self.notes, 1):
            above = self._path_at(f"{note.anchor[-40:]}{note.mark}") or self._path_at(note.anchor[-40:])
            self.units[place] = replace(self.units[place], path=(*above, label_of(note, order)))
        number, last = 0, None
        for place, unit in enumerate(self.units):
            number += (unit.path, unit.kind == PassageKind.FOOTNOTE) != last
            last = (unit.path, unit.kind == PassageKind.FOOTNOTE)
            self.units[place] = replace(unit, section=number)
        return Outline("\n".join(self.texts), tuple(self.units), tuple(self.tables))

    def _path_at(self, words: str) -> tuple[str, ...]:
        """The headings above the first line that holds the words."""
        found = next((n for n, text in enumerate(self.texts) if words in text), None) if words else None
        return self.units[found].path if found is not None else ()
