"""Pages of the original file, drawn for the reader with the quote marked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageDraw

from assistant.viewing.pages import Pages, Picture
from assistant.viewing.quote_places import Ranges, Sought
from assistant.viewing.scans import is_installed
from tests.assistant.viewing.printed import printed
from tests.vectorstore.ofd.packages import package, text
from vectorstore.errors import LibraryError

FIRST = "第一条 加强港口岸电设施建设。"
QUOTE = "到2030年，港口岸电使用率达到95%。"
PAGES = Pages()
needs_ocr = pytest.mark.skipif(not is_installed(), reason="the extra ocr (rapidocr) is not installed")


def plan(folder: Path, **options: object) -> Path:
    """Write a PDF of two pages with the quote in the lower half of the second."""
    file = folder / "plan.pdf"
    return printed(file, [[(80, 700, FIRST)], [(80, 700, FIRST), (80, 200, QUOTE)]], **options)  # type: ignore[arg-type]


def opened(picture: Picture) -> Image.Image:
    assert isinstance(picture.image, bytes)
    return Image.open(BytesIO(picture.image))


def yellow(picture: Picture) -> tuple[tuple[int, int, int, int] | None, tuple[int, int]]:
    """Return the box of what is marked in a picture, and the picture's size."""
    image = opened(picture).convert("RGB")
    blue = image.getchannel("B").point(lambda value: 255 if value < 128 else 0)
    red = image.getchannel("R").point(lambda value: 255 if value > 200 else 0)
    both = Image.composite(blue, Image.new("L", image.size), red)
    return both.getbbox(), image.size


def find(file: Path, page: int | None = 1, quote: str = QUOTE) -> dict[int, Ranges]:
    return PAGES.find(file, page, Sought(quote)).marks


@pytest.mark.parametrize("page", [None, 1, 2])
def test_the_quote_is_marked_where_it_stands(tmp_path: Path, page: int | None) -> None:
    file = plan(tmp_path)
    ((number, ranges),) = find(file, page).items()
    assert number == 2
    drawn = PAGES.draw(file, 2, ranges, 1.0)
    box, (width, height) = yellow(drawn)
    assert box is not None
    scale = width / 595
    assert box[0] == pytest.approx(80 * scale, abs=6)
    assert box[1] == pytest.approx((842 - 200 - 12) * scale, abs=10)
    assert box[3] == pytest.approx((842 - 200) * scale, abs=10)
    assert drawn.mark is not None
    assert drawn.mark[1] == pytest.approx(box[1] / height, abs=0.01)


def test_a_page_that_is_turned_is_marked_where_it_shows_the_quote(tmp_path: Path) -> None:
    file = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(plan(tmp_path)) as document:
        document[1].set_rotation(90)
        document.save(file)
    box, (width, height) = yellow(PAGES.draw(file, 2, find(file)[2], 1.0))
    assert box is not None
    assert width > height
    # Turned clockwise, what stood low stands at the left.
    assert box[2] < width / 2
    assert box[3] - box[1] > box[2] - box[0]


def test_a_page_without_the_quote_bears_no_mark(tmp_path: Path) -> None:
    drawn = PAGES.draw(plan(tmp_path), 1, (), 1.0)
    assert yellow(drawn)[0] is None
    assert drawn.mark is None


def test_a_larger_picture_has_more_pixels_up_to_a_limit(tmp_path: Path) -> None:
    file = plan(tmp_path)
    sizes = [yellow(PAGES.draw(file, 1, (), zoom))[1][1] for zoom in (1.0, 2.0, 50.0)]
    assert sizes[1] == pytest.approx(2 * sizes[0], abs=2)
    assert sizes[2] <= 4001


def test_a_page_as_large_as_a_wall_is_drawn_small(tmp_path: Path) -> None:
    assert max(yellow(PAGES.draw(plan(tmp_path, size=(14_400, 7_200)), 1, (), 3.0))[1]) <= 4001


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    found = PAGES.find(printed(tmp_path / "scan.pdf", [[], []]), 1, Sought(QUOTE))
    assert (found.pages, found.marks, found.legible) == (2, {}, False)
    assert PAGES.find(plan(tmp_path), 1, Sought("别处的话")).legible


