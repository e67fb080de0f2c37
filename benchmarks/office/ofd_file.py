"""A made-up paper as an OFD file (GB/T 33190): lines set at their places, page after page."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from html import escape

from benchmarks.office.content import Grid, Paper
from benchmarks.office.laying import plain_rows

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SIZE = 4.5
_WIDTH = 34
_LEFT = 28.0
_TOP, _STEP, _BOTTOM = 30.0, 8.0, 265.0

_Set = tuple[str, float, float]
_Line = list[_Set]


def ofd_file(paper: Paper, chance: random.Random) -> bytes:
    """Set a paper; the objects of a page stand in the file in any order."""
    groups: list[list[_Line]] = [[[(paper.title, 50.0, 6.0)]], [[(paper.number, 80.0, _SIZE)]]]
    groups += _paragraph(paper.lead)
    for section in paper.sections:
        if section.heading and not section.heading.endswith("条"):
            groups.append([[(section.heading, _LEFT + 2 * _SIZE, _SIZE)]])
        for piece in section.pieces:
            groups += _grid(piece) if isinstance(piece, Grid) else _paragraph(piece)
    groups += [[[(line, 120.0, _SIZE)]] for line in paper.signed]
    return _package(_pages(groups), chance)


def _pages(groups: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Fill pages; lines of a group stay together."""
    most = int((_BOTTOM - _TOP) / _STEP)
    pages: list[list[_Line]] = [[]]
    for group in groups:
        if len(pages[-1]) + len(group) > most:
            pages.append([])
        pages[-1] += group
    return pages


def _paragraph(words: str) -> list[list[_Line]]:
    first = _WIDTH - 2
    rest = [words[at : at + _WIDTH] for at in range(first, len(words), _WIDTH)]
    return [[[(words[:first], _LEFT + 2 * _SIZE, _SIZE)]], *([[(line, _LEFT, _SIZE)]] for line in rest)]


def _grid(grid: Grid) -> list[list[_Line]]:
    """The lines of a table; its caption, its heads and the first row below them keep together."""
    rows = plain_rows(grid, blank=False)
    step = _WIDTH * _SIZE / len(rows[0])
    cells = [[(cell, _LEFT + n * step, _SIZE) for n, cell in enumerate(row) if cell] for row in rows]
    caption: list[_Line] = [[(grid.caption, _LEFT, _SIZE)]] if grid.caption else []
    first = grid.levels + 1
    return [[*caption, *cells[:first]], *([row] for row in cells[first:])]


def _package(pages: Sequence[Sequence[_Line]], chance: random.Random) -> bytes:
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts = {
        "OFD.xml": f"<ofd:OFD {_NAMES}>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_NAMES}><ofd:CommonData>{box}</ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        objects = [_object(*piece, _TOP + n * _STEP) for n, line in enumerate(page) for piece in line]
        chance.shuffle(objects)
        layer = f"<ofd:Content><ofd:Layer ID='9'>{''.join(objects)}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {_NAMES}>{layer}</ofd:Page>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return written.getvalue()


def _object(words: str, x: float, size: float, y: float) -> str:
    deltas = " ".join(f"{size / 2 if sign.isascii() else size}" for sign in words[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 180 {size}" Font="2" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.85}" DeltaX="{deltas}">{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )
