"""PDF: the text layer in reading order, ruled tables, pages; scanned pages by text recognition."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders import LoadedText, ocr
from ingest.loaders.pdf_lines import Line, is_legible, lines_of
from ingest.loaders.pdf_notes import marked
from ingest.loaders.pdf_paragraphs import paragraphs_of
from ingest.loaders.pdf_tables import Found, TableFinder, continued, goes_on, is_ruled, written
from ingest.marks import PAGE
from ingest.pagewise import page_done
from vectorstore.errors import UnreadableFileError

_MAGIC = b"%PDF-"
_HEAD_BYTES = 1_024


def recognises(data: bytes, name: str) -> bool:
    """Tell a PDF by its mark, which may stand a little behind the beginning."""
    del name
    return _MAGIC in data[:_HEAD_BYTES]


def load(data: bytes, name: str) -> LoadedText:
    """Read a PDF.

    Raises:
        UnreadableFileError: it is locked or broken, or has no text and nothing is installed that could
            recognise it.
    """
    del name
    reader = _Reader(data)
    try:
        pages = list(reader.pages())
    finally:
        reader.close()
    if not any(page.strip() for page in pages):
        raise UnreadableFileError(reader.unread[0].partition("：")[2] if reader.unread else "PDF 中没有文字")
    return LoadedText(format="pdf", text=PAGE.join(pages), unread=tuple(reader.unread))


class _Reader:
    """Reads page after page; `unread` says what was left out and why."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
            reason = "PDF 有密码保护，请解除密码后再收录" if locked else "PDF 已损坏，无法打开"
            raise UnreadableFileError(reason) from error
        self._tables = TableFinder(data)
        self._last: Found | None = None
        self.unread: list[str] = []

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def pages(self) -> Iterator[str]:
        """The text of every page."""
        for number in range(len(self._file)):
            try:
                page = self._file[number]
            except pypdfium2.PdfiumError:
                self.unread.append(f"第 {number + 1} 页：页面已损坏")
                yield ""
                continue
            yield self._page(page, number)
            page.close()
            page_done(number + 1, len(self._file))

    def _page(self, page: pypdfium2.PdfPage, number: int) -> str:
        lines = marked(lines_of(page))
        if not is_legible(lines):
            self._last = None
            return self._recognised(page, number) if lines or _is_drawn(page) else ""
        tables = self._found(page, number)
        pieces: list[str] = []
        width = page.get_width()
        for place, table in enumerate(tables):
            over = [line for line in lines if line.middle > table.top]
            pieces += paragraphs_of(over, width)
            # A page number or a running header may stand between the two halves of a table.
            if place == 0 and len(over) <= 1 and self._last and goes_on(self._last, table):
                table = continued(table, self._last)
            pieces += ["", written(table), ""]
            self._last = table
            lines = [line for line in lines if not _is_in(line, table) and line not in over]
        pieces += paragraphs_of(lines, width)
        if not tables or len(lines) > 2:
            self._last = None
        return "\n".join(pieces)

    def _found(self, page: pypdfium2.PdfPage, number: int) -> list[Found]:
        if not is_ruled(page):
            return []
        try:
            return self._tables.find(number)
        except Exception as error:  # whatever a page's drawing does to the library, its words are read
            self.unread.append(
                f"第 {number + 1} 页：表格线无法解析（{type(error).__name__}），表格按文字收录"
            )
            return []

    def _recognised(self, page: pypdfium2.PdfPage, number: int) -> str:
        try:
            return ocr.read_image(page.render(scale=ocr.SCALE).to_pil())
        except UnreadableFileError as error:
            self.unread.append(f"第 {number + 1} 页：{error}")
            return ""


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without words shows something."""
    return any(True for _ in page.get_objects(max_depth=2))


def _is_in(line: Line, table: Found) -> bool:
    return table.bottom <= line.middle <= table.top and line.right > table.left and line.left < table.right
