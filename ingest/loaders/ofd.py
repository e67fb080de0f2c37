"""OFD, the official format of electronic documents (GB/T 33190-2016): text by where it stands on the page."""

from __future__ import annotations

import math
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from ingest.loaders import LoadedText, ocr
from ingest.loaders.legibility import is_legible
from ingest.loaders.ofd_lines import lines_of, number_in
from ingest.loaders.pdf_columns import Columns
from ingest.loaders.pdf_grids import BareTables
from ingest.loaders.pdf_paragraphs import written_regions
from ingest.loaders.zipped import elements, names_of, open_zip, part_name, read_member, read_part
from ingest.marks import PAGE
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

_ZIP = b"PK\x03\x04"
_ENTRY = "OFD.xml"
_MISSING = own_words("OFD 文件缺少页面内容，可能已损坏")


def recognises(data: bytes, name: str) -> bool:
    """Tell an OFD package by its entry part."""
    del name
    return data.startswith(_ZIP) and _ENTRY in names_of(data)


def load(data: bytes, name: str) -> LoadedText:
    """Read an OFD file page by page.

    Raises:
        UnreadableFileError: it is locked or broken, or has no text.
    """
    del name
    unread: list[str] = []
    with open_zip(data) as package:
        if "Encryptions.xml" in package.namelist():
            raise UnreadableFileError("OFD 文件已加密，请解密后再收录")
        pages = [page for body in _bodies(package) for page in _pages(package, body, unread)]
    if not pages:
        raise UnreadableFileError(_MISSING)
    if not any(page.strip() for page in pages):
        raise UnreadableFileError(unread[0].partition("：")[2] if unread else "OFD 文件没有可提取的文字")
    return LoadedText(format="ofd", text=PAGE.join(pages), unread=tuple(unread))


def _bodies(package: zipfile.ZipFile) -> Iterator[str]:
    """The root parts of the documents in a package."""
    for place in elements(read_part(package, _ENTRY, _MISSING), "DocRoot"):
        yield part_name("", (place.text or "").strip())


def _pages(package: zipfile.ZipFile, root: str, unread: list[str]) -> Iterator[str]:
    """The text of every page; what a template gives to every page (7.5) is page furniture and left out.

    A page that holds pictures alone is recognised where that is installed; else `unread` says why not.
    """
    document = read_part(package, root, _MISSING)
    folder = posixpath.dirname(root)
    common = _box(next(elements(document, "PhysicalBox"), None))
    bare, columns = BareTables(), Columns()
    media = _media(package, document, folder)
    for number, page in enumerate(elements(document, "Page"), 1):
        place = page.get("BaseLoc")
        if place is None:
            continue
        content = read_part(package, part_name(folder, str(place)), _MISSING)
        box = _box(next(elements(content, "PhysicalBox"), None)) or common or (0.0, 0.0, 210.0, 297.0)
        lines = lines_of(list(elements(content, "TextObject")), box)
        pictures = [str(image.get("ResourceID")) for image in elements(content, "ImageObject")]
        if pictures and not is_legible("".join(line.text for line in lines)):
            yield _recognised(package, [media[name] for name in pictures if name in media], number, unread)
            continue
        yield "\n".join(written_regions(columns.regions(lines), box[2], bare))


def _media(package: zipfile.ZipFile, document: etree._Element, folder: str) -> dict[str, str]:
    """The pictures that a document's pages refer to: number → name of the part."""
    found = {}
    for kind in ("DocumentRes", "PublicRes"):
        for place in elements(document, kind):
            name = part_name(folder, (place.text or "").strip())
            if name not in package.namelist():
                continue
            resources = read_part(package, name, _MISSING)
            base = part_name(posixpath.dirname(name), str(resources.get("BaseLoc", "")))
            for media in elements(resources, "MultiMedia"):
                file = next(elements(media, "MediaFile"), None)
                if file is not None:
                    found[str(media.get("ID"))] = part_name(base, (file.text or "").strip())
    return found


def _recognised(package: zipfile.ZipFile, names: list[str], number: int, unread: list[str]) -> str:
    """The words of a page's pictures."""
    texts = []
    for name in names:
        try:
            texts.append(ocr.load(read_member(package, name), name).text)
        except UnreadableFileError as error:
            unread.append(own_words(f"第 {number} 页：{error}"))
    return "\n".join(texts)


def _box(element: etree._Element | None) -> tuple[float, float, float, float] | None:
    words = ((element.text if element is not None else "") or "").split()
    sides = [side for word in words if (side := number_in(word, math.nan)) == side]
    return (sides[0], sides[1], sides[2], sides[3]) if len(sides) == len(words) == 4 else None
