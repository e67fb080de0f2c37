"""A link to an answer, copied at one click, and withdrawn at another."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from assistant.conversations import Exchange
from assistant.records.answer_links import new_link
from assistant.records.audit import Action
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sharing import Resources

_LINK = "prepared-link-"


def show_link(exchange: Exchange, made: str) -> None:
    """Draw the button that copies a link and, where there is one, what withdraws it.

    Args:
        exchange: the answered exchange.
        made: the link that leads to it already, or "".
    """
    # Known before it is made: a browser lets a click copy only while it is handled.
    link = made or st.session_state.setdefault(_LINK + exchange.id, new_link())
    st.html(_button_html(exchange, link), width="content")
    with st.container(key=f"openers-link-{exchange.id}"):
        st.button(say("分享"), key=f"link-{exchange.id}", on_click=_make, args=(exchange, link, made))
    if made:
        st.button(
            say("撤回分享"),
            key=f"unlink-{exchange.id}",
            icon=":material/link_off:",
            help=say("撤回后，已发出的链接不能再打开"),
            on_click=_withdraw,
            args=(exchange,),
        )
    else:
        # Its place, so that it goes at once.
        st.empty()


def show_reach(made: str) -> None:
    """Say below the buttons where a link leads to no other machine.

    Args:
        made: the link of the answer, or "".
    """
    if made and leads_here_only(st.context.url):
        alone = say(
            "此链接只能在本机打开；要让他人打开，请管理员启动时用 --server.address 指定网络地址（见使用说明）"
        )
        st.html(f'<p class="pa-facts" role="note">{html_text(alone)}</p>')


def _button_html(exchange: Exchange, link: str) -> str:
    before, done, failed = map(html_text, (say("分享"), say("链接已复制"), say("未能复制链接，请重试")))
    told = f'data-before="{before}" data-done="{done}" data-failed="{failed}"'
    return (
        f'<div><button type="button" class="pa-copy" data-link="{link}" data-makes="link-{exchange.id}">'
        '<span class="pa-icon" aria-hidden="true" translate="no">link</span>'
        f'<span aria-live="polite" {told}>{before}</span></button></div>'
    )


def _make(exchange: Exchange, link: str, made: str) -> None:
    def make(shared: Resources) -> None:
        shared.links.make(state.owner(), exchange, link)
        shared.audit.note(state.who(), Action.SHARED, exchange.id, exchange.question)

    if not made:
        state.act(make)


def _withdraw(exchange: Exchange) -> None:
    def withdraw(shared: Resources) -> None:
        shared.links.withdraw(state.owner(), exchange.id)
        shared.audit.note(state.who(), Action.UNSHARED, exchange.id, exchange.question)

    # What was withdrawn never leads anywhere again.
    st.session_state.pop(_LINK + exchange.id, None)
    state.act(withdraw)


def leads_here_only(address: str | None) -> bool:
    """Return whether an address is one that no other machine reaches.

    Args:
        address: the page's own, None where it is not known.
    """
    host = urlsplit(address or "").hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
