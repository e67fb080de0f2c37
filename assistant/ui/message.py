"""One question and its answer, as they stand in the conversation."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.types import Answer
from assistant.ui.escaping import html_text
from assistant.ui.notice import notice_html
from assistant.ui.sources import anchor, sources_html

_MARK = re.compile(r"\[(\d{1,3})\]")


SCROLL_TO_QUESTION = (
    "<script>Array.from(document.querySelectorAll('.pa-question')).pop()?.scrollIntoView()</script>"
)


def question_html(question: str) -> str:
    """Return what the user asked, as it was typed."""
    shown = html_text(question.strip()) or "（空白问题）"
    return f'<div class="pa-question" lang="zh-CN">{shown}</div>'


def answer_html(text: str, numbers: Collection[int] = (), group: str = "") -> str:
    """Return the text of an answer; each [n] that has a card leads to it.

    Args:
        text: the answer so far, with [n] marks.
        numbers: numbers that have a card; none while the answer is still being made.
        group: prefix of the cards' anchors.
    """

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in numbers:
            return f'<sup class="pa-mark">[{number}]</sup>'
        return (
            f'<sup class="pa-mark"><a href="#{anchor(group, number)}" aria-label="依据 {number}">'
            f"[{number}]</a></sup>"
        )

    # Marks are made of characters that escaping leaves alone, so they are still there afterwards.
    lines = [_MARK.sub(mark, html_text(line)) for line in text.splitlines() if line.strip()]
    return f'<div class="pa-answer" lang="zh-CN">{"".join(f"<p>{line}</p>" for line in lines)}</div>'


def finished_html(answer: Answer, group: str) -> str:
    """Return a finished answer whole; a refusal is set apart and quieter.

    Args:
        answer: what the user is told.
        group: prefix of the cards' anchors, one for each answer on the page.
    """
    notices = "".join(notice_html(notice) for notice in answer.notices)
    numbers = {citation.number for citation in answer.citations}
    body = answer_html(answer.text, numbers, group)
    if answer.refused:
        body = f'<div class="pa-refused">{body}</div>'
    sources = sources_html(answer.citations, group) if answer.citations else ""
    return notices + body + sources
