"""A Word file of somebody's own: its text to be checked, and comments put on what needs care."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from vectorstore.errors import UnreadableFileError
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

_AUTHOR = own_words("政策助手")
_INITIALS = own_words("核")
_SOURCES = own_words("资料来源")


# What XML forbids; a blank in its place keeps the places of all else.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a stretch of the text, its place in characters."""

    start: int
    end: int
    text: str


class WordDraft:
    """A Word file whose formatting stays as it is.

    Args:
        data: the file.

    Attributes:
        text: its paragraphs, those of tables included, one a line.

    Raises:
        UnreadableFileError: it is no Word file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            document = self._opened()
        except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
            raise UnreadableFileError("不是可读取的 Word 文件，请另存为 .docx 后重试") from None
        self.text = "\n".join("".join(run.text for run in _runs(one)) for one in _paragraphs(document))

    @classmethod
    def of_text(cls, text: str) -> WordDraft:
        """Return a Word file of a plain text, each line a paragraph.

        Args:
            text: what stands at a place of it stands at the same place of the file.
        """
        document = Document()
        for line in _FORBIDDEN.sub(" ", text).replace("\t", " ").split("\n"):
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        return cls(out.getvalue())

    def _opened(self) -> WordDocument:
        return Document(io.BytesIO(self._data))

    def remarked(
        self,
        remarks: Sequence[Remark],
        sources: Sequence[str] = (),
        language: Language = Language.SIMPLIFIED,
    ) -> bytes:
        """Return the file with a comment on each stretch.

        Args:
            remarks: in the order of the text, none across a line's end.
            sources: lines for a table at the end; none makes no table.
            language: of what names the comments and the table.
        """
        document = self._opened()
        author, initials = (translated(name, language) for name in (_AUTHOR, _INITIALS))
        begin = 0
        for paragraph in _paragraphs(document):
            length = sum(len(run.text) for run in _runs(paragraph))
            for remark in remarks:
                if begin <= remark.start < begin + length:
                    covered = _covered(paragraph, remark, begin)
                    if covered:
                        document.add_comment(covered, remark.text, author, initials)
            begin += length + 1
        if sources:
            _add_sources(document, translated(_SOURCES, language), sources)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _paragraphs(document: WordDocument) -> list[CT_P]:
    return list(document.element.body.iter(qn("w:p")))


def _covered(paragraph: CT_P, remark: Remark, begin: int) -> list[Run]:
    """Return the runs of a paragraph that a remark is about, cut at its ends; none where none are."""
    for place in (remark.start - begin, remark.end - begin):
        _cut(paragraph, place)
    at = begin
    covered = []
    for run in _runs(paragraph):
        if run.text and remark.start <= at < remark.end:
            covered.append(run)
        at += len(run.text)
    return covered


def _add_sources(document: WordDocument, heading: str, sources: Sequence[str]) -> None:
    document.add_paragraph(heading)
    table = document.add_table(rows=0, cols=2)
    for number, source in enumerate(sources, 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number), source


def _runs(paragraph: CT_P) -> Iterator[Run]:
    """Yield the runs of a paragraph, those within links included."""
    whole = Paragraph(paragraph, None)  # type: ignore[arg-type]
    for run in paragraph.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p")), None) is paragraph:
            yield Run(run, whole)


def _cut(paragraph: CT_P, place: int) -> None:
    """Make a run end at a place of its paragraph, where that parts plain text; both halves look alike."""
    at = 0
    for run in _runs(paragraph):
        length = len(run.text)
        if at < place < at + length:
            plain = [child for child in run._r if child.tag != qn("w:rPr")]
            if all(child.tag == qn("w:t") for child in plain):
                rest = deepcopy(run._r)
                run._r.addnext(rest)
                whole = run.text
                run.text, Run(rest, run._parent).text = whole[: place - at], whole[place - at :]
            return
        at += length
