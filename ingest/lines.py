"""Clean lines to blocks: headings that markup names, tables, notes, paragraphs joined of lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest.blocks import Block, Heading, Note, PageBreak, Paragraph, Seam, Table
from ingest.cleaning import match_brackets
from ingest.grids import column_table, flattened_table, is_header_cell, pipe_table, run_of_cells
from ingest.marks import PAGE, SEAM
from ingest.numbering import number_of
from ingest.paragraphs import BOLD_LEAD, OpenParagraph, columns, continues, may_be_wrapped, wrap_width

INDENT = "  "
_MARKED_MIN = 5
_MARK = re.compile(r"\[\^?\w{1,8}\]|[①-⑳]")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NOTE = re.compile(
    r"\s*(?:\[\^(?P<name>\w{1,8})\]:|(?P<lost>\ufffd)|(?P<circled>[①-⑳])|\[(?P<number>\d{1,3})\])\s*(?=\S)"
)


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read clean text.

    Args:
        text: lines after `ingest.cleaning.clean`.

    Returns:
        Headings the markup names, paragraphs, tables, notes, page breaks and seams in reading order. Headings
        told by their numbering or shape alone are left as paragraphs for `ingest.structure`.
    """
    reader = _Reader(text)
    reader.read()
    return tuple(reader.blocks)


class _Reader:
    """Walks the lines once and keeps one paragraph open."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace(PAGE, f"\n{PAGE}\n").split("\n")
        self.marks = Counter(_MARK.findall(text))
        self.mentioned = {mark for line in self.lines for mark in _MARK.findall(line.strip()[1:])}
        self.blocks: list[Block] = []
        self.open: OpenParagraph | None = None
        self.blank = False
        self.held: list[Block] = []
        self.no_table_before = 0
        self.wrap = wrap_width(self.lines)
        self.indents = sum(line.startswith(INDENT) for line in self.lines) * 20 >= len(self.lines)
        self.marked = sum(map(bool, map(_MARKDOWN_HEADING.match, self.lines))) >= _MARKED_MIN
        self.last_width = 0

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            index = self._step(index)
        self._close()

    def _step(self, index: int) -> int:
        line = self.lines[index]
        if line in (PAGE, SEAM):
            self.held.append(PageBreak() if line == PAGE else Seam())
            self.blank = True
            return index + 1
        if index >= self.no_table_before and (table := self._grid(index)):
            self._put(table[0])
            return table[1]
        if line.lstrip(" -*").startswith("|"):
            return self._pipes(index)
        stripped = line.strip()
        if not stripped:
            self.blank = True
        elif (heading := _MARKDOWN_HEADING.match(line)) and _is_sentence(heading.group(2)):
            # A converter's mistake: no heading ends with a full stop.
            self.held.append(Seam())
            self.blank = True
            self._text(heading.group(2))
        elif self._is_page_number(index, stripped):
            self.held.append(Seam())
        elif heading:
            self._put(Seam(), Heading(heading.group(2).replace("**", "").strip(), len(heading.group(1))))
        elif note := self._note(stripped):
            self._put(note)
        elif note := self._longer_note(stripped):
            self.blocks[-1] = note
        else:
            self._text(stripped, line)
        return index + 1

    def _grid(self, index: int) -> tuple[Table, int] | None:
        """The table that begins at a line, and the line after it."""
        line = self.lines[index]
        inner = line.strip()
        if "\t" in inner or "  " in inner:
            return column_table(self.lines, index)
        if not line.startswith("\t"):
            return flattened_table(self.lines, index, tabbed=False) if is_header_cell(inner) else None
        table = flattened_table(self.lines, index)
        if table is None:
            self.no_table_before = run_of_cells(self.lines, index)
        return table

    def _is_page_number(self, index: int, line: str) -> bool:
        """Whether a number between empty lines parts a sentence, as a page's number does."""
        if not (self.open and self.blank and re.fullmatch(r"\d{1,4}", line)):
            return False
        below = next((other.strip() for other in self.lines[index + 1 : index + 4] if other.strip()), "")
        return bool(below) and not below.isdecimal() and continues(self.open.tail, below)

    def _text(self, line: str, raw: str = "") -> None:
        at_width = self.wrap > 0 and self.last_width >= self.wrap - 2 and not raw.startswith(INDENT)
        if self.open and self._goes_on(self.open, line, at_width=at_width):
            # What stood between the halves of a sentence must not part them.
            self.held = [block for block in self.held if isinstance(block, PageBreak)]
            self.open.join(line, after_blank=self.blank, at_width=at_width)
        else:
            self._close()
            self.open = OpenParagraph(line)
        self.last_width = columns(raw.rstrip())
        self.blank = False

    def _goes_on(self, above: OpenParagraph, line: str, *, at_width: bool) -> bool:
        if continues(above.tail, line, is_title=not self.blocks, is_marked=self.marked):
            return True
        return at_width and self.indents and may_be_wrapped(above.tail, line)

    def _put(self, *blocks: Block) -> None:
        self._close()
        self.blocks.extend(blocks)
        self.blank = False

    def _close(self) -> None:
        if self.open:
            self.blocks.append(paragraph(self.open.text, tuple(self.open.joints)))
        self.blocks.extend(self.held)
        self.open, self.held = None, []

    def _pipes(self, index: int) -> int:
        end = index
        while end < len(self.lines) and "|" in self.lines[end]:
            end += 1
        table = pipe_table(self.lines[index:end])
        if table:
            self._put(Seam(), table, Seam())
            return end
        self.held.append(Seam())
        for line in self.lines[index:end]:
            rest = line.strip().lstrip("-*").replace("|", " ").strip()
            if rest and not re.fullmatch(r"[\s:|-]+", rest):
                self._text(rest)
        return end

    def _longer_note(self, line: str) -> Note | None:
        """The note right above, where the line goes on with it."""
        last = self.blocks[-1] if self.blocks and not (self.open or self.held or self.blank) else None
        if isinstance(last, Note) and continues(last.text, line):
            return replace(last, text=last.text + line)
        return None

    def _note(self, line: str) -> Note | None:
        found = _NOTE.match(line)
        if not found:
            return None
        rest = line[found.end() :]
        if found.group("lost"):
            return Note(rest, at_end=True)
        if found.group("circled"):
            mark = found.group("circled")
            # The same sign twice, once inside a text: a note; a sign at line starts only: a list.
            return Note(rest, mark) if self.marks[mark] == 2 and mark in self.mentioned else None
        mark = f"[^{found.group('name')}]" if found.group("name") else f"[{found.group('number')}]"
        return Note(rest, mark) if mark in self.mentioned else None


