"""Clean lines to blocks: what belongs to one paragraph is joined, what opens a new piece is told apart."""

from __future__ import annotations

import re
from collections import Counter

from ingest.blocks import Block, Heading, Note, PageBreak, Paragraph, Seam, Table
from ingest.grids import column_table, flattened_table, pipe_table, run_of_cells
from ingest.marks import PAGE, SEAM
from ingest.numbering import Rank, is_box_title, is_caption, number_of

_MARKDOWN_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NOTE = re.compile(
    r"\s*(?:\[\^(?P<name>\w{1,8})\]:|(?P<lost>\ufffd)|(?P<circled>[①-⑳])|\[(?P<number>\d{1,3})\])\s*(?=\S)"
)
_BOLD_LEAD = re.compile(r"(?:[—－-]{1,2}\s*)?\*\*(.+?)\*\*(.*)", re.DOTALL)
_FINISHED = re.compile(r"[。！？；：!?;:…][”’\"）)》】」』\]*]*$")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("(", ")"), ("【", "】"))
_LABEL = re.compile(r"[^，。；：:、\s“（(][^，。；：:]{1,20}[：:]")
_BULLET = re.compile(r"(?:[-*•·●◆■□○]|——|－－)\s*\S")
_WRAP_LINES = 12
_DOUBLED_MIN = 4
_DOUBLED_MAX = 200
_ALONE = re.compile(
    r"(?:[（(【][^（）()]{2,30}[）)】]|文\s*[/／].*|(?:作者|记者|記者|来源|來源|素材来源|素材來源|发布时间|發布時間|日期)\s*[:：].*|"
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?)"
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
        self.marks = Counter(re.findall(r"[①-⑳]", text))
        self.blocks: list[Block] = []
        self.open = ""
        self.joints: list[int] = []
        self.blank = False
        self.held: list[Block] = []
        self.no_table_before = 0
        self.wrap = wrap_width(self.lines)
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
        elif heading := _MARKDOWN_HEADING.match(line):
            self._put(Seam(), Heading(heading.group(2).replace("**", "").strip(), len(heading.group(1))))
        elif note := self._note(stripped):
            self._put(note)
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
            return None
        table = flattened_table(self.lines, index)
        if table is None:
            self.no_table_before = run_of_cells(self.lines, index)
        return table

    def _text(self, line: str, raw: str = "") -> None:
        full = self.wrap > 0 and self.last_width >= self.wrap - 2
        wrapped = full and not raw.startswith("  ")
        is_title = not self.blocks
        if self.open and (
            continues(self.open, line, is_title=is_title) or (wrapped and _may_be_wrapped(self.open, line))
        ):
            if not self.blank and not wrapped:
                self.joints.append(len(self.open.replace("**", "")))
            line = line[_doubled(self.open, line) :] if self.blank else line
            # What stood between the halves of a sentence must not part them.
            self.held = [block for block in self.held if isinstance(block, PageBreak)]
            self.open += (
                " " if self.open[-1].isascii() and line[0].isascii() and self.open[-1].isalpha() else ""
            ) + line
        else:
            self._close()
            self.open = line
        self.last_width = _columns(raw.rstrip())
        self.blank = False

    def _put(self, *blocks: Block) -> None:
        self._close()
        self.blocks.extend(blocks)
        self.blank = False

    def _close(self) -> None:
        if self.open:
            self.blocks.append(paragraph(self.open, tuple(self.joints)))
        self.blocks.extend(self.held)
        self.open, self.joints, self.held = "", [], []

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
            return Note(rest, mark) if self.marks[mark] == 2 and self._mentioned(mark) else None
        mark = found.group("name") or found.group("number")
        cited = f"[^{mark}]" if found.group("name") else f"[{mark}]"
        return Note(rest, cited) if self._mentioned(cited) else None

    def _mentioned(self, mark: str) -> bool:
        return any(mark in line.strip()[1:] for line in self.lines)


