"""What a question was answered before it was asked once more."""

from __future__ import annotations

import streamlit as st

from assistant.conversations import Exchange
from assistant.ui import opened, state
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources

_SHOWN = "version-"


def shown_version(shared: Resources, exchange: Exchange) -> Exchange:
    """Return the version of an exchange that its reader turned to; the latest, unless told otherwise.

    Args:
        shared: where conversations are.
        exchange: as it is now.
    """
    number: int = st.session_state.get(_SHOWN + exchange.id, len(exchange.earlier))
    if number >= len(exchange.earlier):
        return exchange
    found = shared.conversations.earlier(state.owner(), exchange, exchange.earlier[number])
    return found or exchange


def show_versions(exchange: Exchange, shown: Exchange) -> None:
    """Draw the ways to the earlier and the later answer, and say where it is not the latest.

    Args:
        exchange: as it is now.
        shown: the version before the reader.
    """
    versions = [*exchange.earlier, exchange.id]
    number = versions.index(shown.id)
    key = f"versions-{exchange.id}"
    with st.container(horizontal=True, key=key, vertical_alignment="center", width="content", wrap=False):
        _show_step(say("上一版回答"), "chevron_left", exchange, number - 1, enabled=number > 0)
        count = html_text(f"{number + 1}/{len(versions)}")
        told = html_text(say("第 {number} 版，共 {count} 版", number=number + 1, count=len(versions)))
        st.html(f'<span role="status" aria-label="{told}">{count}</span>', width="content")
        _show_step(say("下一版回答"), "chevron_right", exchange, number + 1, enabled=shown.id != exchange.id)
    if shown.id != exchange.id and shown.finished_at is not None:
        moment = f"{shown.finished_at.astimezone():%Y-%m-%d %H:%M}"
        st.html(notice_html(say("这是 {moment} 的回答，此后已重新回答", moment=moment)))


def _show_step(label: str, icon: str, exchange: Exchange, number: int, *, enabled: bool) -> None:
    st.button(
        label,
        key=f"version-{icon}-{exchange.id}",
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=_turn_to,
        args=(exchange.id, number),
        disabled=not enabled,
    )


def _turn_to(exchange_id: str, number: int) -> None:
    # What is open beside it belongs to the version that goes.
    opened.close_sources()
    st.session_state[_SHOWN + exchange_id] = number
