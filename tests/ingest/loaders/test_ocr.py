"""Pictures: recognised where the extra is installed, else told what to install."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from ingest.loaders import load, ocr
from tests.ingest.loaders.test_pdf import made_up_pdf
from vectorstore.errors import UnreadableFileError

needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr (rapidocr) is not installed")


def _picture(form: str = "PNG") -> bytes:
    page = pypdfium2.PdfDocument(made_up_pdf())[1]
    written = io.BytesIO()
    page.render(scale=2).to_pil().save(written, form)
    return written.getvalue()


@needs_ocr
def test_a_picture_is_read() -> None:
    loaded = load(_picture(), "扫描.png")
    assert loaded.format == "image"
    assert "第三章 保障措施" in loaded.text.replace("第三章保障措施", "第三章 保障措施")
    assert "评估结果向社会公开" in loaded.text


@needs_ocr
def test_a_scanned_pdf_is_read_page_by_page() -> None:
    written = io.BytesIO()
    page = Image.open(io.BytesIO(_picture()))
    page.convert("RGB").save(written, "PDF", resolution=144)
    loaded = load(written.getvalue(), "扫描.pdf")
    assert "评估结果向社会公开" in loaded.text


def test_what_to_install_is_said_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFileError, match=r"policy-assistant\[ocr\]"):
        load(_picture("JPEG"), "a.jpg")


@needs_ocr
def test_a_broken_picture_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="图片已损坏"):
        load(_picture()[:100], "a.png")
