"""Reads and draws the pages of one file, in a process of its own: `python page_worker.py`.

A damaged or hostile file that crashes, hangs or swells ends this process alone. It is run by its path, for
its name would load all of the assistant first; hence it imports nothing of the project. One line of JSON says
what is wanted; `pages.py` writes it.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

_MEMORY = 1_500_000_000
_DOTS_PER_POINT = 110 / 72
# A page may claim to be as large as a wall.
_LONGEST_SIDE = 4000
_MAX_PIXELS = 100_000_000
_MARK = (255, 226, 92)
_MARGIN = 2.0

Box = tuple[float, float, float, float]


def main() -> None:
    """Answer the request on standard input: the texts of pages as JSON, or one page as a picture."""
    _limit()
    wanted = json.load(sys.stdin)
    file = Path(wanted["file"])
    is_pdf = b"%PDF-" in _head(file)
    if wanted["page"] is None:
        told = _texts(file, wanted["first"], wanted["most"]) if is_pdf else _frames(file)
        sys.stdout.write(json.dumps(told))
        return
    drawn, mark = _drawn(file, wanted) if is_pdf else (_frame(file, wanted["page"], wanted["zoom"]), None)
    sys.stdout.buffer.write(json.dumps(mark).encode() + b"\n")
    drawn.save(sys.stdout.buffer, format="PNG", compress_level=3)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(1024)


def _texts(file: Path, first: int, most: int) -> dict[str, object]:
    """How many pages there are, and the signs of some, one for each index that PDFium knows them by."""
    document = pypdfium2.PdfDocument(file)
    texts = [_text(document, index) for index in range(first - 1, min(first - 1 + most, len(document)))]
    return {"pages": len(document), "texts": texts}


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        shown = document[index].get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    signs = (pdfium.FPDFText_GetUnicode(shown, at) for at in range(shown.count_chars()))
    return "".join(chr(sign) if 0 < sign < 0xD800 or 0xDFFF < sign <= 0x10FFFF else "\0" for sign in signs)


def _drawn(file: Path, wanted: dict[str, Any]) -> tuple[Image.Image, tuple[float, float] | None]:
    """A page with its marks, and where they begin: shares of its width and height."""
    page = pypdfium2.PdfDocument(file)[wanted["page"] - 1]
    bitmap = page.render(scale=_scale(page.get_size(), wanted["zoom"]))
    image = bitmap.to_pil().convert("RGB")
    boxes = [_on_picture(bitmap.get_posconv(page), box) for box in _boxes(page, wanted["marks"])]
    if not boxes:
        return image, None
    lines = list(_lines(boxes))
    sheet = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(sheet)
    for left, top, right, bottom in lines:
        pen.rectangle((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN), fill=_MARK)
    # Dark stays dark beneath the mark, as under a felt pen.
    begin = min(line[0] for line in lines) / image.width, min(line[1] for line in lines) / image.height
    return ImageChops.multiply(image, sheet), begin


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


def _frames(file: Path) -> dict[str, object]:
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(file) as image:
        return {"pages": getattr(image, "n_frames", 1), "texts": []}


def _frame(file: Path, page: int, zoom: float) -> Image.Image:
    """A page of a scanned picture, as large as a sheet of A4 would be drawn."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(file) as image:
        image.seek(page - 1)
        side = min(842 * _DOTS_PER_POINT * zoom, _LONGEST_SIDE)
        image.thumbnail((side, side))
        return image.convert("RGB")


if __name__ == "__main__":
    main()
