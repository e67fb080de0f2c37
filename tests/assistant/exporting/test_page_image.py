"""A page of the original file, drawn for the reader."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assistant.exporting.page_image import page_image
from vectorstore.errors import LibraryError


def pdf(folder: Path, width: float = 595, height: float = 842) -> Path:
    """Write a PDF of two pages, the second of which bears a black square."""
    file = folder / "规划.pdf"
    canvas = Canvas(str(file), pagesize=(width, height))
    canvas.showPage()
    canvas.rect(0, 0, width / 2, height / 2, fill=1)
    canvas.showPage()
    canvas.save()
    return file


def test_the_page_that_is_asked_for_is_drawn(tmp_path: Path) -> None:
    first, second = (Image.open(BytesIO(page_image(pdf(tmp_path), page))).convert("L") for page in (1, 2))
    assert first.width > 595
    assert first.getextrema() == (255, 255)
    assert second.getextrema() == (0, 255)


def test_a_page_as_large_as_a_wall_is_drawn_small(tmp_path: Path) -> None:
    drawn = Image.open(BytesIO(page_image(pdf(tmp_path, 14_400, 7_200), 1)))
    assert max(drawn.size) <= 4001


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_one_line(tmp_path: Path, page: int) -> None:
    with pytest.raises(LibraryError, match=f"第{page}页"):
        page_image(pdf(tmp_path), page)


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    file = pdf(tmp_path)
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(LibraryError, match="请下载原文件"):
        page_image(file, 1)
