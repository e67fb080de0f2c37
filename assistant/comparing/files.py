"""A comparison as a Word file, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from assistant.comparing.alignment import Match
from assistant.comparing.comparison import Comparison
from assistant.comparing.told import (
    ALIKE,
    COLUMNS,
    COUNTS,
    HEADING,
    IN_DETAIL,
    LEGEND,
    MATTERS,
    NOTHING,
    Say,
    cells_of,
    clean,
    fate_of,
    names_of,
    title_of,
    words_of,
)
from assistant.comparing.words import Step, Words
from assistant.export import Line, Sheet
from assistant.exporting.export_markdown import opened_line, plain_markdown, table_markdown
from assistant.exporting.word_layout import add_table, set_page
from assistant.exporting.word_styles import HEADING_1, REMARK, SUBTITLE, TITLE, add_styles
from vectorstore.languages.language import own_words

_GONE, _COME = RGBColor(0xB0, 0x1C, 0x1C), RGBColor(0x1D, 0x4E, 0x89)
_TAGS = {Step.DELETED: "del", Step.INSERTED: "ins"}
_PROPERTY_CHARS = 255
_AUTHOR = own_words("政策助手")


def counts_of(comparison: Comparison, say: Say) -> str:
    """Return in one line how much changed."""
    counts = {"count": len(comparison.matters), "changed": len(comparison.changed), "kept": comparison.kept}
    return say(COUNTS).format(**counts)


def word_of(comparison: Comparison, say: Say) -> bytes:
    """Return a comparison as a .docx file: what matters first, then the changed provisions, words marked.

    Args:
        comparison: what is exported.
        say: puts the assistant's own words in the reader's language.
    """
    document = docx.Document()
    add_styles(document)
    set_page(document)
    sides = [clean(title_of(one)) for one in (comparison.before, comparison.after)]
    document.core_properties.title = f"{say(HEADING)}：{' → '.join(sides)}"[:_PROPERTY_CHARS]
    document.core_properties.author = document.core_properties.last_modified_by = say(_AUTHOR)
    document.core_properties.comments = ""
    document.add_paragraph(say(HEADING), TITLE)
    document.add_paragraph(" → ".join(sides), SUBTITLE)
    document.add_paragraph(counts_of(comparison, say), REMARK)
    document.add_paragraph(say(MATTERS), HEADING_1)
    rows = tuple(tuple((cell,) for cell in cells_of(one, comparison, say)) for one in comparison.matters)
    if rows:
        add_table(document, Sheet(tuple((say(name),) for name in COLUMNS), rows), _fill)
    else:
        document.add_paragraph(_nothing(comparison, say))
    if comparison.changed:
        document.add_paragraph(say(IN_DETAIL), HEADING_1)
        document.add_paragraph(say(LEGEND), REMARK)
    for _, match in comparison.changed:
        document.add_paragraph(clean(f"{names_of(match)}（{fate_of(match, say)}）"), HEADING_1)
        paragraph = document.add_paragraph()
        for words in words_of(match):
            _add(paragraph, words)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def markdown_of(comparison: Comparison, say: Say) -> str:
    """Return a comparison as Markdown; takes what `word_of` takes. Changed words stand in <del> and <ins>."""
    return "\n\n".join(_parts(comparison, say)) + "\n"


def record_of(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON."""
    return {
        **{
            side: {"document": one.source, "document_id": one.id, "title": one.title}
            for side, one in (("before", comparison.before), ("after", comparison.after))
        },
        "kept": comparison.kept,
        "matters": [
            {"kind": one.matter.value, "before": one.before, "after": one.after, "provision": one.number}
            for one in comparison.matters
        ],
        "provisions": [_match_record(number, match) for number, match in comparison.changed],
    }


def _match_record(number: int, match: Match) -> dict[str, Any]:
    return {
        "number": number,
        "fate": match.fate.value,
        "moved": match.moved,
        "before": [asdict(one) for one in match.before],
        "after": [asdict(one) for one in match.after],
        "words": [{"step": one.step.value, "text": one.text} for one in words_of(match)],
    }


def _parts(comparison: Comparison, say: Say) -> Iterator[str]:
    sides = [plain_markdown(clean(title_of(one))) for one in (comparison.before, comparison.after)]
    yield f"# {say(HEADING)}"
    yield f"**{' → '.join(sides)}**"
    yield counts_of(comparison, say)
    yield f"## {say(MATTERS)}"
    rows = [map(plain_markdown, cells_of(one, comparison, say)) for one in comparison.matters]
    yield table_markdown(map(say, COLUMNS), rows) if rows else _nothing(comparison, say)
    if comparison.changed:
        yield f"## {say(IN_DETAIL)}"
        yield say(LEGEND)
    for _, match in comparison.changed:
        yield f"### {plain_markdown(clean(names_of(match)))}（{fate_of(match, say)}）"
        line = "".join(map(_marked, words_of(match)))
        yield opened_line(line.replace("\n", "<br>"))


def _nothing(comparison: Comparison, say: Say) -> str:
    return say(NOTHING if comparison.changed else ALIKE)


def _marked(words: Words) -> str:
    text = plain_markdown(words.text)
    tag = _TAGS.get(words.step)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _fill(paragraph: Any, line: Line) -> None:
    for piece in line:
        paragraph.add_run(str(piece))


def _add(paragraph: Any, words: Words) -> None:
    run = paragraph.add_run(words.text)
    if words.step is Step.DELETED:
        run.font.strike, run.font.color.rgb = True, _GONE
    elif words.step is Step.INSERTED:
        run.font.underline, run.font.color.rgb = True, _COME
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