def _is_sentence(words: str) -> bool:
    return words.rstrip("* ").endswith(("。", "；")) and number_of(words.strip("* ")) is None


def paragraph(line: str, joints: tuple[int, ...] = ()) -> Paragraph:
    """Make a paragraph of one line of text, its bold marks read and taken out."""
    bold = BOLD_LEAD.match(line)
    plain = re.sub(r"\s{2,}|\t", " ", line.replace("**", "").replace("__", "")).strip()
    plain = match_brackets(re.sub(r"(?<=[。：；，]) (?=\S)", "", plain))
    if not bold:
        return Paragraph(plain, joints=joints)
    lead, rest = bold.group(1).strip(), bold.group(2)
    if not rest.strip() and lead.endswith(("。", "；")):
        # What is bold as a whole leads nothing.
        return Paragraph(plain, joints=joints)
    if not re.search(r"[。：:]\s*$", lead) and not re.match(r"\s*[。：:]", rest):
        # A mark that closes in the middle of the words: the lead goes on to the next stop.
        stop = re.match(r"[^，。；：:]{0,15}(?=[。：:])", rest)
        lead += stop.group(0) if stop else ""
        if not stop and rest.strip():
            return Paragraph(plain, joints=joints)
    return Paragraph(plain, lead=lead.rstrip("。：: "), joints=joints)
