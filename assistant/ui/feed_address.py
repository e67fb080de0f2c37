"""The address of a reader's feed: copied at one click, renewed and withdrawn at another."""

from __future__ import annotations

import streamlit as st

from assistant.records.audit import Action
from assistant.records.feed_addresses import new_secret
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from assistant.ui.linking import show_reach
from assistant.ui.sharing import Resources
from vectorstore.languages.language import own_words

_SECRET, _NEXT, _RENEWED = "feed-secret", "feed-next", "feed-renewed"
_SUBJECT = own_words("订阅地址")


def show_feed_address(shared: Resources) -> None:
    """Draw what copies the address, and what renews and withdraws it.

    Args:
        shared: where addresses are kept.
    """
    made = shared.feed_addresses.made_at(state.owner()) is not None
    known = st.session_state.get(_SECRET, "") if made else ""
    # Known before it counts: a browser lets a click copy only while it is handled.
    coming = st.session_state.setdefault(_NEXT, new_secret())
    with st.container(horizontal=True, vertical_alignment="center", key="feed-address"):
        if known or not made:
            _show_copying(say("复制订阅地址"), known or coming, "feed-make")
        if made:
            _show_copying(say("更换并复制订阅地址"), coming, "feed-renew")
        with st.container(key="openers-feed"):
            st.button(say("复制订阅地址"), key="feed-make", on_click=_make, args=(known or coming,))
            st.button(say("更换订阅地址"), key="feed-renew", on_click=_make, args=(coming,))
        if made:
            st.button(
                say("停用订阅地址"),
                key="feed-withdraw",
                icon=":material/link_off:",
                on_click=_withdraw,
            )
    if known and st.session_state.get(_RENEWED):
        renewed = html_text(say("新地址已复制，原地址已失效"))
        st.html(f'<p class="pa-facts" role="status">{renewed}</p>')
    if made:
        told = say("地址可用于任何 Atom 阅读器，请勿转发；地址只在生成时显示，更换或停用后原地址失效")
    else:
        told = say("用 Atom 阅读器接收变化：复制专属地址并粘贴到阅读器中，请勿转发")
    st.html(f'<p class="pa-facts">{html_text(told)}</p>')
    show_reach(known)


def _show_copying(label: str, secret: str, makes: str) -> None:
    before, done, failed = map(html_text, (label, say("地址已复制"), say("未能复制地址，请重试")))
    told = f'data-before="{before}" data-done="{done}" data-failed="{failed}"'
    path = f"feeds/subscriptions/{secret}.atom?lang={language()}"
    st.html(
        f'<div><button type="button" class="pa-copy" data-path="{path}" data-makes="{makes}">'
        '<span class="pa-icon" aria-hidden="true" translate="no">rss_feed</span>'
        f'<span aria-live="polite" {told}>{before}</span></button></div>',
        width="content",
    )


def _make(secret: str) -> None:
    def make(shared: Resources) -> None:
        if secret == st.session_state.get(_SECRET):
            return
        st.session_state[_RENEWED] = shared.feed_addresses.made_at(state.owner()) is not None
        shared.feed_addresses.make(state.owner(), secret)
        st.session_state[_SECRET] = secret
        st.session_state.pop(_NEXT, None)
        shared.audit.note(state.who(), Action.SHARED, detail=_SUBJECT)

    state.act(make)


def _withdraw() -> None:
    def withdraw(shared: Resources) -> None:
        shared.feed_addresses.withdraw(state.owner())
        st.session_state.pop(_SECRET, None)
        shared.audit.note(state.who(), Action.UNSHARED, detail=_SUBJECT)

    state.act(withdraw)
