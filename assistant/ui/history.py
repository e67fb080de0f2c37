"""Beside the chat: a reader's conversations by day, to be searched, opened, renamed, pinned and deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby

import streamlit as st

from assistant.conversations import Conversation, Conversations
from assistant.export import briefing
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.exporting import show_formats
from assistant.ui.language import language, say
from assistant.ui.notice import guarded

_AT_ONCE = 20
_SEARCH, _SHOWN, _IN_HAND = "history-search", "history-shown", "history-in-hand"


def show_history(
    conversations: Conversations,
    owner: str,
    current: str,
    open_conversation: Callable[[str], None],
    today: date,
) -> None:
    """Draw the history.

    Args:
        conversations: where it is kept.
        owner: whose conversations are listed.
        current: id of the conversation before the reader, or "".
        open_conversation: puts another one before the reader; "" begins a new one.
        today: the reader's day.
    """
    st.html(f'<h2 class="pa-history-head">{html_text(say("历史对话"))}</h2>')
    query = st.text_input(
        say("搜索历史对话"),
        key=_SEARCH,
        placeholder=say("搜索历史对话"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    shown: int = st.session_state.get(_SHOWN, _AT_ONCE)
    # One more than is shown tells whether there are more.
    found = conversations.listed(owner, query.strip(), shown + 1)
    if not found:
        st.caption(say("没有找到相关对话") if query.strip() else say("提问后，对话会保存在这里"))
    for day, those in groupby(found[:shown], lambda one: _day_label(one, today)):
        st.html(f'<h3 class="pa-day">{html_text(day)}</h3>')
        for conversation in those:
            _show_row(conversations, owner, conversation, current, open_conversation)
    if len(found) > shown:
        st.button(say("显示更多"), key="history-more", type="tertiary", on_click=_show_more, args=(shown,))


def _show_row(
    conversations: Conversations,
    owner: str,
    conversation: Conversation,
    current: str,
    open_conversation: Callable[[str], None],
) -> None:
    is_current = conversation.id == current
    key = f"history-row-{'current-' if is_current else ''}{conversation.id}"
    with st.container(horizontal=True, key=key, wrap=False, gap="xsmall", vertical_alignment="center"):
        st.button(
            markdown_text(conversation.title),
            key=f"history-open-{conversation.id}",
            type="tertiary",
            width="stretch",
            on_click=open_conversation,
            args=(conversation.id,),
        )
        # The style sheet shows the icon alone; who hears the page hears the words.
        st.button(
            say("管理“{title}”", title=markdown_text(conversation.title)),
            key=f"history-manage-{conversation.id}",
            type="tertiary",
            icon=":material/more_horiz:",
            on_click=_take_in_hand,
            args=(conversation.id,),
        )
    if st.session_state.get(_IN_HAND) == conversation.id:
        leave = open_conversation if is_current else None
        dialog = st.dialog(say("管理对话"), on_dismiss=_take_in_hand)
        dialog(_manage)(conversations, owner, conversation, leave)


def _manage(
    conversations: Conversations,
    owner: str,
    conversation: Conversation,
    leave: Callable[[str], None] | None,
) -> None:
    """Draw what can be done with a conversation; after deleting the one before the reader, leave it."""
    with guarded(say("对话")):
        title = st.text_input(say("标题"), conversation.title, key="history-title", max_chars=40)
        with st.container(horizontal=True):
            if st.button(say("保存"), key="history-save", type="primary"):
                conversations.rename(owner, conversation.id, title)
                _done()
            pin = say("取消置顶") if conversation.pinned else say("置顶")
            if st.button(pin, key="history-pin", icon=":material/push_pin:"):
                conversations.pin(owner, conversation.id, not conversation.pinned)
                _done()
        made = briefing(conversation.title, conversations.exchanges(owner, conversation.id), language())
        if made is not None:
            st.caption(say("导出对话"))
            with st.container(horizontal=True):
                show_formats(made, "conversation")
        st.divider()
        sure = st.checkbox(say("删除这个对话，不能恢复（已提交的反馈仍会保留）"), key="history-sure")
        if st.button(say("删除"), key="history-delete", icon=":material/delete:", disabled=not sure):
            conversations.delete(owner, conversation.id)
            if leave:
                leave("")
            _done()


def _take_in_hand(conversation_id: str = "") -> None:
    st.session_state[_IN_HAND] = conversation_id


def _done() -> None:
    _take_in_hand()
    st.rerun()


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = 2 * shown


def _day_label(conversation: Conversation, today: date) -> str:
    if conversation.pinned:
        return say("置顶")
    day = _local(conversation.changed_at)
    past = (today - day).days
    if past in (0, 1):
        return (say("今天"), say("昨天"))[past]
    if day.year == today.year:
        return say("{month}月{day}日", month=day.month, day=day.day)
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)


def _local(moment: datetime) -> date:
    return moment.astimezone().date()
