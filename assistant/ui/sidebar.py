"""Beside the chat: a new conversation, and what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assistant.suggestions import short_title
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import Language, choose_language, language, say
from assistant.ui.notice import guarded
from assistant.ui.sources import badge
from assistant.ui.state import Resources
from vectorstore.types import PolicyDocument

_SHOWN = 30


def show_sidebar(shared: Resources) -> None:
    """Draw the side of the page.

    Args:
        shared: where documents and conversations are.
    """
    with st.sidebar:
        label = say("新对话")
        st.button(
            label,
            icon=":material/add:",
            on_click=state.open_conversation,
            args=("",),
            width="stretch",
            key="new",
        )
        with guarded(say("资料库目录")):
            st.html(contents_html(shared.library.documents(), state.today()))
        _show_languages()


def _show_languages() -> None:
    st.selectbox(
        "界面语言 / Language",
        list(Language),
        index=list(Language).index(language()),
        format_func=lambda tag: tag.own_name,
        key="language-choice",
        on_change=lambda: choose_language(st.session_state["language-choice"]),
    )


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
