"""HTML elements to blocks, in the order in which they stand in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.blocks import Block, FrameEnd, Heading, Note, Paragraph, Seam
from ingest.cleaning import clean
from ingest.lines import paragraph, read_blocks
from ingest.loaders.cells import Cell, table_blocks
from ingest.loaders.html_cells import is_set_off, span_of
from ingest.loaders.html_notes import Notes
from ingest.loaders.inline import one_line, raised
from ingest.paragraphs import continues

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BREAKING = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "ol", "p", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINE = "\ue001"
_REFERENCE = "\ue000"
# Each level takes three of Python's thousand calls within one another.
_DEPTH_MAX = 200
_LAYOUT_CELL = 400


def read_element(root: HtmlElement, notes: Notes | None = None, depth: int = 0) -> list[Block]:
    """Read what stands in an element.

    Args:
        root: the element.
        notes: the page's notes, where they are already known.
        depth: how many elements around it are being read.

    Returns:
        Its pieces in reading order.
    """
    reader = _Reader(notes or Notes(root))
    reader.read(root, depth)
    reader.flush()
    return reader.blocks


class _Reader:
    """Walks elements once; `words` holds the line that is open."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.references: list[str] = []
        self.items = 0
        self.number = ""

    def read(self, element: HtmlElement, depth: int) -> None:
        """Read an element with everything in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if depth > _DEPTH_MAX:
            self.words.append(element.text_content())
        elif self.notes.is_note(element):
            self.flush()
            self._note(element, depth)
        elif reference := self.notes.reference(element):
            self.words.append(_REFERENCE)
            self.references.append(reference)
        elif tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag], depth)
        elif tag == "table":
            self._table(element, depth)
        elif tag == "pre":
            self.flush()
            self.blocks.extend(read_blocks(clean(element.text_content()).text))
        elif tag == "br":
            self.words.append(_LINE)
        elif tag in _BREAKING:
            self._breaking(element, tag, depth)
        else:
            self._inline(element, tag, depth)

    def flush(self) -> None:
        """Close the open line."""
        words, self.words = "".join(self.words), []
        references, self.references = self.references, []
        open_text = ""
        for part in words.split(_LINE):
            line = one_line(part).replace("****", "")
            if (
                open_text
                and line
                and continues(open_text.replace(_REFERENCE, ""), line.replace(_REFERENCE, ""))
            ):
                open_text += line
            elif line:
                self._put(open_text, references)
                open_text = line
        self._put(open_text, references)

    def _put(self, line: str, references: list[str]) -> None:
        while _REFERENCE in line:
            before, _, after = line.partition(_REFERENCE)
            self.notes.anchors[references.pop(0)] = before.replace("**", "")
            line = before + after
        if line.replace("*", "").strip():
            block = paragraph(line)
            self.blocks.append(Paragraph(f"{self.number}{block.text}", block.lead, item=self.items > 0))
            self.number = ""

    def _children(self, element: HtmlElement, depth: int) -> None:
        self.words.append(element.text or "")
        for child in element:
            self.read(child, depth + 1)
            self.words.append(child.tail or "")

    def _breaking(self, element: HtmlElement, tag: str, depth: int) -> None:
        self.flush()
        if tag == "hr":
            self.blocks.append(Seam())
            return
        if tag == "li":
            self.items += 1
            self.number = _number_of_item(element)
        bold = _is_bold(element, tag)
        self.words.append("**" if bold else "")
        self._children(element, depth)
        self.words.append("**" if bold else "")
        self.flush()
        if tag == "li":
            self.items -= 1

    def _inline(self, element: HtmlElement, tag: str, depth: int) -> None:
        if tag == "sup" and not len(element):
            self.words.append(raised(element.text or ""))
            return
        bold = _is_bold(element, tag)
        self.words.append("**" if bold else "")
        self._children(element, depth)
        self.words.append("**" if bold else "")

    def _heading(self, element: HtmlElement, level: int, depth: int) -> None:
        self.flush()
        inner = _Reader(self.notes)
        inner._children(element, depth)
        inner.flush()
        words = " ".join(block.text for block in inner.blocks if isinstance(block, Paragraph))
        if words:
            # Its level says more than the number of a list it may stand in.
            self.number = ""
            self.blocks.append(Heading(words, level))

    def _note(self, element: HtmlElement, depth: int) -> None:
        inner = _Reader(self.notes)
        inner._children(element, depth)
        inner.flush()
        words = " ".join(block.text for block in inner.blocks if isinstance(block, Paragraph))
        mark, anchor, words = self.notes.explained(element, words)
        if words:
            self.blocks.append(Note(words, mark, anchor))

    def _table(self, element: HtmlElement, depth: int) -> None:
        self.flush()
        if _is_layout(element):
            self._children(element, depth)
            self.flush()
            self.blocks.append(FrameEnd())
            return
        for caption in element.findall("caption"):
            self._children(caption, depth)
            self.flush()
        rows = list(_rows(element))
        heads = sum(row.getparent().tag == "thead" for row in rows)
        self.blocks.extend(table_blocks(list(self._cells(rows, depth)), heads))

    def _cells(self, rows: list[HtmlElement], depth: int) -> Iterator[Cell]:
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row.iterchildren("td", "th"):
                while (number, column) in taken:
                    column += 1
                height = min(span_of(cell, "rowspan") or len(rows), len(rows) - number)
                width = span_of(cell, "colspan") or 1
                if height > 1:
                    taken |= {
                        (number + down, column + right) for down in range(1, height) for right in range(width)
                    }
                yield Cell(number, column, self._cell_text(cell, depth), height, width, is_set_off(cell))
                column += width

    def _cell_text(self, cell: HtmlElement, depth: int) -> str:
        if not len(cell):
            return one_line(cell.text or "")
        inner = read_element(cell, self.notes, depth + 1)
        return " ".join(
            block.text for block in inner if isinstance(block, Paragraph | Heading | Note) and block.text
        )


def _is_bold(element: HtmlElement, tag: str) -> bool:
    if tag not in ("b", "strong") and not _BOLD_STYLE.search(element.get("style", "")):
        return False
    return not any(True for _ in element.iterdescendants("p", "div", "li", "table", "br", *_HEADINGS))


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only arranges the page: tables, headings or whole articles stand in its cells."""
    if any(True for _ in table.iterdescendants("table", "h1", "h2", "h3")):
        return True
    cells = list(table.iterdescendants("td", "th"))
    longest = max((len(cell.text_content().strip()) for cell in cells), default=0)
    return len(cells) < 2 or (longest > _LAYOUT_CELL and len(cells) <= 3)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _number_of_item(element: HtmlElement) -> str:
    """The number that a browser writes in front of an item."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return ""
    if re.match(r"\s*[\d（(一二三四五六七八九十①-⑳]", element.text_content()):
        return ""
    start = parent.get("start", "1")
    before = sum(1 for _ in element.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdecimal() else 1) + before}. "
