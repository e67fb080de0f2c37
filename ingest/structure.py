"""Blocks to outline: the section tree of a document, told by numbering, boxes, leads and shapes."""

from __future__ import annotations

import re

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.boilerplate import byline_end, closing_lines
from ingest.continuations import heading_continuation, headline_continuation, is_part_of_title, title_below
from ingest.decimals import decimal_headings
from ingest.leads import plain_leads
from ingest.notes import attach
from ingest.numbering import Numbered, Rank, is_box_title, is_caption, number_of
from ingest.outline import Outline, OutlineWriter
from ingest.sections import Sections
from ingest.shapes import (
    articles_run_on,
    body_start,
    is_inner_title,
    is_opening_word,
    is_plain_heading,
    is_table_caption,
    stands_alone,
)
from vectorstore.types import PassageKind

_RUN_IN = re.compile(r"([^。：:；]{2,28})[。：:](?=\S{4})")
_ARTICLE_NAME = re.compile(r"\s*(?:【[^】]{1,20}】|[（(][^（）()]{2,12}[）)](?=\S))")
_ANNOUNCES = re.compile(r"如下|下表|见表|[：:]$")
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


class _Walk:
    """Walks the blocks once and keeps the open headings."""

    def __init__(self, writer: OutlineWriter) -> None:
        self.writer = writer
        self.blocks = writer.blocks
        self.leads = plain_leads(self.blocks)
        self.body = body_start(self.blocks)
        self.closing = closing_lines(self.blocks)
        self.decimals = decimal_headings(self.blocks)
        self.sections = Sections(articles_run_on=articles_run_on(self.blocks))
        below = byline_end(self.blocks, self.body)
        if 0 < below < len(self.blocks):
            writer.parted[below] = True

    def walk(self) -> None:
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            step = 1
            if self.writer.framed[index]:
                self.sections.leave_box()
            if index in self.closing and isinstance(block, Paragraph):
                self.writer.write(index, block.text, ())
            elif index in self.decimals and isinstance(block, Heading | Paragraph):
                step = self._numbered_heading(index, block.text, self.decimals[index])
            elif isinstance(block, Heading):
                step = self._heading(index, block.text, block.level)
            elif isinstance(block, Paragraph):
                step = self._paragraph(index, block)
            elif isinstance(block, Table):
                self._table(index, block)
            elif isinstance(block, Note):
                self.writer.notes.append((len(self.writer.units), block))
                self.writer.write(index, block.text, self.sections.path, PassageKind.FOOTNOTE)
            index += step

    def _write(self, index: int, text: str, *, heading: bool = False, item: bool = False) -> None:
        """Write a line that stands under the open headings."""
        sections = self.sections
        self.writer.write(index, text, sections.path, sections.kind, heading=heading, item=item)

    def _heading(self, index: int, text: str, level: int) -> int:
        """Open a section and write its heading line; returns how many blocks that took."""
        number = number_of(text)
        if is_box_title(text):
            self.sections.open_box(text)
        elif number is None:
            if is_part_of_title(self.blocks, index, self.body):
                self._write(index, text)
                return 1
            self.sections.leave_box()
            self.sections.open(Rank.PLAIN + level, text)
        else:
            return self._numbered_heading(index, text, number)
        self._write(index, text, heading=True)
        return 1

    def _numbered_heading(self, index: int, text: str, number: Numbered) -> int:
        tail = title_below(self.blocks, index)
        if not tail and number.rank in (Rank.PART, Rank.CHAPTER, Rank.SECTION):
            tail = heading_continuation(self.blocks, index)
        between = "" if text.endswith(("、", "）", ")")) else " "
        self.sections.open_numbered(number, f"{text.rstrip('：:')}{between}{tail}" if tail else text)
        return self._heading_lines(index, text, tail)

    def _heading_lines(self, index: int, text: str, tail: str) -> int:
        """Write a heading that may take two lines; returns how many it took."""
        self._write(index, text, heading=True)
        if tail:
            self._write(index + 1, tail, heading=True)
        return 2 if tail else 1

    def _paragraph(self, index: int, block: Paragraph) -> int:
        text = block.text
        number = number_of(text)
        if is_table_caption(self.blocks, index):
            self._leave_item()
            self.sections.open(Rank.PLAIN, text)
            self._write(index, text, heading=True)
        elif is_box_title(text):
            return self._heading(index, text, 0)
        elif is_caption(text):
            self._write(index, text)
        elif number:
            return self._numbered(index, block, number)
        elif index >= self.body and is_inner_title(self.blocks, index):
            self.sections.leave_box()
            self.sections.open(Rank.PART, text)
            self._write(index, text, heading=True)
        elif (
            index >= self.body
            and not self.sections.in_box
            and (tail := headline_continuation(self.blocks, index))
        ):
            self.sections.open(Rank.PLAIN, f"{text} {tail}")
            return self._heading_lines(index, text, tail)
        elif self._is_plain_heading(index, text):
            return self._heading(index, text, 0)
        elif lead := block.lead or self.leads.get(index, ""):
            self._lead(index, lead, "bold" if block.lead else "plain", text)
        else:
            self._body(index, text, item=block.item or text.startswith(("——", "- ", "•", "●", "*")))
        return 1

    def _is_plain_heading(self, index: int, text: str) -> bool:
        if not index or self.sections.in_box or not is_plain_heading(self.blocks, index):
            return False
        return index >= self.body or is_opening_word(text)

    def _numbered(self, index: int, block: Paragraph, number: Numbered) -> int:
        text, sections = block.text, self.sections
        if number.rank >= Rank.THIRD:
            sections.note_style("number")
        if stands_alone(
            self.blocks, index, number, sections.rank_of(number), in_article=sections.takes_as_item(number)
        ):
            return self._numbered_heading(index, text, number)
        if number.rank == Rank.ARTICLE:
            sections.leave_box()
            name = _ARTICLE_NAME.match(number.title)
            sections.open(sections.rank_of(number), number.label + (name.group(0).strip() if name else ""))
            self.writer.write(index, text, sections.path)
            return 1
        run_in = None if sections.takes_as_item(number) else _RUN_IN.match(number.title)
        if run_in and not re.search(r"，.*，", run_in.group(1)):
            label = text[: len(text) - len(number.title)]
            rank = sections.open_numbered(number, f"{label}{run_in.group(1)}".strip(), run_in=True)
            self._write(index, text, item=rank >= Rank.THIRD)
        else:
            self._body(index, text, item=True)
        return 1

    def _lead(self, index: int, lead: str, style: str, text: str) -> None:
        stop = text.find(lead) + len(lead)
        self.sections.open_lead(lead, style + text[stop : stop + 1])
        self._write(index, text)

    def _body(self, index: int, text: str, *, item: bool) -> None:
        self.sections.note_style("text")
        if _SUMMING_UP.match(text):
            self.sections.leave_run_in()
        self._write(index, text, item=item)

    def _leave_item(self) -> None:
        """A table stands beside the items above it, unless the last of them speaks of it."""
        if self.writer.texts and not _ANNOUNCES.search(self.writer.texts[-1][-40:]):
            self.sections.leave_item()

    def _table(self, index: int, table: Table) -> None:
        if self.writer.is_below_table(index):
            beside = self.writer.tables[-1]
            self.writer.write_table(index, table, beside.section, beside.caption)
            return
        above = [unit for unit in self.writer.units[-2:] if unit.heading]
        caption = self.sections.path[-1] if self.sections.path and above else ""
        if not caption:
            self._leave_item()
        self.writer.write_table(index, table, self.sections.path, caption)
        if self.sections.is_new_box:
            # A box that opens with a table is that table.
            self.sections.leave_box()
        elif caption:
            self.sections.leave_caption()
