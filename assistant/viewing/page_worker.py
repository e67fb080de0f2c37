"""Reads and draws the pages of one file, in a process of its own: `python page_worker.py`.

A damaged or hostile file that crashes, hangs or swells ends this process alone. It is run by its path, for
its name would load all of the assistant first; hence it imports nothing of it, and what reads OFD only for a
file of that kind. One line of JSON says what is wanted; `pages.py` writes it.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from vectorstore.ofd.package import Box
    from vectorstore.ofd.runs import Matrix, Sign

_MEMORY = 1_500_000_000
_DOTS_PER_POINT = 110 / 72
# A page may claim to be as large as a wall.
_LONGEST_SIDE = 4000
_MAX_PIXELS = 100_000_000
_MARK = (255, 226, 92)
_MARGIN = 2.0
# As it was read at ingestion, so that the same is read again.
_RECOGNISED_SCALE = 2.0
_WHOLE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def main() -> None:
    """Answer the request on standard input: words of pages as JSON, or one page as a picture or drawing."""
    _limit()
    wanted = json.load(sys.stdin)
    file = Path(wanted["file"])
    match wanted["task"]:
        case "find":
            sys.stdout.write(json.dumps(_texts(file, wanted["first"], wanted["most"])))
        case "recognise":
            sys.stdout.write(json.dumps(_recognised(file, wanted["page"])))
        case _ if _kind(file) == "ofd":
            _draw_ofd(file, wanted)
        case _:
            _draw(file, wanted)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _kind(file: Path) -> str:
    with file.open("rb") as opened:
        head = opened.read(1024)
    return "pdf" if b"%PDF-" in head else "ofd" if head.startswith(b"PK") else "image"


def _texts(file: Path, first: int, most: int) -> dict[str, object]:
    """How many pages there are, and the signs of some, one for each index that they are marked by."""
    numbers = range(first, first + most)
    match _kind(file):
        case "pdf":
            document = pypdfium2.PdfDocument(file)
            pages = len(document)
            texts = [_text(document, number - 1) for number in numbers if number <= pages]
        case "ofd":
            from vectorstore.ofd.package import OfdFile
            from vectorstore.ofd.runs import signs_of

            package = OfdFile(file.read_bytes())
            pages = len(package)
            texts = [_letters(signs_of(package.page(number))) for number in numbers if number <= pages]
        case _:
            pages, texts = _frames(file), []
    return {"pages": pages, "texts": texts}


def _letters(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs)


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        shown = document[index].get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    signs = (pdfium.FPDFText_GetUnicode(shown, at) for at in range(shown.count_chars()))
    return "".join(chr(sign) if 0 < sign < 0xD800 or 0xDFFF < sign <= 0x10FFFF else "\0" for sign in signs)


def _draw(file: Path, wanted: dict[str, Any]) -> None:
    """Write where the marks begin, in shares of the page, and the page with them as a PNG."""
    if _kind(file) == "pdf":
        page = pypdfium2.PdfDocument(file)[wanted["page"] - 1]
        bitmap = page.render(scale=_scale(page.get_size(), wanted["zoom"]))
        image = bitmap.to_pil().convert("RGB")
        boxes = [_on_picture(bitmap.get_posconv(page), box) for box in _boxes(page, wanted["marks"])]
    else:
        image, boxes = _frame(file, wanted["page"], 842 * _DOTS_PER_POINT * wanted["zoom"]), []
    marked = [*_lines(boxes), *_spread(wanted["areas"], image.size)]
    _tell_begin(marked, image.size)
    _with_marks(image, marked).save(sys.stdout.buffer, format="PNG", compress_level=3)


def _draw_ofd(file: Path, wanted: dict[str, Any]) -> None:
    """Write where the marks begin, in shares of the page, and the page with them as an SVG."""
    from vectorstore.ofd.drawing import drawing
    from vectorstore.ofd.package import OfdFile
    from vectorstore.ofd.runs import signs_of

    package = OfdFile(file.read_bytes())
    page = package.page(wanted["page"])
    signs = signs_of(page) if wanted["marks"] else ()
    boxes = [sign.box for start, end in wanted["marks"] for sign in signs[start:end]]
    size = page.box[2], page.box[3]
    marked = [*_lines(boxes), *_spread(wanted["areas"], size)]
    drawn = drawing(package, wanted["page"], marked, "#{:02x}{:02x}{:02x}".format(*_MARK))
    _tell_begin(marked, size)
    sys.stdout.buffer.write(drawn.encode())


def _spread(areas: Sequence[Box], size: tuple[float, float]) -> list[Box]:
    """Areas that are told in shares of a page, in its own measure."""
    width, height = size
    return [
        (left * width, top * height, right * width, bottom * height) for left, top, right, bottom in areas
    ]


def _tell_begin(marked: Sequence[Box], size: tuple[float, float]) -> None:
    begin = [min(box[side] for box in marked) / size[side] for side in (0, 1)] if marked else None
    sys.stdout.buffer.write(json.dumps(begin).encode() + b"\n")


def _with_marks(image: Image.Image, marked: Sequence[Box]) -> Image.Image:
    if not marked:
        return image
    sheet = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(sheet)
    for left, top, right, bottom in marked:
        pen.rectangle((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN), fill=_MARK)
    # Dark stays dark beneath the mark, as under a felt pen.
    return ImageChops.multiply(image, sheet)


def _scale(size: tuple[float, float], zoom: float) -> float:
    return min(_DOTS_PER_POINT * zoom, _LONGEST_SIDE / max(size))


def _boxes(page: pypdfium2.PdfPage, marks: Sequence[tuple[int, int]]) -> Iterator[Box]:
    """The boxes of the signs in some ranges, in points from the page's lower left corner."""
    if not marks:
        return
    shown, rect = page.get_textpage(), pdfium.FS_RECTF()
    for start, end in marks:
        for index in range(start, end):
            if pdfium.FPDFText_GetLooseCharBox(shown, index, ctypes.byref(rect)):
                yield rect.left, rect.bottom, rect.right, rect.top


