"""Text that others wrote, made safe to show: it is read, never interpreted."""

from __future__ import annotations

import html
import re

# Besides control characters, the marks that turn the writing direction round: they make a line read as
# something else than it says.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_ASCII_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"


def html_text(text: str) -> str:
    """Return text as HTML that shows it as it is, line breaks included, and holds no line break itself.

    Streamlit dedents and strips the HTML it is given line by line; one line leaves it nothing to change.

    Args:
        text: any text, for instance of a document or a model.
    """
    return html.escape(_UNSEEN.sub("", text)).replace("\n", "<br>")


def passage_text(text: str) -> str:
    """Return a passage as HTML that shows it as it is, but for blank lines, which only part its paragraphs.

    Args:
        text: text of a document.
    """
    return html_text(_BLANK_LINES.sub("\n", text))


def markdown_text(text: str) -> str:
    """Return text as one line of Markdown that shows it as it is, for labels read as Markdown.

    Every ASCII punctuation mark may be escaped by a backslash (CommonMark 0.31, section 2.4). Streamlit looks
    for `:name:` and `https:` only after that, so an invisible word joiner parts what follows a colon from it.

    Args:
        text: any text.
    """
    line = " ".join(_UNSEEN.sub("", text).split())
    return _ASCII_PUNCTUATION.sub(r"\\\1", line).replace("\\:", "\\:" + _WORD_JOINER)
