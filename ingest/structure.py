"""Blocks to outline: the clean text, and for every piece of it the headings it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.blocks import Block, Heading, Note, PageBreak, Paragraph, Seam, Table
from ingest.notes import attach, term_of
from ingest.numbering import Numbered, Rank, is_box_title, is_caption, number_of
from ingest.tables import rows_of
from vectorstore.types import PassageKind

_STANDING_MAX = 50
_LEAD_MAX = 28
_FRONT = 6
_RUN_IN = re.compile(r"([^。：:；]{2,28})[。：:](?=\S{8})")
_PLAIN_LEAD = re.compile(r"(?:[—－-]{2}\s*)?([^。：:；！？]{3,28})。(?=\S{10})")
_PLAIN_HEADING = re.compile(r"[^，。；：！？,;:!?、…]{2,40}(?<![）)\d])")
_OFFICE = re.compile(r".{2,}(?:委员会|管委会|人民政府|办公室|局|厅|部|院)$")
_SUMMING_UP = re.compile(
    r"总的来看|总体来看|总体上|综上|综合研判|综合来看|展望|同时，|与此同时|尽管|在[^，。]{2,24}的同时|(?:我|全|本)[省市县区州][^，。]{0,20}(?:虽然|仍)"
)
_NOT_HEADING = re.compile(r"文\s*[/／]|作者|记者|记 者|來源|来源|发布|發布|\d{4}\s*[年-]|[（(【△▲——•·●-]")


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece of the outline: a heading line, a paragraph, an item, a table row, a note.

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
    """A document's clean text and the units it consists of, in order."""

    text: str
    units: tuple[Unit, ...]


def outline(blocks: tuple[Block, ...]) -> Outline:
    """Find the section tree of a document.

    Levels come from the numbering (编 章 节 条, 一、（一）1.（1）), then from boxes, leads and the shape of short lines;
    the levels that markup gives count only among headings without a number.

    Args:
        blocks: pieces in reading order.

    Returns:
        The clean text with its units.
    """
    builder = _Builder(attach(blocks))
    builder.build()
    return Outline("\n".join(builder.texts), tuple(builder.units))


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open; `run_in` where it is the opening of a paragraph."""

    rank: int
    title: str
    run_in: bool = False


@dataclass(slots=True)
class _Box:
    """The box that is open: what its own leads look like and what the body's looked like before it."""

    depth: int
    body_style: str
    first_style: str | None = None


