"""A model's text without what a reader's program could obey: links, pictures, tags, control characters."""

from __future__ import annotations

# After what, which character is written in full width: then neither Markdown nor HTML sees more than text.
_WIDE = (("]", "(", "（"), ("]", ":", "："), (":", "/", "／"), ("www", ".", "．"), ("", "<", "＜"))


def sanitised(before: str, part: str) -> str:
    """Return a part of a text so that no program takes it for more than text.

    Links and pictures of Markdown, addresses and HTML tags stay readable and do nothing; control characters
    and those that turn the direction of writing go.

    Args:
        before: what comes before it.
        part: a character, or a mark such as [1].
    """
    for behind, narrow, wide in _WIDE:
        if part == narrow and before.lower().endswith(behind):
            return wide
    return part if part.isprintable() or part.isspace() else ""
