"""A made-up paper as a Word file."""

from __future__ import annotations

import io
import random

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from benchmarks.office.content import Grid, Paper
from benchmarks.office.laying import placed

_TEMPLATE_STYLES = {1: "Heading 1", 2: "Heading 2"}


def word_file(paper: Paper, chance: random.Random) -> bytes:
    """Write a paper with Word, by styles or by hand, with words struck, hidden and deleted in it."""
    document = docx.Document()
    styled = chance.random() < 0.5
    document.add_paragraph(paper.title, style="Title" if styled else None)
    document.add_paragraph(paper.number)
    document.add_paragraph(paper.lead)
    for section in paper.sections:
        own = bool(section.heading) and not section.heading.endswith("条")
        if own:
            style = _TEMPLATE_STYLES[section.level] if styled else None
            document.add_paragraph(style=style).add_run(section.heading).bold = not styled
        for piece in section.pieces:
            if isinstance(piece, Grid):
                _grid(document, piece, chance)
            else:
                _paragraph(document, piece, chance)
    for line in paper.signed:
        document.add_paragraph(line)
    if chance.random() < 0.3:
        document.sections[0].header.paragraphs[0].text = f"{paper.issuer}文件"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _paragraph(document: Document, words: str, chance: random.Random) -> None:
    """A paragraph in several runs, as an editor leaves them."""
    paragraph = document.add_paragraph()
    cut = chance.randint(0, len(words))
    paragraph.add_run(words[:cut])
    defect = chance.random()
    if defect < 0.08:
        paragraph.add_run("（此句划去）").font.strike = True
    elif defect < 0.14:
        paragraph.add_run("（此句隐藏）").font.hidden = True
    elif defect < 0.2:
        _deleted(paragraph, "（此句已删）")
    paragraph.add_run(words[cut:])


def _deleted(paragraph: Paragraph, words: str) -> None:
    run, text, deletion = OxmlElement("w:r"), OxmlElement("w:delText"), OxmlElement("w:del")
    text.text = words
    run.append(text)
    deletion.append(run)
    deletion.set(qn("w:id"), "1")
    paragraph._p.append(deletion)


def _grid(document: Document, grid: Grid, chance: random.Random) -> None:
    if grid.caption:
        document.add_paragraph(grid.caption)
    table = document.add_table(grid.levels + len(grid.rows), len(grid.rows[0]))
    mark = chance.choice(("none", "bold", "declared"))
    for cell in placed(grid):
        shown = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            shown = shown.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        run = shown.paragraphs[0].add_run(cell.text)
        run.bold = cell.head and mark == "bold"
    if mark == "declared":
        _declare(table, grid.levels)


def _declare(table: Table, levels: int) -> None:
    for row in table.rows[:levels]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
