"""PDF: the text layer in reading order, ruled tables, pages; scanned pages by text recognition."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders import LoadedText, ocr
from ingest.loaders.legibility import is_legible
from ingest.loaders.pdf_characters import printed
from ingest.loaders.pdf_columns import Columns
from ingest.loaders.pdf_forms import filled_in
from ingest.loaders.pdf_grids import BareTables
from ingest.loaders.pdf_lines import lines_of
from ingest.loaders.pdf_notes import marked
from ingest.loaders.pdf_paragraphs import written_regions
from ingest.loaders.pdf_tables import Found, TableFinder, continued, goes_on, is_ruled, written
from ingest.loaders.printed_lines import Line
from ingest.marks import PAGE
from ingest.pagewise import page_done
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

_MAGIC = b"%PDF-"
_HEAD_BYTES = 1_024
_GARBLED = own_words(
    "文字层的字体编码已损坏，取出的是乱码；安装文字识别组件后可收录：pip install 'policy-assistant[ocr]'"
)


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
            reason = own_words("PDF 有密码保护，请解除密码后再收录" if locked else "PDF 已损坏，无法打开")
            raise UnreadableFileError(reason) from error
        self._tables = TableFinder(data)
        self._last: Found | None = None
        self._bare, self._columns = BareTables(), Columns()
        self._watermarks: dict[str, int] = {}
        self.unread: list[str] = []
        # Without it the values of form fields cannot be asked for.
        self._file.init_forms()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def pages(self) -> Iterator[str]:
        """The text of every page."""
        for number in range(len(self._file)):
            try:
                page = self._file[number]
            except pypdfium2.PdfiumError:
                self.unread.append(own_words(f"第 {number + 1} 页：页面已损坏"))
                yield ""
                continue
            yield self._page(page, number)
            page.close()
            page_done(number + 1, len(self._file))
        self.unread += [own_words(f"水印（自第 {at} 页）：{words}") for words, at in self._watermarks.items()]

    def _page(self, page: pypdfium2.PdfPage, number: int) -> str:
        shown = printed(page)
        lines = [*lines_of(shown), *filled_in(self._file, page, shown)]
        if not is_legible("".join(line.text for line in lines)):
            self._last = None
            return self._recognised(page, number, lines)
        if shown.watermark:
            self._watermarks.setdefault(shown.watermark, number + 1)
        tables = self._found(page, number, shown.turn)
        inserted: dict[Line, Found] = {}
        for order, table in enumerate(tables):
            lines = [line for line in lines if not _is_in(line, table)]
            place = Line(f"\ue012{order}", table.left, table.right, table.bottom, table.top, 0.0)
            inserted[place] = table
        regions = _marked(self._columns.regions([*lines, *inserted]))
        whole = [line for region in regions for line in region]
        texts = self._written(whole, inserted)
        return "\n".join(written_regions(regions, shown.width, self._bare, texts))

    def _written(self, lines: list[Line], inserted: dict[Line, Found]) -> dict[Line, list[str]]:
        """The tables of a page as text; the first one may go on with the last one of the page before."""
        texts: dict[Line, list[str]] = {}
        places = [place for place, line in enumerate(lines) if line in inserted]
        for order, place in enumerate(places):
            table = inserted[lines[place]]
            # A page number or a running header may stand between the two halves of a table.
            if order == 0 and place <= 1 and self._last and goes_on(self._last, table):
                table = continued(table, self._last)
            texts[lines[place]] = written(table)
            self._last = table
        if not places or len(lines) - places[-1] > 3:
            self._last = None
        return texts

    def _found(self, page: pypdfium2.PdfPage, number: int, turn: int) -> list[Found]:
        if not is_ruled(page):
            return []
        try:
            return self._tables.find(number, turn)
        except Exception as error:  # whatever a page's drawing does to the library, its words are read
            name = type(error).__name__
            self.unread.append(own_words(f"第 {number + 1} 页：表格线无法解析（{name}），表格按文字收录"))
            return []

    def _recognised(self, page: pypdfium2.PdfPage, number: int, lines: list[Line]) -> str:
        """The words of a page that shows something, by its picture."""
        if not lines and not _is_drawn(page):
            return ""
        if lines and not ocr.is_installed():
            reason = _GARBLED
            self.unread.append(own_words(f"第 {number + 1} 页：{reason}"))
            return ""
        try:
            return ocr.read_image(page.render(scale=ocr.SCALE).to_pil())
        except UnreadableFileError as error:
            self.unread.append(own_words(f"第 {number + 1} 页：{error}"))
            return ""


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without words shows something."""
    return any(True for _ in page.get_objects(max_depth=2))


def _marked(regions: list[list[Line]]) -> list[list[Line]]:
    """Regions whose footnotes carry the marks of the text."""
    lines = iter(marked([line for region in regions for line in region]))
    return [[next(lines) for _ in region] for region in regions]


def _is_in(line: Line, table: Found) -> bool:
    return table.bottom <= line.middle <= table.top and line.right > table.left and line.left < table.right
