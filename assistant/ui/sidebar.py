"""Beside every page: a new conversation, those before it, and what the reader prefers."""

from __future__ import annotations

import streamlit as st

from assistant.days import today
from assistant.records.access import Person
from assistant.ui import state
from assistant.ui.history import show_history
from assistant.ui.language import say
from assistant.ui.notice import guarded
from assistant.ui.preferences import show_preferences
from assistant.ui.sharing import Resources
from assistant.ui.shelf import Shelf


def show_sidebar(shared: Resources, known: Person, help_page: st.Page) -> None:
    """Draw the side of the page.

    Args:
        shared: where conversations are.
        known: who sits before the page.
        help_page: the page that explains the others.
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
            shelf = Shelf(
                shared.conversations, state.owner(), state.conversation_id(), state.open_conversation
            )
            show_history(shelf, today())
        if not shared.lasting:
            st.caption(say("资料库为只读：对话和反馈只保留到服务重启"))
        show_preferences(known, help_page)
