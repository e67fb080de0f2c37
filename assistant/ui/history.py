"""Beside the chat: a reader's conversations in folders and by day, to be searched, opened and deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

import streamlit as st

from assistant.conversations import Conversation
from assistant.ui.deleting import delete, show_undo
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import say
from assistant.ui.managing import show_manage
from assistant.ui.selecting import is_selecting, show_selection, start_selecting
from assistant.ui.shelf import Shelf

_AT_ONCE = 20
_IN_FOLDER = 200
_SEARCH, _SHOWN = "history-search", "history-shown"


def show_history(shelf: Shelf, today: date) -> None:
    """Draw the history.

    Args:
        shelf: whose conversations are listed, and which is open.
        today: the reader's day.
    """
    with st.container(horizontal=True, key="history-head", vertical_alignment="center"):
        st.html(f'<h2 class="pa-history-head">{html_text(say("历史对话"))}</h2>')
        # Its place, so that nothing below is drawn anew.
        place = st.empty()
    query = st.text_input(
        say("搜索历史对话"),
        key=_SEARCH,
        placeholder=say("搜索历史对话"),
        icon=":material/search:",
        label_visibility="collapsed",
    ).strip()
    show_undo(shelf)
    shown: int = st.session_state.get(_SHOWN, _AT_ONCE)
    # One more than is shown tells whether there are more.
    folder = None if query or is_selecting() else ""
    found = shelf.conversations.listed(shelf.owner, query, shown + 1, folder)
    folders = shelf.conversations.folders(shelf.owner) if folder == "" else {}
    if not found and not folders:
        st.caption(say("没有找到相关对话") if query else say("提问后，对话会保存在这里"))
    if is_selecting():
        show_selection(shelf, found[:shown])
    elif found or folders:
        place.button(
            say("选择"),
            key="history-select",
            type="tertiary",
            icon=":material/checklist:",
            on_click=start_selecting,
        )
        for name, count in folders.items():
            _show_folder(shelf, name, count)
        _show_by_day(shelf, found[:shown], today)
    if len(found) > shown:
        st.button(say("显示更多"), key="history-more", type="tertiary", on_click=_show_more, args=(shown,))


def _show_folder(shelf: Shelf, name: str, count: int) -> None:
    opened = shelf.conversations.conversation(shelf.owner, shelf.current) if shelf.current else None
    folder = st.expander(
        markdown_text(say("{name}（{count}）", name=name, count=count)),
        opened is not None and opened.folder == name,
        key=f"history-folder-{name}",
        icon=":material/folder:",
        on_change="rerun",
    )
    if folder.open:
        with folder:
            _show_rows(shelf, shelf.conversations.listed(shelf.owner, "", _IN_FOLDER, name))
            if count > _IN_FOLDER:
                st.caption(say("只显示最近 {count} 个，其余请搜索", count=_IN_FOLDER))


def _show_by_day(shelf: Shelf, found: Sequence[Conversation], today: date) -> None:
    for day, those in groupby(found, lambda one: _day_label(one, today)):
        st.html(f'<h3 class="pa-day">{html_text(day)}</h3>')
        _show_rows(shelf, tuple(those))


def _show_rows(shelf: Shelf, conversations: Sequence[Conversation]) -> None:
    """Draw conversations; those of one title are told apart by their time."""
    titles = Counter(one.title for one in conversations)
    for one in conversations:
        told = one.changed_at.astimezone().strftime("%H:%M") if titles[one.title] > 1 else ""
        _show_row(shelf, one, " ".join(filter(None, (told, one.title))))


def _show_row(shelf: Shelf, conversation: Conversation, name: str) -> None:
    is_current = conversation.id == shelf.current
    key = f"history-row-{'current-' if is_current else ''}{conversation.id}"
    title = markdown_text(name)
    with st.container(horizontal=True, key=key, wrap=False, gap="xsmall", vertical_alignment="center"):
        st.button(
            title,
            key=f"history-open-{conversation.id}",
            type="tertiary",
            width="stretch",
            on_click=shelf.open_conversation,
            args=(conversation.id,),
        )
        # The style sheet shows the icons alone; who hears the page hears the words.
        show_manage(shelf, conversation)
        delete_label = say("删除“{title}”", title=title)
        if st.button(
            delete_label, key=f"history-delete-{conversation.id}", type="tertiary", icon=":material/delete:"
        ):
            delete(shelf, [conversation.id])


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
