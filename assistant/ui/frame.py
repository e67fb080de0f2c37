"""What all pages have in common: style, the way between them, and the side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from assistant.ui import state
from assistant.ui.chat import show_chat
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html, problem_line
from assistant.ui.sidebar import show_sidebar

_HERE = Path(__file__).parent


def show_page() -> None:
    """Draw the page that the address names."""
    st.html(_HERE / "page.css")
    st.html(
        f"<script>{(_HERE / 'page.js').read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True
    )
    try:
        shared = state.resources()
    except Exception as error:
        st.html(notice_html(problem_line(error, "资料库"), "problem"))
        st.button(say("重新打开"), on_click=state.resources.clear)
        return
    pages = [
        st.Page(
            partial(show_chat, shared),
            title=say("问答"),
            icon=":material/forum:",
            url_path="chat",
            default=True,
        )
    ]
    page = st.navigation(pages, position="top")
    with guarded(say("侧栏")):
        show_sidebar(shared)
    page.run()
