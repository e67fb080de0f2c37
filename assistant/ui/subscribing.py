"""Subscribing to an answer or to a filter of the ledger at one click, and ending that at another."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assistant.conversations import Exchange
from assistant.days import today
from assistant.records.attachments import is_attached
from assistant.records.audit import Action
from assistant.records.scoping import scope_of
from assistant.subscribing.told import subject
from assistant.subscribing.watched import Watched, WatchedQuestion
from assistant.ui import state
from assistant.ui.language import say
from assistant.ui.sharing import Resources
from vectorstore.languages.language import Language


def show_subscribing(shared: Resources, watched: Watched, key: str) -> None:
    """Draw the button that subscribes, or the one that ends a subscription.

    Args:
        shared: where subscriptions are kept.
        watched: what is asked again.
        key: names the button, once on the page.
    """
    known = shared.subscriptions.made(state.owner()).get(watched, "")
    if known:
        st.button(
            say("取消订阅"),
            key=f"unsubscribe-{key}",
            icon=":material/notifications_off:",
            on_click=_end,
            args=(known, watched),
        )
        return
    st.button(
        say("订阅"),
        key=f"subscribe-{key}",
        icon=":material/notifications:",
        help=say("资料库更新后自动重新核对，有变化时在“我的订阅”页列出"),
        on_click=_begin,
        args=(watched,),
    )


def watched_of(shared: Resources, exchange: Exchange) -> WatchedQuestion | None:
    """Return what is asked again for an answer; None where it is of a file that the library does not hold.

    Args:
        shared: where the documents are.
        exchange: the answered exchange.
    """
    if exchange.answer is None or is_attached(exchange.scope):
        return None
    watched = WatchedQuestion(exchange.question, exchange.answer.query)
    if not exchange.scope.documents:
        return watched
    documents, choice = shared.library.documents(), state.choice()
    limits = set(choice.documents or exchange.scope.documents)
    sources = tuple(sorted(one.source for one in documents if one.id in limits))
    if scope_of(choice, documents, today()) == exchange.scope:
        # What comes later and fits is asked, too.
        return replace(
            watched, choice=replace(choice, documents=()), sources=sources if choice.documents else ()
        )
    return replace(watched, sources=sources) if sources else None


def _begin(watched: Watched) -> None:
    def begin(shared: Resources) -> None:
        identity = shared.checking.subscribe(state.owner(), watched, today())
        shared.audit.note(state.who(), Action.SUBSCRIBED, identity, subject(watched, Language.SIMPLIFIED))

    state.act(begin)


def _end(subscription_id: str, watched: Watched) -> None:
    def end(shared: Resources) -> None:
        shared.subscriptions.delete(state.owner(), subscription_id)
        told = subject(watched, Language.SIMPLIFIED)
        shared.audit.note(state.who(), Action.UNSUBSCRIBED, subscription_id, told)

    state.act(end)
