"""Made-up PDFs to look at: lines where they are put, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"

Line = tuple[float, float, str]


def printed(file: Path, pages: Sequence[Sequence[Line]], size: tuple[float, float] = (595, 842)) -> Path:
    """Write a PDF.

    Args:
        file: where.
        pages: the lines of each page: where they begin, from the lower left corner in points, and words.
        size: of a page, in points.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=size)
    for lines in pages:
        canvas.setFont(FONT, 12)
        for x, y, words in lines:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return file
