"""A page of an OFD file as an SVG drawing, which refers to nothing and runs nothing.

Drawn are words, lines, areas and pictures, with what templates give. Words are set in the reader's own fonts
at the places that the file states. Left out are seals, annotations, shadings, clippings and composed objects.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from lxml import etree
from PIL import Image

from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.ofd.numbers import number_in
from vectorstore.ofd.package import Box, OfdFile, OfdPage, Resources
from vectorstore.ofd.runs import Matrix, Run, matrix_of, runs_of
from vectorstore.ofd.styles import Styles, joined, opacity_of

_MOST_OBJECTS = 50_000
_MOST_SIGNS = 30_000_000
_LEAST_SIDE, _MOST_SIDE = 10.0, 3000.0
_LONGEST_SIDE = 2000
_PLAIN = frozenset({"PNG", "JPEG", "BMP", "TIFF", "GIF"})
# Pixels of a screen to a millimetre.
_SHARP = 96 / 25.4
_FULL = own_words("OFD 页面的内容过多，无法显示")
# Letters of a path (9.1) → those of SVG, and how many numbers follow.
_STEPS = {
    "S": ("M", 2),
    "M": ("M", 2),
    "L": ("L", 2),
    "Q": ("Q", 4),
    "B": ("C", 6),
    "A": ("A", 7),
    "C": ("Z", 0),
}
_KINDS = ("{*}TextObject", "{*}PathObject", "{*}ImageObject")


def drawing(file: OfdFile, number: int, marks: Sequence[Box], colour: str) -> str:
    """Draw a page.

    Args:
        file: the file.
        number: number of the page, from 1.
        marks: what to mark: left, top, right and bottom, in millimetres from the page's upper left corner.
        colour: of the marks.

    Raises:
        UnreadableFileError: a part is missing or broken, or there is too much on the page.
    """
    page = file.page(number)
    width, height = (min(max(side, _LEAST_SIDE), _MOST_SIDE) for side in page.box[2:])
    pen = _Pen(file, page, file.resources(page))
    templates = list(file.templates(page))
    behind = [content for content, is_before in templates if not is_before]
    before = [content for content, is_before in templates if is_before]
    written: list[str] = []
    length = 0
    for content in (*behind, page.content, *before):
        for piece in pen.drawn(content):
            length += len(piece)
            if length > _MOST_SIGNS or len(written) > _MOST_OBJECTS:
                raise UnreadableFileError(_FULL)
            written.append(piece)
    # Dark stays dark beneath the mark, as under a felt pen.
    marked = "".join(
        f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}"/>'
        for left, top, right, bottom in marks
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * _SHARP:g}" height="{height * _SHARP:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><rect width="100%" height="100%" fill="#fff"/>{"".join(written)}'
        f'<g class="mark" fill="{colour}" style="mix-blend-mode:multiply">{marked}</g></svg>'
    )


def pictures(file: OfdFile, number: int) -> Iterator[tuple[Image.Image, Matrix]]:
    """Yield the pictures of a page that can be opened, each with what leads from its unit square to the page.

    Args:
        file: the file.
        number: number of the page, from 1.

    Raises:
        UnreadableFileError: a part is missing or broken.
    """
    page = file.page(number)
    media = file.resources(page).media
    for element in page.content.iter("{*}ImageObject"):
        place, image = _square(element, page.box), _opened(file, media.get(str(element.get("ResourceID"))))
        if place is not None and image is not None:
            yield image, place


class _Pen:
    """Draws the objects of a page."""

    def __init__(self, file: OfdFile, page: OfdPage, resources: Resources) -> None:
        self._file, self._box, self._media = file, page.box, resources.media
        self._styles = Styles(resources)

    def drawn(self, content: etree._Element) -> Iterator[str]:
        for element in content.iter(*_KINDS):
            match etree.QName(element).localname:
                case "TextObject":
                    yield from self._text(element)
                case "PathObject":
                    yield from self._path(element)
                case _:
                    yield from self._image(element)

    def _text(self, element: etree._Element) -> Iterator[str]:
        style = f"{self._styles.lettered(element)} {self._styles.filled(element, usual=True)}"
        style += f" {self._styles.stroked(element, usual=False)}{_opacity(element)}"
        wide = number_in(element.get("HScale"), 1.0) or 1.0
        for run in runs_of(element, self._box):
            yield _words(run, wide, style)

    def _path(self, element: etree._Element) -> Iterator[str]:
        matrix = matrix_of(element, self._box)
        if matrix is None:
            return
        style = f"{self._styles.filled(element, usual=False)} {self._styles.stroked(element, usual=True)}"
        rule = ' fill-rule="evenodd"' if element.get("Rule") == "Even-Odd" else ""
        for data in element.iterchildren("{*}AbbreviatedData"):
            steps = " ".join(_steps((data.text or "").split()))
            yield f'<path {_transform(matrix)} d="{steps}" {style}{rule}{_opacity(element)}/>'

    def _image(self, element: etree._Element) -> Iterator[str]:
        matrix = _square(element, self._box)
        if matrix is None:
            return
        image = _opened(self._file, self._media.get(str(element.get("ResourceID"))))
        if image is None:
            # Its place shows that something is missing here.
            yield f'<path {_transform(matrix)} d="M0 0H1V1H0Z" fill="#888" fill-opacity=".15"/>'
            return
        yield (
            f'<image {_transform(matrix)} width="1" height="1" preserveAspectRatio="none" '
            f'href="{_address(image)}"{_opacity(element)}/>'
        )


def _words(run: Run, wide: float, style: str) -> str:
    a, b, c, d, e, f = run.matrix
    # SVG counts a character beyond the first plane as two.
    places = [
        place
        for sign, place in zip(run.words, run.places(), strict=True)
        for _ in range(1 + (ord(sign) > 0xFFFF))
    ]
    across = joined([x / wide for x, _ in places])
    down = joined([y for _, y in places] if any(run.down) else [run.y])
    return (
        f'<text {_transform((a * wide, b * wide, c, d, e, f))} xml:space="preserve" font-size="{run.size:g}" '
        f'x="{across}" y="{down}" {style}>{escape(run.words)}</text>'
    )


def _steps(words: Sequence[str]) -> Iterator[str]:
    """The steps of a path; what is none ends it."""
    at = 0
    while at < len(words) and words[at] in _STEPS:
        letter, count = _STEPS[words[at]]
        stated = words[at + 1 : at + 1 + count]
        if len(stated) < count:
            return
        yield letter + joined([number_in(word, 0.0) for word in stated])
        at += 1 + count


def _square(element: etree._Element, box: Box) -> Matrix | None:
    """What leads from the unit square to a picture's place, which is its boundary where it says no more."""
    matrix = matrix_of(element, box)
    if matrix is None or element.get("CTM"):
        return matrix
    _, _, width, height = (number_in(word, 0.0) for word in str(element.get("Boundary")).split())
    return width, 0.0, 0.0, height, matrix[4], matrix[5]


def _opened(file: OfdFile, part: str | None) -> Image.Image | None:
    if part is None:
        return None
    try:
        image = Image.open(io.BytesIO(file.read(part)), formats=tuple(_PLAIN))
        image.load()
    except (UnreadableFileError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return image


def _address(image: Image.Image) -> str:
    """A picture as part of the drawing, written anew: no byte of the file itself reaches a browser."""
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    is_photograph = image.mode in ("RGB", "CMYK", "YCbCr")
    kind, mode = ("JPEG", "RGB") if is_photograph else ("PNG", "L" if image.mode in ("1", "L") else "RGBA")
    written = io.BytesIO()
    image.convert(mode).save(written, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(written.getvalue()).decode()}"


def _transform(matrix: Matrix) -> str:
    return f'transform="matrix({joined(list(matrix))})"'


def _opacity(element: etree._Element) -> str:
    opacity = opacity_of(element)
    return "" if opacity == 1 else f' opacity="{opacity:g}"'