def paragraph(line: str, joints: tuple[int, ...] = ()) -> Paragraph:
    """Make a paragraph of one line of text, its bold marks read and taken out."""
    bold = _BOLD_LEAD.match(line)
    plain = re.sub(r"\s{2,}|\t", " ", line.replace("**", "").replace("__", "")).strip()
    if not bold:
        return Paragraph(plain, joints=joints)
    lead, rest = bold.group(1).strip(), bold.group(2)
    if not re.search(r"[。：:]\s*$", lead) and not re.match(r"\s*[。：:]", rest):
        # A mark that closes in the middle of the words: the lead goes on to the next stop.
        stop = re.match(r"[^，。；：:]{0,15}(?=[。：:])", rest)
        lead += stop.group(0) if stop else ""
        if not stop and rest.strip():
            return Paragraph(plain, joints=joints)
    return Paragraph(plain, lead=lead.rstrip("。：: "), joints=joints)


def wrap_width(lines: list[str]) -> int:
    """The width at which a text breaks its lines, in full-width columns; 0 where it does not.

    Such a text has most of its lines within two columns of one width, and hardly any that is longer.
    """
    widths = Counter(_columns(line.rstrip()) for line in lines if line.strip())
    total = sum(widths.values())
    if total < _WRAP_LINES:
        return 0
    longest = max(
        width for width in widths if sum(n for w, n in widths.items() if w >= width) >= total * 0.05
    )
    full = sum(number for width, number in widths.items() if longest - 2 <= width <= longest)
    return longest if 15 <= longest <= 60 and full >= total * 0.4 else 0


def continues(open_text: str, line: str, *, is_title: bool = False) -> bool:
    """Tell whether a line goes on with the paragraph above it.

    Args:
        open_text: the paragraph so far.
        line: the next line that is not blank.
        is_title: whether nothing stands above the paragraph; a headline may hold a comma and no stop.
    """
    plain = open_text.replace("**", "").strip()
    if _FINISHED.search(plain) or _ALONE.fullmatch(plain) or is_caption(plain):
        return False
    if is_box_title(plain) or _is_standing_heading(plain):
        return False
    torn = plain[-1] in "、，,（(“《" or any(plain.count(left) > plain.count(right) for left, right in _PAIRS)
    if _opens_piece(line, torn=torn):
        return False
    return torn or _is_prose(plain, is_title=is_title)


def _columns(line: str) -> int:
    """Width of a line in full-width columns; two half-width characters take one."""
    narrow = sum(character.isascii() for character in line)
    return len(line) - narrow + (narrow + 1) // 2


def _may_be_wrapped(open_text: str, line: str) -> bool:
    """Whether a full line may go on with the next one, even where it ends with a sentence."""
    plain = open_text.replace("**", "").strip()
    if _ALONE.fullmatch(plain) or is_caption(plain) or is_box_title(plain):
        return False
    return not _opens_piece(line, torn=not _FINISHED.search(plain))


def _doubled(open_text: str, line: str) -> int:
    """How many characters at a line's beginning repeat the end of the text before a page break.

    A single character or a short word may well be meant twice; a longer run is not.
    """
    for length in range(min(len(line), _DOUBLED_MAX), _DOUBLED_MIN - 1, -1):
        if open_text.endswith(line[:length]):
            return length
    return 0


def _opens_piece(line: str, *, torn: bool) -> bool:
    if line.startswith("**"):
        bold = _BOLD_LEAD.match(line)
        return not (bold and not bold.group(2).strip() and bold.group(1).endswith("。"))
    if number_of(line) or is_box_title(line) or is_caption(line) or _BULLET.match(line):
        return True
    return not torn and bool(_LABEL.match(line) or _ALONE.fullmatch(line))


def _is_standing_heading(line: str) -> bool:
    number = number_of(line)
    if number is None:
        return False
    if number.rank <= Rank.SECOND and number.rank != Rank.ARTICLE:
        return len(line) <= 50 and "。" not in line and line[-1] not in "，、"
    return False


def _is_prose(line: str, *, is_title: bool) -> bool:
    if "。" in line or "；" in line or len(line) > 40:
        return True
    return ("，" in line and not is_title) or (len(line) > 24 and ("，" in line or "：" in line))