class _Builder:
    """Walks the blocks once, keeps the stack of open headings, writes text and units."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = [block for block in blocks if not isinstance(block, Seam | PageBreak)]
        self.parted, self.pages = _surroundings(blocks)
        self.leads = _plain_leads(self.blocks)
        self.texts: list[str] = []
        self.units: list[Unit] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.section = 0
        self.box: _Box | None = None
        self.style = ""
        self.last_first = 0
        self.notes: list[tuple[int, Note]] = []

    def build(self) -> None:
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            if isinstance(block, Heading):
                index = self._heading(index, block.text, block.level)
            elif isinstance(block, Table):
                self._table(index, block)
                index += 1
            elif isinstance(block, Note):
                self.notes.append((len(self.units), block))
                self._write(index, block.text, PassageKind.FOOTNOTE)
                index += 1
            elif isinstance(block, Paragraph):
                index = self._paragraph(index, block)
        self._place_notes()
        self._number_sections()

    def _heading(self, index: int, text: str, level: int) -> int:
        """Open a section and write its heading line; returns the index of the next block."""
        number = number_of(text)
        if index == 0 and number is None and not is_box_title(text):
            self._write(index, text)
            return index + 1
        if is_box_title(text):
            self._open_box(text)
            self._write(index, text, PassageKind.BOX, heading=True)
            return index + 1
        if number is None:
            self._leave_box()
            self._open(Rank.PLAIN + level, text)
            self._write(index, text, heading=True)
            return index + 1
        rank = self._rank_of(number)
        if rank <= Rank.FIRST:
            self.last_first = number.value if rank == Rank.FIRST else 0
        if self.box and rank < Rank.THIRD:
            self._leave_box()
        title = text
        tail = self._tail_of(index, rank)
        if tail:
            title = f"{text} {tail}"
        self._open(rank, title)
        self._write(index, text, heading=True)
        if tail:
            self._write(index + 1, tail, heading=True)
        return index + (2 if tail else 1)

    def _tail_of(self, index: int, rank: int) -> str:
        """The second line of a heading that was split in two, or ""."""
        if rank not in (Rank.PART, Rank.CHAPTER, Rank.SECTION) or index + 1 >= len(self.blocks):
            return ""
        following = self.blocks[index + 1]
        if not self._is_unnumbered_heading(index + 1):
            return ""
        for later in range(index + 2, len(self.blocks)):
            block = self.blocks[later]
            if isinstance(block, Heading) or (
                isinstance(block, Paragraph) and self._is_unnumbered_heading(later)
            ):
                if number_of(block.text) or is_box_title(block.text):
                    break
                return ""
        return following.text if isinstance(following, Heading | Paragraph) else ""

    def _is_unnumbered_heading(self, index: int) -> bool:
        block = self.blocks[index]
        if isinstance(block, Heading):
            return number_of(block.text) is None and not is_box_title(block.text)
        return isinstance(block, Paragraph) and self._is_plain_heading(index, block)

    def _paragraph(self, index: int, block: Paragraph) -> int:
        text = block.text
        number = number_of(text)
        if is_box_title(text) and (self._followed_by_text(index) or not block.item):
            return self._heading(index, text, 0)
        if is_caption(text):
            self._write(index, text)
            return index + 1
        if number:
            return self._numbered(index, block, number)
        if self._is_table_caption(index):
            self._open(Rank.PLAIN, text)
            self._write(index, text, heading=True)
            return index + 1
        if index and self._is_plain_heading(index, block):
            return self._heading(index, text, 0)
        lead = block.lead or self.leads.get(index, "")
        if lead:
            self._lead(index, lead, "bold" if block.lead else "plain", text)
        else:
            self._body(index, text, item=block.item or text.startswith(("——", "- ", "•", "●")))
        return index + 1

    def _numbered(self, index: int, block: Paragraph, number: Numbered) -> int:
        text = block.text
        if self.box and self.box.first_style is None and number.rank >= Rank.THIRD:
            self.box.first_style = "number"
        if number.rank == Rank.ARTICLE:
            self._leave_box()
            self._open(Rank.ARTICLE, number.label)
            self._write(index, text)
            return index + 1
        in_article = any(entry.rank == Rank.ARTICLE for entry in self.stack)
        if in_article and number.rank > Rank.ARTICLE:
            self._body(index, text, item=True)
            return index + 1
        if self._stands_alone(index, number, text):
            return self._heading(index, text, 0)
        run_in = _RUN_IN.match(number.title)
        if run_in and not re.search(r"，.*，", run_in.group(1)):
            rank = self._rank_of(number)
            if self.box and rank < Rank.THIRD:
                self._leave_box()
            self._open(rank, f"{text[: len(text) - len(number.title)]}{run_in.group(1)}".strip(), run_in=True)
            self._write(index, text, self._kind(), item=rank >= Rank.THIRD)
        else:
            self._body(index, text, item=True)
        return index + 1

    def _stands_alone(self, index: int, number: Numbered, text: str) -> bool:
        if number.rank <= Rank.SECTION:
            return len(text) <= 70 and "。" not in text
        bare = number.title.rstrip("。")
        if not bare or len(text) > _STANDING_MAX or re.search(r"[。；]|[，、；：]$", bare):
            return False
        return self._followed_by_text(index)

    def _followed_by_text(self, index: int) -> bool:
        """Whether something stands under this line; a row of short numbered lines is a list instead."""
        if index + 1 >= len(self.blocks):
            return False
        here, below = self.blocks[index], self.blocks[index + 1]
        if not isinstance(below, Paragraph) or not isinstance(here, Paragraph | Heading):
            return True
        mine, its = number_of(here.text), number_of(below.text)
        return not (mine and its and its.rank <= self._rank_of(mine)) or is_box_title(here.text)

    def _rank_of(self, number: Numbered) -> int:
        rank: int = number.rank
        if rank == Rank.THIRD and number.label.endswith("、") and self.last_first and not self.box:
            # An Arabic 5、 between 四、 and 六、 is one of them.
            deeper = any(re.match(r"\d+\s*、", entry.title) for entry in self.stack)
            if number.value == self.last_first + 1 and number.value > 1 and not deeper:
                return Rank.FIRST
        return rank if not self.box or rank < Rank.THIRD else Rank.BOX + rank

    def _lead(self, index: int, lead: str, style: str, text: str) -> None:
        mark = text[text.find(lead) + len(lead) : text.find(lead) + len(lead) + 1]
        style += mark
        if self.box:
            if self.box.first_style is None:
                self.box.first_style = style
            if style == self.box.body_style and self.box.first_style != style:
                self._leave_box()
        if not self.box:
            self.style = style
        self._open(Rank.LEAD, lead, run_in=True)
        self._write(index, text, self._kind())

    def _body(self, index: int, text: str, *, item: bool) -> None:
        if self.box and self.box.first_style is None:
            self.box.first_style = "text"
        if self.stack and self.stack[-1].run_in and _SUMMING_UP.match(text):
            self.stack.pop()
            self.section += 1
        self._write(index, text, self._kind(), item=item)

    def _table(self, index: int, table: Table) -> None:
        caption = self.stack[-1].title if self.stack and self.units and self.units[-1].heading else ""
        header = table.rows[: table.header_rows]
        if table.inline:
            for cells in header:
                self._write(index, "\t".join(cell for cell in cells if cell), heading=True)
        for row in rows_of(table):
            self._write(
                index, "\t".join(row.cells), PassageKind.TABLE_ROW, sentence=row.sentence, table=caption
            )
        if self.stack and self.stack[-1].rank == Rank.PLAIN and caption:
            self.stack.pop()
            self.section += 1

    def _is_table_caption(self, index: int) -> bool:
        block = self.blocks[index]
        below = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return (
            isinstance(below, Table)
            and isinstance(block, Paragraph)
            and len(block.text) <= 60
            and "。" not in block.text
        )

    def _is_plain_heading(self, index: int, block: Paragraph) -> bool:
        text = block.text
        if not _PLAIN_HEADING.fullmatch(text) or _NOT_HEADING.match(text) or self.box:
            return False
        if index < _FRONT and _OFFICE.match(text):
            return False
        below = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return (
            isinstance(below, Paragraph)
            and len(below.text) >= 40
            and "。" in below.text
            and number_of(below.text) is None
        )

    def _open_box(self, title: str) -> None:
        self._leave_box()
        while self.stack and self.stack[-1].rank >= Rank.BOX:
            self.stack.pop()
        self.stack.append(_Open(Rank.BOX, title))
        self.section += 1
        self.box = _Box(len(self.stack), self.style)

    def _leave_box(self) -> None:
        if self.box:
            del self.stack[self.box.depth - 1 :]
            self.box = None
            self.section += 1

    def _open(self, rank: int, title: str, *, run_in: bool = False) -> None:
        if rank <= Rank.SECTION:
            self.style = ""
        floor = self.box.depth if self.box else 0
        while len(self.stack) > floor and self.stack[-1].rank >= rank:
            self.stack.pop()
        self.stack.append(_Open(rank, title, run_in))
        self.section += 1

    def _kind(self) -> PassageKind:
        return PassageKind.BOX if self.box else PassageKind.TEXT

    def _write(
        self,
        index: int,
        text: str,
        kind: PassageKind = PassageKind.TEXT,
        *,
        path: tuple[str, ...] | None = None,
        heading: bool = False,
        item: bool = False,
        sentence: str = "",
        table: str = "",
    ) -> None:
        """Add a line to the clean text and its unit to the outline."""
        start = self.length
        own = tuple(entry.title for entry in self.stack) if path is None else path
        self.units.append(
            Unit(start, start + len(text), own, self.section, kind, heading, item, self.pages[index],
                 self.parted[index], sentence, table)
        )  # fmt: skip
        self.parted[index] = False
        self.texts.append(text)
        self.length += len(text) + 1

    def _place_notes(self) -> None:
        """Put every note under the headings of the words it explains."""
        for order, (place, note) in enumerate(self.notes, 1):
            anchor = note.anchor[-40:]
            home = next((n for n, text in enumerate(self.texts) if anchor and anchor in text), place)
            name = f"{'尾注' if note.at_end else '脚注'}{note.mark.strip('[^]') or order}"
            term = term_of(note.anchor)
            label = f"{name}：{term}" if term else name
            path = (*self.units[home].path, label) if anchor else (label,)
            self.units[place] = replace(self.units[place], path=path)

    def _number_sections(self) -> None:
        """Give a note its own section and what follows it another, so that sections are unbroken runs."""
        number, last = 0, None
        for place, unit in enumerate(self.units):
            key = (unit.section, unit.path, unit.kind == PassageKind.FOOTNOTE)
            number += key != last
            last = key
            self.units[place] = replace(unit, section=number)


def _surroundings(blocks: tuple[Block, ...]) -> tuple[list[bool], list[int | None]]:
    """For each block that is text: whether a seam stands before it, and its page."""
    parted, pages = [], []
    paged = any(isinstance(block, PageBreak) for block in blocks)
    seam, page = False, 1
    for block in blocks:
        if isinstance(block, Seam):
            seam = True
        elif isinstance(block, PageBreak):
            page += 1
        else:
            parted.append(seam)
            pages.append(page if paged else None)
            seam = False
    return parted, pages


def _plain_leads(blocks: list[Block]) -> dict[int, str]:
    """Leads that carry no mark: short first sentences of paragraphs, where at least two stand together."""
    found: dict[int, str] = {}
    group: list[int] = []
    marked = 0

    def settle() -> None:
        if len(group) + marked < 2:
            for index in group:
                found.pop(index, None)

    for index, block in enumerate(blocks):
        if isinstance(block, Heading) or (
            isinstance(block, Paragraph) and number_of(block.text) and len(block.text) <= _STANDING_MAX
        ):
            settle()
            group, marked = [], 0
        elif isinstance(block, Paragraph) and block.lead:
            marked += 1
        elif isinstance(block, Paragraph) and number_of(block.text) is None:
            lead = _PLAIN_LEAD.match(block.text)
            if lead and _is_lead(lead.group(1)):
                found[index] = lead.group(1)
                group.append(index)
    settle()
    return found


def _is_lead(words: str) -> bool:
    halves = words.split("，")
    if len(halves) > 2 or re.search(r"\d{4}|[的了]$", words):
        return False
    return len(words) <= _LEAD_MAX - 8 if len(halves) == 1 else max(map(len, halves)) <= 8
