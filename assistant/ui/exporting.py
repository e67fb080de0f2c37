"""A question or a whole conversation to take along, as a Word briefing or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import Exchange
from assistant.export import Briefing, briefing
from assistant.exporting.export_markdown import markdown_of
from assistant.exporting.export_word import word_of
from assistant.exporting.file_names import WORD
from assistant.ui.language import language, say


def show_export(title: str, exchanges: Sequence[Exchange], key: str) -> None:
    """Draw a button that opens the formats to export to.

    Args:
        title: the conversation's title, or the question.
        exchanges: what is exported; without an answer among them nothing is drawn.
        key: names the widgets, once on the page.
    """
    made = briefing(title, exchanges, language())
    if made is not None:
        with st.popover(say("导出"), icon=":material/download:", key=f"export-{key}"):
            show_formats(made, key)


def show_formats(made: Briefing, key: str) -> None:
    """Draw one button for each format; the file is made when it is asked for.

    No click runs the page anew: that would throw the file away before a slow line has asked for it.

    Args:
        made: what is exported.
        key: names the widgets, once on the page.
    """
    st.download_button(
        say("Word 简报"),
        lambda: word_of(made),
        f"{made.file_name}.docx",
        WORD,
        key=f"export-word-{key}",
        icon=":material/description:",
        on_click="ignore",
    )
    st.download_button(
        "Markdown",
        lambda: markdown_of(made),
        f"{made.file_name}.md",
        "text/markdown",
        key=f"export-markdown-{key}",
        icon=":material/markdown:",
        on_click="ignore",
    )
