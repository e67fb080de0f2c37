"""One question and its answer, as they stand in the conversation."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from assistant.conversations import Exchange
from assistant.drafting.answer_blocks import Grid, Paragraph, blocks
from assistant.proof.flagging import stretches
from assistant.records.ongoing import Progress
from assistant.types import Answer, CheckedStatement
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.notice import notice_html
from assistant.ui.sources import mark_link
from assistant.ui.tables import grid_html

_AT_ONCE = 600
_TAG = re.compile(r"<[^>]+>")
_MARK = re.compile(r"\[(\d{1,3})\]")
_AFTER_MARK = re.compile(r"</sup>\s+(?=[^<\s])")
_ROW = re.compile(r"\s*\|.*\|\s*$")


def to_latest(exchange: Exchange) -> str:
    """Return what brings the latest question into view, to be typed in where it is being changed.

    Args:
        exchange: the latest one.
    """
    # A script that did not change would not run again.
    occasion = f"{exchange.id} {'asked' if exchange.open else 'changed'}"
    return f"<script>window.policyPage?.toLatest({json.dumps(occasion)})</script>"


def question_html(question: str) -> str:
    """Return what the user asked, as it was typed."""
    shown = html_text(question.strip()) or html_text(say("（空白问题）"))
    return f'<div class="pa-question" lang="zh-CN">{shown}</div>'


def answer_html(
    text: str,
    numbers: Collection[int] = (),
    group: str = "",
    statements: Sequence[CheckedStatement] = (),
    *,
    folded: bool = False,
) -> str:
    """Return the text of an answer, tables as tables; each [n] that has a card leads to it.

    Args:
        text: the answer so far, with [n] marks.
        numbers: numbers that have a card; none while the answer is still being made.
        group: prefix of the cards' anchors.
        statements: the sentences that were checked; those that do not hold are marked, with the reason.
        folded: show a long answer's beginning, and the rest at a click.
    """
    # Marks and bars are characters that escaping leaves alone, so they are still there afterwards.
    lines = [_linked(line, numbers, group) for line in _lines(text, statements)]
    drawn = [_block(block) for block in blocks("\n".join(lines))]
    shown = "".join(_folded(drawn) if folded else drawn)
    return f'<div class="pa-answer" lang="zh-CN">{shown}</div>'


def _lines(text: str, statements: Sequence[CheckedStatement]) -> Iterator[str]:
    """Yield the lines that hold something as HTML, the sentences that do not hold marked."""
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield "".join(
                _doubted(stretch.text, tell(stretch.warning), "del" if stretch.struck else "mark")
                if stretch.doubt
                else html_text(stretch.text)
                for stretch in stretches(line, statements, offset)
            )
        offset += len(line) + 1


def _doubted(text: str, warning: str, tag: str) -> str:
    """Return a marked sentence, or the marked cells of a row; hover, keyboard and screen readers find why."""
    # A bar within a row would be taken for the end of a cell.
    told = html_text(warning).replace("|", "&#124;")
    why = f'<span class="pa-why">（{told}）</span>'
    opening, closing = f'<{tag} class="pa-flagged" tabindex="0">', f"{why}</{tag}>"
    if not _ROW.match(text):
        return f"{opening}{html_text(text)}{closing}"
    cells = (html_text(cell.strip()) for cell in text.strip().strip("|").split("|"))
    return f"|{'|'.join(f'{opening}{cell}{closing}' for cell in cells)}|"


def _linked(line: str, numbers: Collection[int], group: str) -> str:
    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        return mark_link(number, group) if number in numbers else f'<sup class="pa-mark">[{number}]</sup>'

    return _MARK.sub(mark, line)


def _block(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{block.text}</p>"
    # What follows a mark in the same cell is the next statement: it gets a line of its own.
    rows = [[_AFTER_MARK.sub("</sup><br>", cell) for cell in row] for row in block.rows]
    return f'<div class="pa-table">{grid_html([block.head], rows)}</div>'


def _folded(blocks: Sequence[str]) -> Iterator[str]:
    """Yield the blocks, those past the first 600 characters inside an element that opens at a click."""
    lengths = list(accumulate(len(html.unescape(_TAG.sub("", block))) for block in blocks))
    first = next((at for at, length in enumerate(lengths) if length > _AT_ONCE), len(blocks))
    # A block that is too long by itself is shown: half a sentence helps nobody.
    first = max(first, 1)
    yield from blocks[:first]
    if first < len(blocks):
        label = html_text(say("展开全文（{count} 字）", count=lengths[-1]))
        yield f"<details><summary>{label}</summary>{''.join(blocks[first:])}</details>"


def progress_html(progress: Progress, *, growing: bool) -> str:
    """Return what there is of an answer while it is made.

    Args:
        progress: the answer so far.
        growing: whether page.js keeps its end in sight.
    """
    shown = "".join(map(notice_html, progress.notices))
    shown += answer_html(progress.text, statements=progress.statements)
    return f'<div class="pa-growing">{shown}</div>' if growing else shown


def understood_html(answer: Answer) -> str:
    """Return the line that tells how a question was understood, or "" where that is what was typed.

    Args:
        answer: to the question.
    """
    if not answer.query or _bare(answer.query) == _bare(answer.question):
        return ""
    line = html_text(say("理解为：{query}", query=answer.query))
    return f'<div class="pa-understood">{line}</div>'


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def finished_html(answer: Answer, group: str, *, latest: bool = False) -> str:
    """Return the notices and the text of a finished answer; a refusal is set apart and quieter.

    Args:
        answer: what the user is told.
        group: prefix of the cards' anchors, one for each answer on the page.
        latest: whether nothing was said after it; what a reader just saw a model write is not folded.
    """
    notices = "".join(notice_html(notice) for notice in answer.notices if notice != answer.text)
    numbers = {citation.number for citation in answer.citations}
    folded = not (latest and answer.mode == "model")
    body = answer_html(answer.text, numbers, group, answer.statements, folded=folded)
    if answer.refused:
        body = f'<div class="pa-refused">{body}</div>'
    return notices + body
