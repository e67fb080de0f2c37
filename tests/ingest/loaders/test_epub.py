"""Books, written as EPUB 3.3 describes them."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.blocks import Heading, Paragraph
from ingest.loaders import load, members
from tests.ingest.loaders.made_up import assert_whole
from tests.ingest.loaders.test_html import page
from vectorstore.errors import UnreadableFileError

_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="书/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
_ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData>'
    '<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
)


def epub(*chapters: str, title: str = "", mimetype: bool = True, encrypted: str = "") -> bytes:
    """A book of these chapters, stored in the opposite order and with a table of contents."""
    items = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    spine = '<itemref idref="nav"/>'
    parts = {"书/nav.xhtml": "<html><body><h1>目录</h1><p>第一章在此。</p></body></html>"}
    for number in range(len(chapters) - 1, -1, -1):
        items += f'<item id="c{number}" href="text/c%20{number}.xhtml" media-type="application/xhtml+xml"/>'
        parts[f"书/text/c {number}.xhtml"] = chapters[number]
    spine += "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    parts["书/package.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    parts["META-INF/container.xml"] = _CONTAINER
    if encrypted:
        parts["META-INF/encryption.xml"] = _ENCRYPTION.format(encrypted)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        if mimetype:
            book.writestr("mimetype", "application/epub+zip")
        for name, part in parts.items():
            book.writestr(name, part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def made_up_epub() -> bytes:
    """The made-up document in one chapter."""
    return epub(page())


def _chapter(inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>章</title></head><body>{inner}</body></html>"
    )


def test_the_document_is_whole() -> None:
    assert assert_whole(made_up_epub(), "规划.epub").document.format == "epub"


@pytest.mark.parametrize("mimetype", [True, False])
def test_chapters_come_in_the_order_of_the_spine(mimetype: bool) -> None:
    data = epub(
        _chapter("<h1>第一章 总则</h1><p>为了粮食安全，制定本办法。</p>"),
        _chapter('<img src="图.png"/>'),
        _chapter("<h1>第二章 储备</h1><p>市级储备规模为三万吨。</p>"),
        title="云岭市粮食储备办法",
        mimetype=mimetype,
    )
    assert members(data, "a.epub") is None
    read = load(data, "a.epub")
    assert read.blocks == (
        Heading("第一章 总则", 1),
        Paragraph("为了粮食安全，制定本办法。"),
        Heading("第二章 储备", 1),
        Paragraph("市级储备规模为三万吨。"),
    )
    assert read.given.headline == "云岭市粮食储备办法"
    assert any("c 1.xhtml" in line for line in read.unread)


def test_an_encrypted_book_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="已加密"):
        load(epub(_chapter("<p>密文。</p>"), encrypted="书/text/c%200.xhtml"), "a.epub")


def test_a_font_that_is_encrypted_does_no_harm() -> None:
    assert load(epub(_chapter("<p>正文。</p>"), encrypted="书/字体.otf"), "a.epub").blocks


def test_a_book_without_chapters_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="缺少"):
        load(epub(), "a.epub")
