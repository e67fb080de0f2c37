"""Deleting conversations in one step, and the line that brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from assistant.records.filing import UNDO
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded
from assistant.ui.shelf import Shelf

_DELETED = "history-deleted"


@dataclass(frozen=True, slots=True)
class _Deleted:
    ids: tuple[str, ...]
    at: datetime
    opened: str


def delete(shelf: Shelf, ids: Sequence[str]) -> None:
    """Delete conversations and draw the page anew; the one before the reader is left.

    Args:
        shelf: where they stand.
        ids: which.
    """
    shelf.conversations.delete(shelf.owner, *ids)
    opened = shelf.current if shelf.current in ids else ""
    st.session_state[_DELETED] = _Deleted(tuple(ids), datetime.now(UTC), opened)
    if opened:
        shelf.open_conversation("")
    st.rerun()


def show_undo(shelf: Shelf) -> None:
    """Draw the line that brings back what was deleted last, for as long as that can be done.

    Args:
        shelf: where it stood.
    """
    deleted: _Deleted | None = st.session_state.get(_DELETED)
    if deleted is None or datetime.now(UTC) - deleted.at > UNDO:
        return
    with st.container(horizontal=True, key="history-undo", vertical_alignment="center"):
        told = say("已删除 {count} 个对话", count=len(deleted.ids))
        st.html(f'<p role="status">{html_text(told)}</p>', width="content")
        undone = st.button(say("撤销"), key="history-undo-button", type="tertiary", icon=":material/undo:")
    if undone:
        del st.session_state[_DELETED]
        with guarded(say("历史对话")):
            shelf.conversations.bring_back(shelf.owner, deleted.ids)
            if deleted.opened:
                shelf.open_conversation(deleted.opened)
            st.rerun()
