"""The body of a Word file to blocks, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.blocks import Block, FrameEnd, Heading, Note, Paragraph
from ingest.lines import paragraph
from ingest.loaders.cells import Cell, table_blocks
from ingest.loaders.docx_numbering import Numbering
from ingest.loaders.docx_styles import Styles, W, value
from ingest.loaders.docx_text import is_on, words_of
from ingest.paragraphs import continues

_HEADING_MAX = 80
_LAYOUT_CELL = 400
_CONTENTS = "Table of Contents"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LEADERS = ("separator", "continuationSeparator", "continuationNotice")


class Reader:
    """Reads a Word document once; notes come last, each with the words in front of its mark.

    Attributes:
        left_out: why and which words were not read.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        *,
        footnotes: etree._Element | None,
        endnotes: etree._Element | None,
        inserted: Callable[[str], list[Block]],
    ) -> None:
        self.inserted = inserted
        self.left_out: list[tuple[str, str]] = []
        self.styles = styles
        self.numbering = numbering
        self.cited: dict[tuple[str, str], str] = {}
        self.notes = {"footnote": _by_number(footnotes), "endnote": _by_number(endnotes)}

    def read(self, document: etree._Element) -> list[Block]:
        """Read the document part.

        Args:
            document: its root element.

        Returns:
            Its pieces in reading order.
        """
        body = document.find(f"{W}body")
        blocks = list(self._in(body)) if body is not None else []
        return [*blocks, *self._cited_notes()]

    def _in(self, holder: etree._Element) -> Iterator[Block]:
        for child in holder:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None and not _is_contents(child):
                    yield from self._in(content)
            elif child.tag in (f"{W}ins", f"{W}customXml", f"{W}moveTo"):
                yield from self._in(child)
            elif isinstance(child.tag, str) and etree.QName(child).localname == "altChunk":
                yield from self.inserted(str(child.get(f"{_RELATIONS}id", "")))

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        # A list counts on even where its paragraph is left out.
        label = self.numbering.label(element)
        if not self.styles.is_contents(element):
            words = words_of(element)
            self.left_out += words.left_out
            for kind, number, before in words.cited:
                self.cited.setdefault((kind, number), before)
            yield from self._pieces(element, _joined(words.lines), label)
        for box in _text_boxes(element):
            yield from self._in(box)
            yield FrameEnd()

    def _pieces(self, element: etree._Element, lines: list[str], label: str | None) -> Iterator[Block]:
        if not lines:
            return
        level = self.styles.level(element)
        whole = " ".join(lines).replace("**", "")
        if level and len(whole) <= _HEADING_MAX and not ("。" in whole[:-1] or whole.endswith("；")):
            yield Heading(f"{label or ''}{whole}", level)
            return
        for place, line in enumerate(lines):
            block = paragraph(line)
            front = (label or "") if place == 0 else ""
            yield Paragraph(f"{front}{block.text}", block.lead, item=label is not None and not level)

    def _table(self, element: etree._Element) -> Iterator[Block]:
        rows = list(_children(element, "tr"))
        cells = list(_cells(rows))
        if not cells:
            return
        longest = max(sum(len(text.text or "") for text in cell.iter(f"{W}t")) for *_, cell in cells)
        narrow = all(column == 0 for _, column, *_ in cells)
        if narrow or (len(cells) <= 3 and longest > _LAYOUT_CELL):
            # A frame round paragraphs, as boxes are often drawn.
            for *_, cell in cells:
                yield from self._in(cell)
            yield FrameEnd()
            return
        heads = 0
        while heads < len(rows) and rows[heads].find(f"{W}trPr/{W}tblHeader") is not None:
            heads += 1
        yield from table_blocks(
            [
                Cell(row, column, self._cell_text(cell), height, width, _is_set_off(cell))
                for row, column, height, width, cell in cells
            ],
            heads,
        )

    def _cell_text(self, cell: etree._Element) -> str:
        texts: list[str] = []
        for block in self._in(cell):
            if isinstance(block, Paragraph | Heading | Note):
                texts.append(block.text)
            elif rows := getattr(block, "rows", ()):
                texts.extend(" ".join(filter(None, row)) for row in rows)
        return " ".join(filter(None, texts))

    def _cited_notes(self) -> Iterator[Note]:
        order = {"footnote": 0, "endnote": 0}
        for (kind, number), before in self.cited.items():
            note = self.notes[kind].get(number)
            order[kind] += 1
            words = " ".join(words_of(part).line for part in note.iter(f"{W}p")) if note is not None else ""
            if words.strip():
                text = words.replace("**", "").strip()
                yield Note(text, str(order[kind]), before, at_end=kind == "endnote")


def _joined(lines: list[str]) -> list[str]:
    """Lines broken by hand inside a paragraph: the halves of a sentence become one again."""
    joined: list[str] = []
    for line in lines:
        if joined and continues(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _cells(rows: list[etree._Element]) -> Iterator[tuple[int, int, int, int, etree._Element]]:
    """Row, column, height and width of every cell that is not the rest of a merged one."""
    placed: list[list[tuple[int, int, str, etree._Element]]] = []
    for row in rows:
        before = value(row.find(f"{W}trPr"), "gridBefore") if row.find(f"{W}trPr") is not None else ""
        column = int(before) if before.isdecimal() else 0
        cells = []
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            span = value(properties, "gridSpan") if properties is not None else ""
            width = min(int(span), 1_000) if span.isdecimal() and span != "0" else 1
            cells.append((column, width, _merge(properties), cell))
            column += width
        placed.append(cells)
    for number, cells in enumerate(placed):
        for column, width, merge, cell in cells:
            if merge != "continue":
                yield number, column, _height(placed, number, column, merge), width, cell


def _height(
    placed: list[list[tuple[int, int, str, etree._Element]]], number: int, column: int, merge: str
) -> int:
    height = 1
    while merge == "restart" and number + height < len(placed):
        below = next((cell for cell in placed[number + height] if cell[0] == column), None)
        if below is None or below[2] != "continue":
            break
        height += 1
    return height


def _is_set_off(cell: etree._Element) -> bool:
    """Whether a cell is made to stand out: shaded, or bold from end to end."""
    shade = cell.find(f"{W}tcPr/{W}shd")
    if shade is not None and shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff", "none"):
        return True
    runs = [run for run in cell.iter(f"{W}r") if any(text.text for text in run.iter(f"{W}t"))]
    return bool(runs) and all(is_on(run.find(f"{W}rPr"), "b") for run in runs)


def _merge(properties: etree._Element | None) -> str:
    found = properties.find(f"{W}vMerge") if properties is not None else None
    return "" if found is None else str(found.get(f"{W}val", "continue"))


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, through the content controls round them."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for box in element.iter(f"{W}txbxContent"):
        above: Iterable[etree._Element] = box.iterancestors()
        inside = [parent.tag for parent in above if parent is not element]
        if _FALLBACK not in inside and f"{W}txbxContent" not in inside:
            yield box


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == _CONTENTS


def _by_number(root: etree._Element | None) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {str(note.get(f"{W}id")): note for note in root if note.get(f"{W}type") not in _LEADERS}
