"""What can be done with one conversation: to name it, file it, pin it and take it along."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from assistant.conversations import Conversation
from assistant.export import briefing
from assistant.ui.escaping import markdown_text
from assistant.ui.exporting import show_formats
from assistant.ui.language import language, say
from assistant.ui.notice import guarded
from assistant.ui.shelf import Shelf

_IN_HAND = "history-in-hand"


def show_manage(shelf: Shelf, conversation: Conversation) -> None:
    """Draw what opens the form, and the form where it is open.

    Args:
        shelf: where the conversation stands.
        conversation: the one in hand.
    """
    st.button(
        say("管理“{title}”", title=markdown_text(conversation.title)),
        key=f"history-manage-{conversation.id}",
        type="tertiary",
        icon=":material/more_horiz:",
        on_click=_take_in_hand,
        args=(conversation.id,),
    )
    if st.session_state.get(_IN_HAND) == conversation.id:
        st.dialog(say("管理对话"), on_dismiss=_take_in_hand)(_manage)(shelf, conversation)


def chosen_folder(known: Iterable[str], key: str, current: str = "") -> str:
    """Draw the choice of a folder, one that is there or a new one, and return its name; "" is none.

    Args:
        known: names of the folders that there are.
        key: names the widgets, once on the page.
        current: where the conversation is.
    """
    names = ["", *known]
    chosen = st.selectbox(
        say("文件夹"),
        names,
        index=names.index(current) if current in names else 0,
        format_func=lambda name: name or say("不放入文件夹"),
        key=f"{key}-folder",
    )
    new = st.text_input(say("新文件夹"), key=f"{key}-new-folder", max_chars=40, placeholder=say("输入名称"))
    return new.strip() or chosen


def _manage(shelf: Shelf, conversation: Conversation) -> None:
    kept, owner = shelf.conversations, shelf.owner
    with guarded(say("对话")):
        title = st.text_input(say("标题"), conversation.title, key="history-title", max_chars=40)
        folder = chosen_folder(kept.folders(owner), "history", conversation.folder)
        with st.container(horizontal=True):
            if st.button(say("保存"), key="history-save", type="primary"):
                kept.rename(owner, conversation.id, title)
                kept.move(owner, [conversation.id], folder)
                _done()
            pin = say("取消置顶") if conversation.pinned else say("置顶")
            if st.button(pin, key="history-pin", icon=":material/push_pin:"):
                kept.pin(owner, conversation.id, not conversation.pinned)
                _done()
        made = briefing(conversation.title, kept.exchanges(owner, conversation.id), language())
        if made is not None:
            st.caption(say("导出对话"))
            with st.container(horizontal=True):
                show_formats(made, "conversation")


def _take_in_hand(conversation_id: str = "") -> None:
    st.session_state[_IN_HAND] = conversation_id


def _done() -> None:
    _take_in_hand()
    st.rerun()
