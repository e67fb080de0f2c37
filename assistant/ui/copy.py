"""The button that copies an answer at one click."""

from __future__ import annotations

from assistant.exporting.copying import copied, copied_html
from assistant.types import Answer
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say


def copy_html(answer: Answer) -> str:
    """Return the button with what it copies, which page.js hands to the clipboard.

    Args:
        answer: the finished answer.
    """
    before, done, failed = map(html_text, (say("复制"), say("已复制"), say("未能复制，请选中文字后复制")))
    told = f'data-before="{before}" data-done="{done}" data-failed="{failed}"'
    # The breaks of lines are written so that the HTML has none itself.
    text = html_text(copied(answer, language())).replace("<br>", "&#10;")
    return (
        '<div><button type="button" class="pa-copy">'
        '<span class="pa-icon" aria-hidden="true" translate="no">content_copy</span>'
        f'<span aria-live="polite" {told}>{before}</span></button>'
        f'<div hidden class="pa-copied-html">{copied_html(answer, language())}</div>'
        f'<pre hidden class="pa-copied-text">{text}</pre></div>'
    )
