"""Blocks to outline: the section tree of a document, told by numbering, boxes, leads and shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.notes import attach
from ingest.numbering import Numbered, Rank, is_box_title, is_caption, number_of
from ingest.outline import Outline, OutlineWriter
from ingest.shapes import (
    body_start,
    heading_tail,
    is_followed_by_text,
    is_inner_title,
    is_opening_word,
    is_plain_heading,
    is_table_caption,
    is_unit_line,
    plain_leads,
)
from ingest.tables import rows_of
from vectorstore.types import PassageKind

_STANDING_MAX = 50
_RUN_IN = re.compile(r"([^。：:；]{2,28})[。：:](?=\S{4})")
_ARTICLE_NAME = re.compile(r"\s*(?:【[^】]{1,20}】|[（(][^（）()]{2,12}[）)](?=\S))")
_SUMMING_UP = re.compile(
    r"总的来看|总体来看|总体上|综上|综合研判|综合来看|展望|同时，|与此同时|尽管|在[^，。]{2,24}的同时|"
    r"(?:我|全|本)[省市县区州][^，。]{0,20}(?:虽然|仍)"
)


def outline(blocks: tuple[Block, ...]) -> Outline:
    """Find the section tree of a document.

    Levels come from the numbering (编 章 节 条, 一、（一）1.（1）), then from boxes, leads and the shape of
    short lines; the levels that markup gives count only among headings without a number.

    Args:
        blocks: pieces in reading order.

    Returns:
        The clean text with its units.
    """
    writer = OutlineWriter(attach(blocks))
    _Walk(writer).walk()
    return writer.outline()


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


class _Walk:
    """Walks the blocks once and keeps the stack of open headings."""

    def __init__(self, writer: OutlineWriter) -> None:
        self.writer = writer
        self.blocks = writer.blocks
        self.leads = plain_leads(self.blocks)
        self.body = body_start(self.blocks)
        self.stack: list[_Open] = []
        self.box: _Box | None = None
        self.style = ""
        self.last_first = 0

    @property
    def path(self) -> tuple[str, ...]:
        """Titles of the open headings."""
        return tuple(entry.title for entry in self.stack)

    def walk(self) -> None:
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            step = 1
            if isinstance(block, Heading):
                step = self._heading(index, block.text, block.level)
            elif isinstance(block, Paragraph):
                step = self._paragraph(index, block)
            elif isinstance(block, Table):
                self._table(index, block)
            elif isinstance(block, Note):
                self.writer.notes.append((len(self.writer.units), block))
                self.writer.write(index, block.text, self.path, PassageKind.FOOTNOTE)
            index += step

    def _heading(self, index: int, text: str, level: int) -> int:
        """Open a section and write its heading line; returns how many blocks that took."""
        number = number_of(text)
        if is_box_title(text):
            self._open_box(text)
        elif number is None:
            if index == 0:
                self.writer.write(index, text, self.path)
                return 1
            self._leave_box()
            self._open(Rank.PLAIN + level, text)
        else:
            return self._numbered_heading(index, text, number)
        self.writer.write(index, text, self.path, self._kind(), heading=True)
        return 1

    def _numbered_heading(self, index: int, text: str, number: Numbered) -> int:
        rank = self._rank_of(number)
        if rank <= Rank.FIRST:
            self.last_first = number.value if rank == Rank.FIRST else 0
        if rank < Rank.THIRD:
            self._leave_box()
        tail = heading_tail(self.blocks, index) if rank in (Rank.PART, Rank.CHAPTER, Rank.SECTION) else ""
        self._open(rank, f"{text} {tail}" if tail else text)
        self.writer.write(index, text, self.path, self._kind(), heading=True)
        if tail:
            self.writer.write(index + 1, tail, self.path, self._kind(), heading=True)
        return 2 if tail else 1

    def _paragraph(self, index: int, block: Paragraph) -> int:
        text = block.text
        number = number_of(text)
        if is_table_caption(self.blocks, index):
            self._open(Rank.PLAIN, text)
            self.writer.write(index, text, self.path, self._kind(), heading=True)
        elif is_box_title(text):
            return self._heading(index, text, 0)
        elif is_caption(text):
            self.writer.write(index, text, self.path, self._kind())
        elif number:
            return self._numbered(index, block, number)
        elif index >= self.body and is_inner_title(self.blocks, index):
            self._leave_box()
            self._open(Rank.PART, text)
            self.writer.write(index, text, self.path, heading=True)
        elif self._is_plain_heading(index, text):
            return self._heading(index, text, 0)
        elif lead := block.lead or self.leads.get(index, ""):
            self._lead(index, lead, "bold" if block.lead else "plain", text)
        else:
            self._body(index, text, item=block.item or text.startswith(("——", "- ", "•", "●", "*")))
        return 1

    def _is_plain_heading(self, index: int, text: str) -> bool:
        if not index or self.box or not is_plain_heading(self.blocks, index):
            return False
        return index >= self.body or is_opening_word(text)

    def _numbered(self, index: int, block: Paragraph, number: Numbered) -> int:
        text = block.text
        if self.box and number.rank >= Rank.THIRD:
            self.box.first_style = self.box.first_style or "number"
        if self._stands_alone(index, number, text):
            return self._numbered_heading(index, text, number)
        if number.rank == Rank.ARTICLE:
            self._leave_box()
            name = _ARTICLE_NAME.match(number.title)
            self._open(Rank.ARTICLE, number.label + (name.group(0).strip() if name else ""))
            self.writer.write(index, text, self.path)
            return 1
        run_in = None if self._in_article() else _RUN_IN.match(number.title)
        if run_in and not re.search(r"，.*，", run_in.group(1)):
            rank = self._rank_of(number)
            if rank < Rank.THIRD:
                self._leave_box()
            label = text[: len(text) - len(number.title)]
            self._open(rank, f"{label}{run_in.group(1)}".strip(), run_in=True)
            self.writer.write(index, text, self.path, self._kind(), item=rank >= Rank.THIRD)
        else:
            self._body(index, text, item=True)
        return 1

    def _in_article(self) -> bool:
        return any(entry.rank == Rank.ARTICLE for entry in self.stack)

    def _stands_alone(self, index: int, number: Numbered, text: str) -> bool:
        """Whether a numbered line is a heading line rather than the opening of a paragraph or an item."""
        if number.rank <= Rank.SECTION:
            if index == 0 and number.rank == Rank.PART:
                return False
            return len(text) <= 70 and "。" not in text and not text.startswith(("附件：", "附件:"))
        bare = number.title.rstrip("。")
        if not bare or len(text) > _STANDING_MAX or re.search(r"[。；]|[，、；：]$", bare):
            return False
        if number.rank == Rank.ARTICLE:
            return len(text) <= 25 and not re.search(r"[，。]", number.title)
        return not self._in_article() and is_followed_by_text(self.blocks, index, self._rank_of(number))

    def _rank_of(self, number: Numbered) -> int:
        rank: int = number.rank
        if rank == Rank.THIRD and number.label.endswith("、") and self.last_first and not self.box:
            # An Arabic 5、 between 四、 and 六、 is one of them.
            deeper = any(re.match(r"\d+\s*、", entry.title) for entry in self.stack)
            if number.value == self.last_first + 1 and number.value > 1 and not deeper:
                return Rank.FIRST
        return Rank.BOX + rank if self.box and rank >= Rank.THIRD else rank

    def _lead(self, index: int, lead: str, style: str, text: str) -> None:
        stop = text.find(lead) + len(lead)
        style += text[stop : stop + 1]
        if self.box:
            self.box.first_style = self.box.first_style or style
            if style == self.box.body_style and self.box.first_style != style:
                self._leave_box()
        if not self.box:
            self.style = style
        self._open(Rank.LEAD, lead, run_in=True)
        self.writer.write(index, text, self.path, self._kind())

    def _body(self, index: int, text: str, *, item: bool) -> None:
        if self.box:
            self.box.first_style = self.box.first_style or "text"
        if self.stack and self.stack[-1].run_in and _SUMMING_UP.match(text):
            self.stack.pop()
        self.writer.write(index, text, self.path, self._kind(), item=item)

    def _table(self, index: int, table: Table) -> None:
        units = self.writer.units
        above = [unit for unit in units[-2:] if unit.heading]
        caption = self.stack[-1].title if self.stack and above else ""
        unit_line = self.writer.texts[-1] if self.writer.texts and is_unit_line(self.writer.texts[-1]) else ""
        if table.inline:
            for cells in table.rows[: table.header_rows]:
                self.writer.write(index, "\t".join(cell for cell in cells if cell), self.path, heading=True)
        # Bars stand between the cells in the source of such a table; a quotation must be found there.
        between = "\t" if table.inline else " | "
        for row in rows_of(table, unit_line):
            self.writer.write(
                index,
                between.join(row.cells),
                self.path,
                PassageKind.TABLE_ROW,
                sentence=row.sentence,
                table=caption,
            )
        if caption and self.stack[-1].rank == Rank.PLAIN:
            self.stack.pop()

    def _kind(self) -> PassageKind:
        return PassageKind.BOX if self.box else PassageKind.TEXT

    def _open_box(self, title: str) -> None:
        self._leave_box()
        # A box belongs to its section, not to the paragraph or item above it.
        while self.stack and (self.stack[-1].rank >= Rank.BOX or self.stack[-1].run_in):
            self.stack.pop()
        self.stack.append(_Open(Rank.BOX, title))
        self.box = _Box(len(self.stack), self.style)

    def _leave_box(self) -> None:
        if self.box:
            del self.stack[self.box.depth - 1 :]
            self.box = None

    def _open(self, rank: int, title: str, *, run_in: bool = False) -> None:
        if rank <= Rank.SECTION:
            self.style = ""
        floor = self.box.depth if self.box else 0
        while len(self.stack) > floor and self.stack[-1].rank >= rank:
            self.stack.pop()
        self.stack.append(_Open(rank, title, run_in))
