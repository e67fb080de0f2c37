"""The words of a Word paragraph: what a reader of the page sees, with marks where notes are cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.loaders.docx_styles import W, value
from ingest.loaders.inline import one_line, raised

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What stands inside these is not seen, is read elsewhere, or is a reading aid above the words.
_SKIPPED = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}txbxContent",
        f"{W}rt",
        f"{W}pPr",
        f"{W}sdtPr",
        f"{W}instrText",
        _FALLBACK,
    }
)
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
LINE = "\n"


@dataclass(slots=True)
class Words:
    """The words of a paragraph.

    Attributes:
        lines: its lines, bold words between pairs of asterisks.
        cited: kind and number of each note cited, and the words in front of its mark.
    """

    lines: list[str] = field(default_factory=list)
    cited: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """Everything on one line."""
        return " ".join(self.lines)


def words_of(paragraph: etree._Element) -> Words:
    """Read a paragraph, without what was deleted or hidden and without the text boxes anchored in it."""
    found = Words()
    text, bold = "", False
    for run in _runs(paragraph):
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            continue
        is_raised = properties is not None and value(properties, "vertAlign") == "superscript"
        is_bold = is_on(properties, "b")
        for kind, piece in _pieces(run):
            if kind:
                plain = one_line(text).replace("**", "")
                found.cited.append((kind, piece, plain))
                continue
            if piece.strip() and is_bold != bold:
                text += "**"
                bold = is_bold
            text += raised(piece) if is_raised else piece
    text += "**" if bold else ""
    lines = (one_line(line).replace("****", "") for line in text.split(LINE))
    found.lines = [line for line in lines if line.replace("*", "").strip()]
    return found


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, through links, insertions, fields and content controls."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}r":
            yield child
            yield from (inner for ruby in child.iter(f"{W}rubyBase") for inner in _runs(ruby))
        else:
            if child.tag == _MATH_TEXT:
                yield element
                return
            yield from _runs(child)


def _pieces(run: etree._Element) -> Iterator[tuple[str, str]]:
    """What a run holds: ("", words), or the kind and the number of a note it cites."""
    for child in run:
        if child.tag in (f"{W}t", _MATH_TEXT):
            yield "", child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield "", " "
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "", LINE if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif child.tag == f"{W}noBreakHyphen":
            yield "", "-"
        elif child.tag in _REFERENCES:
            yield _REFERENCES[child.tag], str(child.get(f"{W}id"))


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether the properties of a run switch something on."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off", "none")
