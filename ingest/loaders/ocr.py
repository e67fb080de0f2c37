"""Scanned pages and pictures, by RapidOCR, which carries its models and works offline (extra `ocr`)."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import Any

from PIL import Image, UnidentifiedImageError

from ingest.loaders import LoadedText
from ingest.loaders.pdf_columns import Columns
from ingest.loaders.pdf_grids import BareTables
from ingest.loaders.pdf_paragraphs import written_regions
from ingest.loaders.printed_lines import Line
from ingest.marks import PAGE
from ingest.pagewise import page_done
from vectorstore.errors import UnreadableFileError

SCALE = 2.0
"""Enlargement of a page for recognition: 144 dots an inch."""

_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_MISSING = "是扫描件，没有可提取的文字；安装文字识别组件后可收录：pip install 'policy-assistant[ocr]'"
_MAX_PIXELS = 100_000_000
_SURE = 0.5
_ALIKE = 0.3


def recognises(data: bytes, name: str) -> bool:
    """Tell the pictures that scanners write."""
    del name
    return data.startswith(_SIGNS)


def load(data: bytes, name: str) -> LoadedText:
    """Recognise the text of a picture; each frame of a TIFF is a page.

    Raises:
        UnreadableFileError: it is broken, holds no text, or the extra is not installed.
    """
    del name
    if not is_installed():
        raise UnreadableFileError(_MISSING)
    try:
        image = Image.open(io.BytesIO(data))
        pages = []
        frames = getattr(image, "n_frames", 1)
        for frame in range(frames):
            image.seek(frame)
            pages.append(read_image(image))
            page_done(frame + 1, frames)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFileError("图片已损坏，无法打开") from error
    if not any(pages):
        raise UnreadableFileError("图片中没有识别出文字")
    return LoadedText(format="image", text=PAGE.join(pages))


def is_installed() -> bool:
    """Whether the extra is there."""
    return importlib.util.find_spec("rapidocr") is not None


def read_image(image: Image.Image) -> str:
    """Recognise the lines of a picture, from the top down.

    Args:
        image: a page.

    Returns:
        Its lines.

    Raises:
        UnreadableFileError: the extra is not installed, or the picture is too large.
    """
    if not is_installed():
        raise UnreadableFileError(_MISSING)
    if image.width * image.height > _MAX_PIXELS:
        raise UnreadableFileError(f"图片超过 {_MAX_PIXELS} 像素，请缩小后再收录")
    result = _engine()(image.convert("RGB"))
    if result.boxes is None or result.txts is None:
        return ""
    found = [
        (box, words)
        for box, words, sure in zip(result.boxes, result.txts, result.scores, strict=True)
        if sure >= _SURE and words.strip()
    ]
    if not found:
        return ""
    return "\n".join(
        written_regions(Columns().regions(_lines(found, image.height)), image.width, BareTables())
    )


def _lines(found: Sequence[tuple[Any, str]], height: float) -> list[Line]:
    """Lines in any order; the frames round words of one size differ a little in height."""
    places = [
        (min(p[0] for p in box), max(p[0] for p in box), min(p[1] for p in box), max(p[1] for p in box))
        for box, _ in found
    ]
    usual = median(bottom - top for *_, top, bottom in places)
    return [
        Line(words, left, right, height - bottom, height - top, _near(bottom - top, usual))
        for (left, right, top, bottom), (_, words) in zip(places, found, strict=True)
    ]


def _near(size: float, usual: float) -> float:
    return usual if abs(size - usual) < _ALIKE * usual else size


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})
