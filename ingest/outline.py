"""A document as a sequence of units: the clean text, and the headings every piece stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.blocks import Block, FrameEnd, Note, PageBreak, Seam, Table
from ingest.notes import label_of
from ingest.shapes import is_unit_line
from ingest.table_columns import header_of
from ingest.tables import rows_of
from vectorstore.types import DocumentTable, PassageKind, TableRow


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
        self._unit_line = ""
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

    def write_table(self, index: int, table: Table, path: tuple[str, ...], caption: str) -> None:
        """Add the rows of a table, and the whole of it; one that a page break cut in two is one table.

        Args:
            index: its block.
            table: its cells.
            path: headings above it.
            caption: the line that names it, or "".
        """
        above = self.tables.pop() if self._goes_on(index, table) else None
        if above:
            path, caption = above.section, above.caption
        elif not self.is_below_table(index):
            # A table's name may state the unit in brackets: 价格表（单位：元/立方米）.
            self._unit_line = self._stated_above() or caption
        first = len(self.units)
        if table.inline:
            for cells in table.rows[: table.header_rows]:
                self.write(index, "\t".join(filter(None, cells)), path, heading=True)
        rows = tuple(self._write_rows(index, table, path, caption))
        if above:
            self.tables.append(replace(above, rows=above.rows + rows, end=self.units[-1].end))
        elif rows:
            place = self.units[first]
            whole = DocumentTable(
                caption, header_of(table), rows, path, place.page, place.start, self.units[-1].end
            )
            self.tables.append(whole)

    def _stated_above(self) -> str:
        """The line above a table that says in which unit its figures are, "" where there is none.

        One above the heading of a part is meant for the tables of all parts, up to the next words.
        """
        place = len(self.units) - 1
        if place >= 0 and is_unit_line(self.texts[place]):
            return self.texts[place]
        while place >= 0 and (self.units[place].heading or self.units[place].kind == PassageKind.TABLE_ROW):
            place -= 1
        if place < 0 or not is_unit_line(self.texts[place]):
            return ""
        parted = self.units[place].path != self.units[place + 1].path
        return self.texts[place] if parted else ""

    def _write_rows(
        self, index: int, table: Table, path: tuple[str, ...], caption: str
    ) -> Iterator[TableRow]:
        # Bars stand between the cells in the source of such a table; a quotation must be found there.
        between = "\t" if table.inline else " | "
        for row in rows_of(table, self._unit_line):
            if row.is_group:
                self.write(index, row.full[0], path, heading=True)
            else:
                words = between.join(row.cells)
                self.write(index, words, path, PassageKind.TABLE_ROW, sentence=row.sentence, table=caption)
            yield TableRow(row.full, self.units[-1].start, self.units[-1].end)

    def _goes_on(self, index: int, table: Table) -> bool:
        """Whether a table goes on with the one above it: it has the very same header.

        The notes of the page before may stand between them.
        """
        while index and isinstance(self.blocks[index - 1], Note):
            index -= 1
        above = self.blocks[index - 1] if index else None
        return bool(self.tables) and isinstance(above, Table) and (header_of(above) == header_of(table) != ())

    def is_below_table(self, index: int) -> bool:
        """Whether nothing stands between a table and another one: they were set side by side."""
        return bool(self.tables) and index > 0 and isinstance(self.blocks[index - 1], Table)

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
