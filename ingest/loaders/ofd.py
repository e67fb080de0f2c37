"""OFD, the official format of electronic documents (GB/T 33190-2016): text by where it stands on the page."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.loaders import LoadedText, ocr
from ingest.loaders.legibility import is_legible
from ingest.loaders.ofd_lines import lines_of
from ingest.loaders.pdf_columns import Columns
from ingest.loaders.pdf_grids import BareTables
from ingest.loaders.pdf_paragraphs import written_regions
from ingest.marks import PAGE
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.ofd.package import ENTRY, MISSING, OfdFile
from vectorstore.zipped import elements, names_of

_ZIP = b"PK\x03\x04"


def recognises(data: bytes, name: str) -> bool:
    """Tell an OFD package by its entry part."""
    del name
    return data.startswith(_ZIP) and ENTRY in names_of(data)


def load(data: bytes, name: str) -> LoadedText:
    """Read an OFD file page by page.

    Raises:
        UnreadableFileError: it is locked or broken, or has no text.
    """
    del name
    unread: list[str] = []
    pages = list(_pages(OfdFile(data), unread))
    if not pages:
        raise UnreadableFileError(MISSING)
    if not any(page.strip() for page in pages):
        raise UnreadableFileError(unread[0].partition("：")[2] if unread else "OFD 文件没有可提取的文字")
    return LoadedText(format="ofd", text=PAGE.join(pages), unread=tuple(unread))


def _pages(file: OfdFile, unread: list[str]) -> Iterator[str]:
    """The text of every page; what a template gives to every page (7.5) is page furniture and left out.

    A page that holds pictures alone is recognised where that is installed; else `unread` says why not.
    """
    bare, columns = BareTables(), Columns()
    for number in range(1, len(file) + 1):
        page = file.page(number)
        lines = lines_of(page)
        pictures = [str(image.get("ResourceID")) for image in elements(page.content, "ImageObject")]
        if pictures and not is_legible("".join(line.text for line in lines)):
            media = file.resources(page).media
            yield _recognised(file, [media[name] for name in pictures if name in media], number, unread)
            continue
        yield "\n".join(written_regions(columns.regions(lines), page.box[2], bare))


def _recognised(file: OfdFile, names: list[str], number: int, unread: list[str]) -> str:
    """The words of a page's pictures."""
    texts = []
    for name in names:
        try:
            texts.append(ocr.load(file.read(name), name).text)
        except UnreadableFileError as error:
            unread.append(own_words(f"第 {number} 页：{error}"))
    return "\n".join(texts)
