"""The page of a reader's subscriptions: what is asked again, when it last was, and what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.days import today
from assistant.records.audit import Action
from assistant.records.filing import UNDO
from assistant.records.subscription import Subscription
from assistant.subscribing.told import limits, subject
from assistant.subscribing.watched import WatchedFacts, WatchedQuestion
from assistant.ui import asking, state
from assistant.ui.escaping import html_text
from assistant.ui.feed_address import show_feed_address
from assistant.ui.language import language, say
from assistant.ui.ledger_filters import show_filter
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.subscription_changes import show_opened, show_reports
from vectorstore.errors import PolicyError
from vectorstore.languages.language import Language
from vectorstore.library import PolicyLibrary

_DELETED = "subscription-deleted"
_LOOK_AGAIN = "2s"


@dataclass(frozen=True, slots=True)
class _Deleted:
    id: str
    at: datetime


def title_of_page(shared: Resources) -> str:
    """Return what the page is called in the navigation: with how much its reader has not seen."""
    try:
        unread = shared.subscriptions.unread(state.owner())
    except PolicyError:
        # The page itself says what is wrong.
        unread = 0
    return say("我的订阅（{count}）", count=unread) if unread else say("我的订阅")


def show_subscriptions(shared: Resources, ledger: StreamlitPage) -> None:
    """Draw the page.

    Args:
        shared: where subscriptions are kept.
        ledger: the page of the ledger, for filters to lead to.
    """
    st.html(
        f'<header class="pa-heading"><h1>{html_text(say("我的订阅"))}</h1>'
        f"<p>{html_text(say('资料库更新后自动重新核对，只比较原文和事实，不经模型'))}</p></header>"
    )
    if line := state.problem():
        st.html(notice_html(line, "problem"))
    with guarded(say("订阅")):
        _show_undo(shared)
        found = shared.subscriptions.listed(state.owner())
        if not found:
            nothing = say("还没有订阅。在回答下方或“台账”页点“订阅”，资料库更新后有变化会列在这里。")
            st.html(f'<p class="pa-empty">{html_text(nothing)}</p>')
            return
        # Asked of one state of the library, as its proofs are drawn.
        library = shared.library.pinned()
        _show_waiting(shared)
        _show_all_read(shared, found)
        for one in _wanted_first(found):
            with st.container(key=f"framed-subscription-{one.id}"):
                _show(shared, library, one, ledger)
        show_opened(library)
    with guarded(say("订阅地址")):
        show_feed_address(shared)


def _wanted_first(found: tuple[Subscription, ...]) -> list[Subscription]:
    """Return the subscriptions, the one that an entry of the feed leads to before the others."""
    wanted = st.query_params.get("subscription", "")
    return sorted(found, key=lambda one: one.id != wanted)


def _show_waiting(shared: Resources) -> None:
    """Say that subscriptions are being asked, and draw the page anew when that is done."""
    if not shared.noticing.working and not shared.checking.due(today()):
        return

    @st.fragment(run_every=_LOOK_AGAIN)
    def wait() -> None:
        if not shared.noticing.working:
            shared.noticing.notice(today())
            if not shared.noticing.working:
                st.rerun()
        st.html(f'<p class="pa-facts" role="status">{html_text(say("正在核对……"))}</p>')

    wait()


def _show_all_read(shared: Resources, found: tuple[Subscription, ...]) -> None:
    unread = sum(one.unread for one in found)
    told = say("共 {count} 项订阅，{unread} 次变化未读", count=len(found), unread=unread)
    with st.container(horizontal=True, vertical_alignment="center", key="subscriptions-head"):
        st.html(f'<p class="pa-facts" role="status">{html_text(told)}</p>')
        if unread:
            _button(say("全部标为已读"), "read-all", "done_all", _mark_read, "")


def _show(shared: Resources, library: PolicyLibrary, one: Subscription, ledger: StreamlitPage) -> None:
    st.html(head_html(one, language()))
    if one.problem:
        st.html(notice_html(one.problem))
    if one.reports:
        show_reports(library, one)
    with st.container(horizontal=True, key=f"actions-{one.id}"):
        if isinstance(one.watched, WatchedQuestion):
            _button(say("重新提问"), f"ask-{one.id}", "forum", _ask, one.watched)
        elif st.button(
            say("在台账中查看"), key=f"subscription-ledger-{one.id}", icon=":material/table_chart:"
        ):
            show_filter(one.watched.wanted, library.ledger)
            st.switch_page(ledger)
        if one.unread:
            _button(say("标为已读"), f"read-{one.id}", "done", _mark_read, one.id)
        if one.paused:
            _button(say("继续"), f"pause-{one.id}", "play_arrow", _pause, one.id, False)
        else:
            _button(say("暂停"), f"pause-{one.id}", "pause", _pause, one.id, True)
        _button(say("删除"), f"delete-{one.id}", "delete", _delete, one)


def head_html(one: Subscription, wanted: Language) -> str:
    """Return what heads a subscription: what it asks, since when, and when and of what it was last asked.

    Args:
        one: the subscription.
        wanted: the reader's language.
    """
    begun, checked = one.made_at.astimezone(), one.checked_at.astimezone()
    kind = say("台账") if isinstance(one.watched, WatchedFacts) else say("问题")
    asked = subject(one.watched, wanted)
    limited = limits(one.watched, wanted)
    facts = [
        say("范围：{chosen}", chosen=limited) if limited else "",
        say("{day} 起订阅", day=f"{begun:%Y-%m-%d}"),
        say(
            "最近核对 {moment}，资料库第 {generation} 次更新后",
            moment=f"{checked:%Y-%m-%d %H:%M}",
            generation=one.state[1],
        ),
        _held(one),
        "" if one.reports else say("没有变化"),
        say("已暂停，继续后一并列出其间的变化") if one.paused else "",
    ]
    line = html_text(" · ".join(filter(None, facts)))
    return (
        f'<div class="pa-card-head"><span class="pa-badge">{html_text(kind)}</span>'
        f'<h2 class="pa-label" lang="zh-CN">{html_text(asked)}</h2></div><div class="pa-facts">{line}</div>'
    )


def _held(one: Subscription) -> str:
    if one.proofs:
        return say("现有依据 {count} 处", count=len(one.proofs))
    facts = isinstance(one.watched, WatchedFacts)
    return say("没有符合条件的内容") if facts else say("资料库目前没有答案")


def _button(label: str, key: str, icon: str, action: object, *args: object) -> None:
    st.button(
        label,
        key=f"subscription-{key}",
        icon=f":material/{icon}:",
        on_click=action,  # type: ignore[arg-type]
        args=args,
    )


def _mark_read(subscription_id: str) -> None:
    state.act(lambda shared: shared.subscriptions.mark_read(state.owner(), subscription_id))


def _pause(subscription_id: str, paused: bool) -> None:
    state.act(lambda shared: shared.subscriptions.pause(state.owner(), subscription_id, paused))


def _ask(watched: WatchedQuestion) -> None:
    def ask(shared: Resources) -> None:
        documents = tuple(one.id for one in shared.library.documents() if one.source in watched.sources)
        state.open_conversation("")
        asking.limit_to(replace(watched.choice, documents=documents))

    state.act(ask)
    state.ask(watched.query)


def _delete(one: Subscription) -> None:
    def delete(shared: Resources) -> None:
        shared.subscriptions.delete(state.owner(), one.id)
        st.session_state[_DELETED] = _Deleted(one.id, datetime.now(UTC))
        told = subject(one.watched, Language.SIMPLIFIED)
        shared.audit.note(state.who(), Action.UNSUBSCRIBED, one.id, told)

    state.act(delete)


def _show_undo(shared: Resources) -> None:
    """Draw the line that brings back what was deleted last, for as long as that can be done."""
    deleted: _Deleted | None = st.session_state.get(_DELETED)
    if deleted is None or datetime.now(UTC) - deleted.at > UNDO:
        return
    with st.container(horizontal=True, key="history-undo-subscription", vertical_alignment="center"):
        st.html(f'<p role="status">{html_text(say("已删除 1 项订阅"))}</p>', width="content")
        st.button(
            say("撤销"),
            key="subscription-undo",
            type="tertiary",
            icon=":material/undo:",
            on_click=partial(_bring_back, deleted.id),
        )


def _bring_back(subscription_id: str) -> None:
    st.session_state.pop(_DELETED, None)
    state.act(lambda shared: shared.subscriptions.bring_back(state.owner(), subscription_id))
