"""The words of a Word paragraph: what a reader of the page sees, with marks where notes are cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.loaders.docx_math import EQUATION, linear
from ingest.loaders.docx_styles import W, value
from ingest.loaders.inline import one_line, raised

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
_STRUCK = "划去的文字"
_HIDDEN = "隐藏的文字"
_TICKED, _EMPTY = "☑", "☐"
# Of the fonts Wingdings and Wingdings 2, by the number of the sign; a font of symbols adds F000 to it.
_SYMBOLS = {
    0xFE: _TICKED, 0x52: _TICKED, 0xA8: _EMPTY, 0xA3: _EMPTY, 0xFD: "☒", 0x54: "☒", 0xFC: "√", 0xFB: "×",
    0x6C: "●", 0x6E: "■", 0xB7: "•", 0x76: "◆", 0xD8: "➢", 0xE0: "→",
}  # fmt: skip
LINE = "\n"


@dataclass(slots=True)
class Words:
    """The words of a paragraph.

    Attributes:
        lines: its lines, bold words between pairs of asterisks.
        cited: kind and number of each note cited, and the words in front of its mark.
        left_out: why and which words of it are not among the lines.
    """

    lines: list[str] = field(default_factory=list)
    cited: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """Everything on one line."""
        return " ".join(self.lines)


def words_of(paragraph: etree._Element) -> Words:
    """Read a paragraph, without what was deleted, struck or hidden and without text boxes anchored in it."""
    found = Words()
    text, bold = "", False
    for run in _runs(paragraph):
        properties = run.find(f"{W}rPr")
        if reason := _unread(properties):
            _leave_out(found, reason, "".join(piece for kind, piece in _pieces(run) if not kind))
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


def _unread(properties: etree._Element | None) -> str:
    """Why the words of a run do not count, "" where they do."""
    if is_on(properties, "vanish"):
        return _HIDDEN
    return _STRUCK if is_on(properties, "strike") or is_on(properties, "dstrike") else ""


def _leave_out(found: Words, reason: str, words: str) -> None:
    if found.left_out and found.left_out[-1][0] == reason:
        found.left_out[-1] = (reason, found.left_out[-1][1] + words)
    elif words.strip():
        found.left_out.append((reason, words))


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph and its equations, through links, insertions, fields and content controls."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == EQUATION:
            yield child
        elif child.tag == f"{W}r":
            yield child
            yield from (inner for ruby in child.iter(f"{W}rubyBase") for inner in _runs(ruby))
        else:
            yield from _runs(child)


def _pieces(run: etree._Element) -> Iterator[tuple[str, str]]:
    """What a run holds: ("", words), or the kind and the number of a note it cites."""
    if run.tag == EQUATION:
        yield "", linear(run)
        return
    for child in run:
        if child.tag == f"{W}t":
            yield "", child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield "", " "
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "", LINE if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif child.tag == f"{W}noBreakHyphen":
            yield "", "-"
        elif child.tag == f"{W}sym":
            yield "", _symbol(child)
        elif child.tag == f"{W}fldChar":
            yield "", _filled_in(child)
        elif child.tag in _REFERENCES:
            yield _REFERENCES[child.tag], str(child.get(f"{W}id"))


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font; one that is no sign of writing is a dot."""
    try:
        number = int(str(element.get(f"{W}char", "")), 16)
    except ValueError:
        return ""
    if not str(element.get(f"{W}font", "")).lower().startswith(("wingdings", "symbol", "webdings")):
        return chr(number) if 0x20 <= number < 0xD800 else ""
    return _SYMBOLS.get(number & 0xFF, "")


def _filled_in(element: etree._Element) -> str:
    """What was chosen in a form field of the old kind, whose choice stands in no run."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        stated = box.find(f"{W}checked")
        return _TICKED if is_on(box, "checked" if stated is not None else "default") else _EMPTY
    choice = element.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    entries = [str(entry.get(f"{W}val", "")) for entry in choice.findall(f"{W}listEntry")]
    chosen = value(choice, "result") or value(choice, "default") or "0"
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether the properties of a run switch something on."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off", "none")
