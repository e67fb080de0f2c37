"""A made-up paper as a PDF: one or two columns, sideways pages, tables with and without lines, watermarks."""

from __future__ import annotations

import io
import random
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from benchmarks.office.content import Grid, Paper
from benchmarks.office.laying import placed

_FONT = "STSong-Light"
_MARGIN = 72.0
_GUTTER = 24.0
_TYPE = 10
_GAP = 12


def printed_file(paper: Paper, chance: random.Random) -> bytes:
    """Print a paper in a layout of chance."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    columns = 2 if chance.random() < 0.3 else 1
    ruled = chance.random() < 0.6
    width = (A4[0] - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
    body = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle(
        "title", body, fontSize=18, leading=28, alignment=1, firstLineIndent=0, spaceAfter=16
    )
    plain = ParagraphStyle("plain", body, firstLineIndent=0)
    signed = ParagraphStyle("signed", plain, alignment=2)
    flow: list[Flowable] = [
        Paragraph(paper.title, title),
        Paragraph(paper.number, plain),
        Paragraph(paper.lead, body),
    ]
    for section in paper.sections:
        if section.heading and not section.heading.endswith("条"):
            flow.append(Paragraph(section.heading, plain if section.level == 1 else body))
        for piece in section.pieces:
            if isinstance(piece, Grid):
                flow += [Paragraph(piece.caption, plain)] if piece.caption else []
                flow += [Spacer(1, 6), _grid(piece, width, ruled=ruled), Spacer(1, 10)]
            else:
                flow.append(Paragraph(piece, body))
    flow += [Spacer(1, 20), *(Paragraph(line, signed) for line in paper.signed)]
    frames = [
        Frame(_MARGIN + n * (width + _GUTTER), _MARGIN, width, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
        for n in range(columns)
    ]
    furnish = partial(_furnish, running=chance.random() < 0.5, watermark=chance.random() < 0.3)
    written = io.BytesIO()
    document = BaseDocTemplate(
        written, pagesize=A4, pageTemplates=[PageTemplate("page", frames, onPage=furnish)]
    )
    document.build(flow)
    return written.getvalue()


def _grid(grid: Grid, width: float, *, ruled: bool) -> Table:
    height = grid.levels + len(grid.rows)
    # Without lines nobody sets cells so close that they touch.
    ruled = ruled or max(len(cell.text) for cell in placed(grid)) * _TYPE + _GAP > width / len(grid.rows[0])
    cells = [[""] * len(grid.rows[0]) for _ in range(height)]
    style: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), _FONT, _TYPE),
        *([("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []),
    ]
    for cell in placed(grid):
        cells[cell.row][cell.column] = cell.text
        if ruled and (cell.rows > 1 or cell.columns > 1):
            end = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
            style.append(("SPAN", (cell.column, cell.row), end))
    return Table(
        cells, [width / len(cells[0])] * len(cells[0]), style=TableStyle(style), repeatRows=grid.levels
    )


def _furnish(canvas: Canvas, document: object, *, running: bool, watermark: bool) -> None:
    del document
    canvas.saveState()
    canvas.setFont(_FONT, 9)
    if running:
        canvas.drawString(220, A4[1] - 40, "市人民政府公报 二〇二六年合订本")
    canvas.drawCentredString(A4[0] / 2, 36, f"— {canvas.getPageNumber()} —")
    if watermark:
        canvas.setFont(_FONT, 44)
        canvas.setFillGray(0.85)
        canvas.translate(160, 260)
        canvas.rotate(40)
        canvas.drawString(0, 0, "仅供内部参阅")
    canvas.restoreState()
