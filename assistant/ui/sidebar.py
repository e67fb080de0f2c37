"""Beside the chat: a new conversation, and what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from assistant.suggestions import short_title
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.sources import badge
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument

_SHOWN = 30


def show_sidebar(library: PolicyLibrary) -> None:
    """Draw the side of the page.

    Args:
        library: where the documents are.
    """
    with st.sidebar:
        st.button("新对话", icon=":material/add:", on_click=state.start_over, width="stretch")
        st.html(contents_html(library.documents(), datetime.now().astimezone().date()))


def contents_html(documents: Sequence[PolicyDocument], today: date) -> str:
    """Return the list of the library's documents, each with its standing.

    Args:
        documents: all documents; the first ones are named, the others counted.
        today: day on which the standing is told.
    """
    rows = "".join(_row(document, today) for document in documents[:_SHOWN])
    more = f"<p>另有 {len(documents) - _SHOWN} 份文件</p>" if len(documents) > _SHOWN else ""
    return (
        '<section class="pa-contents" lang="zh-CN" aria-label="资料库">'
        f"<h2>资料库（{len(documents)} 份文件）</h2>"
        f"<ul>{rows}</ul>{more}"
        "<p>添加文件：在终端运行 <code>policy-assistant ingest 文件夹</code>，随后刷新本页</p></section>"
    )


def _row(document: PolicyDocument, today: date) -> str:
    title = html_text(short_title(document.title) or document.source)
    number = html_text(document.document_number)
    return f"<li>{title}<span>{badge(document.standing(today))}<small>{number}</small></span></li>"
