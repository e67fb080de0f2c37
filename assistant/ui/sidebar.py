"""Beside every page: a new conversation, those before it, and the language of the page."""

from __future__ import annotations

import streamlit as st

from assistant.days import today
from assistant.records.access import Person
from assistant.ui import state
from assistant.ui.history import show_history
from assistant.ui.language import choose_language, language, say
from assistant.ui.notice import guarded
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import show_person
from vectorstore.languages.language import Language


def show_sidebar(shared: Resources, known: Person) -> None:
    """Draw the side of the page.

    Args:
        shared: where conversations are.
        known: who sits before the page.
    """
    with st.sidebar:
        st.button(
            say("新对话"),
            key="new",
            icon=":material/add:",
            on_click=state.open_conversation,
            args=("",),
            width="stretch",
        )
        with guarded(say("历史对话")):
            show_history(
                shared.conversations,
                state.owner(),
                state.conversation_id(),
                state.open_conversation,
                today(),
            )
        if not shared.lasting:
            st.caption(say("资料库为只读：对话和反馈只保留到服务重启"))
        _show_languages()
        show_person(known)


def _show_languages() -> None:
    st.selectbox(
        say("界面语言 / Language"),
        list(Language),
        index=list(Language).index(language()),
        format_func=lambda tag: tag.own_name,
        key="language-choice",
        on_change=lambda: choose_language(st.session_state["language-choice"]),
    )