def test_a_scanned_picture_has_its_frames_for_pages(tmp_path: Path) -> None:
    file = tmp_path / "scan.tiff"
    first, second = Image.new("RGB", (600, 800), "white"), Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(second).rectangle((0, 0, 600, 800), fill="black")
    first.save(file, save_all=True, append_images=[second])
    assert PAGES.find(file, 2, Sought(QUOTE)).pages == 2
    assert opened(PAGES.draw(file, 2, (), 1.0)).convert("L").getextrema() == (0, 0)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_one_line(tmp_path: Path, page: int) -> None:
    with pytest.raises(LibraryError, match=f"第{page}页"):
        PAGES.draw(plan(tmp_path), page, (), 1.0)


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    file = plan(tmp_path)
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(LibraryError, match="请下载原文件"):
        PAGES.find(file, 1, Sought(QUOTE))
    with pytest.raises(LibraryError, match="请下载原文件"):
        PAGES.draw(file, 1, (), 1.0)


def test_a_picture_that_swells_when_it_is_unpacked_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "bomb.png"
    Image.new("1", (20_000, 12_000)).save(file)
    with pytest.raises(LibraryError, match="请下载原文件"):
        PAGES.draw(file, 1, (), 1.0)


def ofd(folder: Path) -> Path:
    """Write an OFD file of two pages with the quote on the second, broken over two lines."""
    file = folder / "plan.ofd"
    file.write_bytes(package(text(FIRST, 20, 30), text(QUOTE[9:], 20, 110) + text(QUOTE[:9], 120, 100)))
    return file


def rectangles(picture: Picture) -> list[list[float]]:
    """Return what is marked in a drawing: left, top, width and height of each piece."""
    marked = etree.fromstring(str(picture.image)).iterfind("{*}g[@class='mark']/{*}rect")
    return [[float(mark.attrib[side]) for side in ("x", "y", "width", "height")] for mark in marked]


@pytest.mark.parametrize("page", [None, 1, 2])
def test_the_quote_is_marked_in_the_drawing_of_an_ofd_page(tmp_path: Path, page: int | None) -> None:
    file = ofd(tmp_path)
    ((number, ranges),) = find(file, page).items()
    drawn = PAGES.draw(file, number, ranges, 1.0)
    assert number == 2
    assert isinstance(drawn.image, str)
    assert rectangles(drawn) == [
        pytest.approx([120, 100, 45, 5]),
        pytest.approx([20, 110, 5 * len(QUOTE[9:]), 5]),
    ]
    assert drawn.mark == pytest.approx((20 / 210, 100 / 297))


def test_an_ofd_page_without_the_quote_bears_no_mark(tmp_path: Path) -> None:
    drawn = PAGES.draw(ofd(tmp_path), 1, (), 1.0)
    assert drawn.mark is None
    assert rectangles(drawn) == []


@pytest.mark.parametrize("page", [0, 3])
def test_an_ofd_page_that_is_not_there_is_one_line(tmp_path: Path, page: int) -> None:
    with pytest.raises(LibraryError, match=f"第{page}页"):
        PAGES.draw(ofd(tmp_path), page, (), 1.0)


def test_a_share_of_a_picture_is_marked(tmp_path: Path) -> None:
    file = tmp_path / "scan.png"
    Image.new("RGB", (600, 800), "white").save(file)
    drawn = PAGES.draw(file, 1, (), 1.0, [(0.25, 0.5, 0.75, 0.6)])
    box, (width, height) = yellow(drawn)
    assert box == pytest.approx((0.25 * width, 0.5 * height, 0.75 * width, 0.6 * height), abs=4)
    assert drawn.mark == pytest.approx((0.25, 0.5))


@needs_ocr
@pytest.mark.parametrize("ending", ["pdf", "png", "ofd"])
def test_the_lines_of_a_scan_are_read_with_their_places(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"scan.{ending}"
    with pypdfium2.PdfDocument(plan(tmp_path)) as document:
        page = document[1].render(scale=2).to_pil().convert("RGB")
    if ending == "ofd":
        page.save(tmp_path / "scan.png")
        image = '<ofd:ImageObject ID="8" Boundary="0 0 210 297" ResourceID="9"/>'
        media = '<ofd:MultiMedia ID="9"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
        held = {"Doc_0/Res/a.png": (tmp_path / "scan.png").read_bytes()}
        file.write_bytes(package(image, resources=media, files=held))
    else:
        page.save(file, resolution=144)
    words, (left, _, right, bottom) = PAGES.recognise(file, 1)[-1]
    assert "岸电使用率达到95%" in words
    assert (left, bottom) == pytest.approx((80 / 595, 642 / 842), abs=0.02)
    assert right > left