def _on_picture(converter: Any, box: Box) -> Box:
    left, bottom, right, top = box
    (x, y), (u, v) = converter.to_bitmap(left, top), converter.to_bitmap(right, bottom)
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Join the boxes of neighbouring signs that stand on one line."""
    if not boxes:
        return
    joined = boxes[0]
    for box in boxes[1:]:
        height = min(box[3] - box[1], joined[3] - joined[1])
        level = min(box[3], joined[3]) - max(box[1], joined[1]) > height / 2
        if level and -height <= box[0] - joined[2] <= 2 * height:
            joined = (
                min(joined[0], box[0]), min(joined[1], box[1]), max(joined[2], box[2]), max(joined[3], box[3])
            )  # fmt: skip
        else:
            yield joined
            joined = box
    yield joined


def _frames(file: Path) -> int:
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(file) as image:
        return int(getattr(image, "n_frames", 1))


def _frame(file: Path, page: int, side: float) -> Image.Image:
    """A page of a scanned picture, its longer side no longer than said."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(file) as image:
        image.seek(page - 1)
        longest = min(side, _LONGEST_SIDE)
        image.thumbnail((longest, longest))
        return image.convert("RGB")


def _recognised(file: Path, number: int) -> list[tuple[str, Box]]:
    """The lines that are recognised on a page, each with its box in shares of the page."""
    from rapidocr import RapidOCR

    from vectorstore.ofd.runs import box_on_page

    engine: Any = RapidOCR(params={"Global.log_level": "error"})
    lines: list[tuple[str, Box]] = []
    for image, matrix in _scanned(file, number):
        result = engine(image)
        if result.boxes is None or result.txts is None:
            continue
        for corners, words in zip(result.boxes, result.txts, strict=True):
            across = [float(x) / image.width for x, _ in corners]
            down = [float(y) / image.height for _, y in corners]
            lines.append((words, box_on_page(matrix, (min(across), min(down), max(across), max(down)))))
    return lines


def _scanned(file: Path, number: int) -> Iterator[tuple[Image.Image, Matrix]]:
    """The pictures of a page, each with what leads from its unit square to that of the page."""
    match _kind(file):
        case "pdf":
            page = pypdfium2.PdfDocument(file)[number - 1]
            scale = min(_RECOGNISED_SCALE, _LONGEST_SIDE / max(page.get_size()))
            yield page.render(scale=scale).to_pil().convert("RGB"), _WHOLE
        case "ofd":
            from vectorstore.ofd.drawing import pictures
            from vectorstore.ofd.package import OfdFile

            package = OfdFile(file.read_bytes())
            _, _, width, height = package.page(number).box
            for image, (a, b, c, d, e, f) in pictures(package, number):
                share = (a / width, b / height, c / width, d / height, e / width, f / height)
                yield image.convert("RGB"), share
        case _:
            yield _frame(file, number, _LONGEST_SIDE), _WHOLE


if __name__ == "__main__":
    main()
