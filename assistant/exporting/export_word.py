"""A briefing as a Word file in the layout of official papers (after GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document

from assistant.export import (
    CLOSING,
    HEADING,
    REMARKED,
    SOURCE_COLUMNS,
    SOURCES,
    Briefing,
    Finding,
    Line,
    Sheet,
)
from assistant.exporting.word_footnotes import Footnotes
from assistant.exporting.word_layout import add_table, set_page
from assistant.exporting.word_styles import (
    CAPTION,
    HEADING_1,
    NOTE_MARK,
    REMARK,
    SUBTITLE,
    TITLE,
    add_styles,
)
from vectorstore.languages.language import Language, own_words

_ORDINALS = "一二三四五六七八九十"
_AUTHOR, _TABLE = own_words("政策助手"), own_words("表{number}")
# The most that the property of a package may hold (ISO/IEC 29500-2).
_PROPERTY_CHARS = 255


def word_of(briefing: Briefing) -> bytes:
    """Return a briefing as a .docx file: A4, 黑体 and 仿宋, footnotes, page numbers.

    Text is only ever put into text runs, so nothing that a document says becomes a field, a link or markup.

    Args:
        briefing: what is exported.
    """
    document = docx.Document()
    add_styles(document)
    set_page(document)
    _describe(document, briefing)
    writer = _Writer(document, briefing)
    document.add_paragraph(briefing.say(HEADING), TITLE)
    if briefing.subtitle:
        document.add_paragraph(briefing.subtitle, SUBTITLE)
    document.add_paragraph(briefing.when, SUBTITLE)
    for number, finding in enumerate(briefing.findings, 1):
        writer.add_finding(number, finding)
    if briefing.sources:
        writer.add_sources(len(briefing.findings) + 1, briefing.sources)
    document.add_paragraph(briefing.say(CLOSING), REMARK)
    writer.notes.attach(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Puts the parts of a briefing into a document, one after the other."""

    def __init__(self, document: Document, briefing: Briefing) -> None:
        self._document = document
        self._sheets = 0
        self._say = briefing.say
        self._chinese = briefing.language is not Language.ENGLISH
        self.notes = Footnotes(briefing.notes)

    def add_finding(self, number: int, finding: Finding) -> None:
        self._document.add_paragraph(self._numbered(number, finding.question), HEADING_1)
        # That a source is a draft must be read before what it says.
        for remark in finding.remarks:
            self._document.add_paragraph(self._say(REMARKED).format(remark=remark), REMARK)
        for part in finding.body:
            if isinstance(part, Sheet):
                self._add_sheet(part)
            else:
                self._fill(self._document.add_paragraph(), part)

    def add_sources(self, number: int, sources: Sequence[Sequence[str]]) -> None:
        self._document.add_paragraph(self._numbered(number, self._say(SOURCES)), HEADING_1)
        rows = tuple(tuple((_breaking(cell),) for cell in cells) for cells in sources)
        add_table(
            self._document, Sheet(tuple((self._say(title),) for title in SOURCE_COLUMNS), rows), self._fill
        )

    def _numbered(self, number: int, heading: str) -> str:
        return f"{_ordinal(number)}、{heading}" if self._chinese else f"{number}. {heading}"

    def _add_sheet(self, sheet: Sheet) -> None:
        self._sheets += 1
        self._document.add_paragraph(self._say(_TABLE).format(number=self._sheets), CAPTION)
        add_table(self._document, sheet, self._fill)

    def _fill(self, paragraph: Any, line: Line) -> None:
        for piece in line:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            elif piece.first:
                self.notes.refer(paragraph, piece.number)
            else:
                paragraph.add_run(str(piece.number), NOTE_MARK)


def _breaking(cell: str) -> str:
    """Return a cell whose lines end after a 、 and nowhere else in a list of numbers."""
    # LibreOffice takes such a list for one word and parts it anywhere: before a 、, or within a number.
    return cell.replace("、", "、\u200b")


def _describe(document: Document, briefing: Briefing) -> None:
    properties = document.core_properties
    properties.title = f"{briefing.say(HEADING)}：{briefing.title}"[:_PROPERTY_CHARS]
    properties.author = properties.last_modified_by = briefing.say(_AUTHOR)
    properties.comments = ""
    properties.language = {Language.SIMPLIFIED: "zh-CN", Language.TRADITIONAL: "zh-TW"}.get(
        briefing.language, "en"
    )


def _ordinal(number: int) -> str:
    """Return a number as headings count, from 一 to 九十九; beyond that in figures."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    before = "" if not tens else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十"
    return before + (_ORDINALS[ones - 1] if ones else "")
