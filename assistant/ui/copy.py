"""The buttons that copy an answer, or its tables alone, at one click."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.exporting.copying import Block, as_html, as_text
from assistant.ui.escaping import html_text
from assistant.ui.language import say


def copy_html(label: str, blocks: Sequence[Block]) -> str:
    """Return a button with what it copies, which page.js hands to the clipboard.

    Args:
        label: of the button, in the reader's language.
        blocks: what is copied.
    """
    before, done, failed = map(html_text, (label, say("已复制"), say("未能复制，请选中文字后复制")))
    told = f'data-before="{before}" data-done="{done}" data-failed="{failed}"'
    # The breaks of lines are written so that the HTML has none itself.
    text = html_text(as_text(blocks)).replace("<br>", "&#10;")
    return (
        '<div><button type="button" class="pa-copy">'
        '<span class="pa-icon" aria-hidden="true" translate="no">content_copy</span>'
        f'<span aria-live="polite" {told}>{before}</span></button>'
        f'<div hidden class="pa-copied-html">{as_html(blocks)}</div>'
        f'<pre hidden class="pa-copied-text">{text}</pre></div>'
    )
