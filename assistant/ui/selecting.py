"""Several conversations at once: selected, then deleted, put in a folder or taken along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import Conversation
from assistant.export import briefing
from assistant.ui.deleting import delete
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.exporting import show_formats
from assistant.ui.language import language, say
from assistant.ui.managing import chosen_folder
from assistant.ui.shelf import Shelf

_SELECTING = "history-selecting"
_PICK = "history-pick-"


def is_selecting() -> bool:
    """Whether the history shows boxes to tick."""
    return bool(st.session_state.get(_SELECTING))


def start_selecting() -> None:
    """Show boxes to tick from now on."""
    st.session_state[_SELECTING] = True


def show_selection(shelf: Shelf, found: Sequence[Conversation]) -> None:
    """Draw the boxes, and above them what can be done with those that are ticked.

    Args:
        shelf: where the conversations stand.
        found: those that are listed.
    """
    bar = st.container(key="history-bar")
    st.checkbox(say("全选"), key="history-all", on_change=_tick_all, args=(found,), disabled=not found)
    ticked = [one for one in found if st.checkbox(markdown_text(one.title), key=f"{_PICK}{one.id}")]
    with bar:
        told = say("已选 {count} 个对话", count=len(ticked))
        st.html(f'<p role="status">{html_text(told)}</p>')
        with st.container(horizontal=True):
            _show_actions(shelf, ticked)


def _show_actions(shelf: Shelf, ticked: Sequence[Conversation]) -> None:
    ids, none = [one.id for one in ticked], not ticked
    if st.button(say("删除"), key="history-bulk-delete", icon=":material/delete:", disabled=none):
        _end()
        delete(shelf, ids)
    move = st.popover(say("移动"), key="history-move-all", icon=":material/folder:", disabled=none)
    with move:
        folder = chosen_folder(shelf.conversations.folders(shelf.owner), "history-all")
        if st.button(say("移动"), key="history-move-now", type="primary"):
            shelf.conversations.move(shelf.owner, ids, folder)
            _end()
            st.rerun()
    with st.popover(say("导出"), key="history-export-all", icon=":material/download:", disabled=none):
        _show_export(shelf, ticked)
    st.button(say("完成"), key="history-done", icon=":material/check:", on_click=_end)


def _show_export(shelf: Shelf, ticked: Sequence[Conversation]) -> None:
    said = [exchange for one in ticked for exchange in shelf.conversations.exchanges(shelf.owner, one.id)]
    title = ticked[0].title if len(ticked) == 1 else say("{count} 个对话", count=len(ticked))
    made = briefing(title, said, language())
    if made is None:
        st.caption(say("所选对话中还没有回答"))
    else:
        show_formats(made, "selection")


def _tick_all(found: Sequence[Conversation]) -> None:
    for one in found:
        st.session_state[f"{_PICK}{one.id}"] = st.session_state["history-all"]


def _end() -> None:
    st.session_state[_SELECTING] = False
