"""Footnotes of a Word file, which python-docx does not write (ECMA-376, 17.11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from assistant.exporting.word_styles import NOTE_MARK, NOTE_TEXT

# The two that Word asks for draw the line above the notes; real ones count from 1.
_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


class Footnotes:
    """The notes of one document.

    Args:
        texts: of each note, in the order of their numbers.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def refer(self, paragraph: Any, number: int) -> None:
        """Put the mark of a note at the end of a paragraph; Word numbers notes in the order of their marks.

        Args:
            paragraph: of python-docx.
            number: the note's, from 1.
        """
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        paragraph.add_run("", NOTE_MARK)._r.append(mark)

    def attach(self, document: Document) -> None:
        """Put the texts into the document's file."""
        if not self._texts:
            return
        styles = document.styles
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for kind, separator in _SEPARATORS:
            root.append(_separator(kind, separator))
        for number, text in enumerate(self._texts, 1):
            root.append(_note(number, text, styles[NOTE_TEXT].style_id, styles[NOTE_MARK].style_id))
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _announce(document)


def _separator(kind: str, number: str) -> Any:
    note = parse_xml(f"<w:footnote {nsdecls('w')}><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>")
    note.set(qn("w:type"), kind)
    note.set(qn("w:id"), number)
    return note


def _note(number: int, text: str, text_style: str, mark_style: str) -> Any:
    note = parse_xml(
        f"<w:footnote {nsdecls('w')}><w:p><w:pPr><w:pStyle/></w:pPr>"
        "<w:r><w:rPr><w:rStyle/></w:rPr><w:footnoteRef/></w:r>"
        '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
    )
    note.set(qn("w:id"), str(number))
    note.find(f".//{qn('w:pStyle')}").set(qn("w:val"), text_style)
    note.find(f".//{qn('w:rStyle')}").set(qn("w:val"), mark_style)
    note.find(f".//{qn('w:t')}").text = f" {text}"
    return note


def _announce(document: Document) -> None:
    """Name the separators in the settings, in the place that the schema gives them."""
    settings = document.settings.element
    named = OxmlElement("w:footnotePr")
    for _, number in _SEPARATORS:
        separator = OxmlElement("w:footnote")
        separator.set(qn("w:id"), number)
        named.append(separator)
    settings.find(qn("w:compat")).addprevious(named)
