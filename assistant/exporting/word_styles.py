"""The styles of a briefing in Word: the fonts and sizes of official papers (after GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

NORMAL, TITLE, HEADING_1, FOOTER = "Normal", "Title", "Heading 1", "Footer"
SUBTITLE, REMARK, CAPTION, CELL, CELL_HEAD = "副题", "提示", "表题", "表中文字", "表头文字"
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"

_LATIN = "Times New Roman"
_FANG_SONG, _HEI, _KAI, _SONG, _TITLE_FONT = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style looks.

    Attributes:
        font: of Chinese characters.
        size: in points (二号 22, 三号 16, 四号 14, 小四 12, 五号 10.5).
        leading: points from line to line; None for what the font wants.
        alignment: of its lines.
        indented: whether the first line begins two characters further in.
        held: whether it stays on one page with what follows.
    """

    font: str
    size: float
    leading: float | None = None
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indented: bool = False
    held: bool = False


_LOOKS = {
    NORMAL: _Look(_FANG_SONG, 16, leading=28, indented=True),
    TITLE: _Look(_TITLE_FONT, 22, leading=36, alignment=_CENTRE),
    SUBTITLE: _Look(_KAI, 16, leading=28, alignment=_CENTRE),
    HEADING_1: _Look(_HEI, 16, leading=28, indented=True, held=True),
    REMARK: _Look(_KAI, 16, leading=28, indented=True),
    CAPTION: _Look(_HEI, 12, leading=24, alignment=_CENTRE, held=True),
    CELL_HEAD: _Look(_HEI, 12, leading=20, alignment=_CENTRE),
    CELL: _Look(_FANG_SONG, 12, leading=20, alignment=WD_ALIGN_PARAGRAPH.LEFT),
    NOTE_TEXT: _Look(_FANG_SONG, 10.5),
    FOOTER: _Look(_SONG, 14, alignment=_CENTRE),
}


def add_styles(document: Document) -> None:
    """Give a new document the styles of a briefing; what its template says of them is taken away.

    Args:
        document: made from python-docx's own template.
    """
    known = {style.name for style in document.styles}
    for name, look in _LOOKS.items():
        if name not in known:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == NOTE_TEXT)
        style = document.styles[name]
        for tag in ("w:pPr", "w:rPr"):
            for element in style.element.findall(qn(tag)):
                style.element.remove(element)
        _set_paragraphs(style, look)
        style.font.name, style.font.size = _LATIN, Pt(look.size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), look.font)
    mark = document.styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")


def _set_paragraphs(style: Any, look: _Look) -> None:
    paragraphs = style.paragraph_format
    paragraphs.space_before = paragraphs.space_after = Pt(0)
    paragraphs.line_spacing = 1.0 if look.leading is None else Pt(look.leading)
    paragraphs.alignment = look.alignment
    paragraphs.keep_with_next = look.held
    if style.name == HEADING_1:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        style.element.pPr.append(level)
    # Counted in hundredths of a character, so that it fits every size (ECMA-376, 17.3.1.12).
    indent = style.element.pPr.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200" if look.indented else "0")
    indent.set(qn("w:firstLine"), str(int(look.size * 40)) if look.indented else "0")
