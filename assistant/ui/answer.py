"""What belongs to a finished answer: chart, sources, what can be done with it, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import Exchange
from assistant.exporting.copying import copied
from assistant.records.attachments import is_attached
from assistant.types import Answer, Scope, Turn
from assistant.ui import attached, state
from assistant.ui.copy import copy_html
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.exporting import show_export
from assistant.ui.feedback import PERSON, show_feedback_buttons
from assistant.ui.figures import show_charts, show_tables
from assistant.ui.language import language, say, suggested
from assistant.ui.linking import show_link, show_reach
from assistant.ui.notice import guarded
from assistant.ui.sharing import Resources
from assistant.ui.source_list import show_sources
from assistant.ui.subscribing import show_subscribing, watched_of
from vectorstore.library import Seen

_PATIENCE = 1.0


def show_answer(
    shared: Resources,
    exchange: Exchange,
    spoken: Answer,
    said: Sequence[Exchange],
    *,
    link: str,
    latest: bool,
) -> None:
    """Draw what stands below an answer's text; each part that fails leaves the others standing.

    Args:
        shared: what answers, for what may be asked next.
        exchange: the answered exchange.
        spoken: its answer in the reader's language.
        said: the conversation up to it.
        link: what leads a colleague to it already, or "".
        latest: whether nothing was said after it.
    """
    if exchange.answer is None:
        return
    history = state.turns(said[:-1])
    with guarded(say("图表")):
        show_tables(shared.library, exchange, spoken)
        show_charts(spoken)
    with guarded(say("依据")):
        show_sources(shared, exchange.answer, exchange.id)
    with guarded(say("操作")):
        _show_actions(shared, exchange, history, link, latest=latest)
    if latest:
        with guarded(say("后续问题")):
            _show_follow_ups(shared, exchange, history)
    else:
        # Its place, so that it goes at once.
        st.empty()


def _show_actions(
    shared: Resources, exchange: Exchange, history: tuple[Turn, ...], link: str, *, latest: bool
) -> None:
    if exchange.answer is None:
        return
    with st.container(horizontal=True, key=f"actions-{exchange.id}"):
        st.html(copy_html(say("复制"), copied(exchange.answer, language())), width="content")
        show_link(exchange, link)
        if watched := watched_of(shared, exchange):
            show_subscribing(shared, watched, exchange.id)
        show_export(exchange.question, [exchange], exchange.id)
        if latest:
            again, edit = (exchange, exchange.question), (exchange.id,)
            st.button(
                say("重新回答"), key="again", icon=":material/refresh:", on_click=state.ask_again, args=again
            )
            st.button(say("修改问题"), key="edit", icon=":material/edit:", on_click=state.edit, args=edit)
        else:
            # Their places, so that they go at once and nothing takes them.
            st.empty()
            st.empty()
        settings_used = dict(shared.settings_used) | ({PERSON: state.who()} if state.who() else {})
        show_feedback_buttons(shared.feedback, state.owner(), exchange, history, settings_used)
    show_reach(link)


def _show_follow_ups(shared: Resources, exchange: Exchange, history: tuple[Turn, ...]) -> None:
    questions = _follow_ups(exchange.id, shared.library.seen, shared, exchange, history)
    if not questions:
        return
    with st.container(key="follow-ups", gap="xsmall"):
        st.html(f'<div class="pa-panel-label">{html_text(say("可以继续问"))}</div>')
        for position, question in enumerate(questions):
            asked = suggested(question)
            label = markdown_text(asked)
            st.button(label, key=f"follow-{position}", on_click=state.ask, args=(asked,))


@st.cache_data(show_spinner=False, max_entries=200)
def _follow_ups(
    exchange_id: str, seen: Seen, _shared: Resources, _exchange: Exchange, _history: tuple[Turn, ...]
) -> tuple[str, ...]:
    """Return what may be asked next, made once for each exchange and state of what its reader sees."""
    if _exchange.answer is None:
        return ()
    if is_attached(_exchange.scope) and attached.found(_exchange.scope) is None:
        return ()
    # A file that was attached is no longer a limit where it alone is searched.
    scope = Scope() if is_attached(_exchange.scope) else _exchange.scope
    # Others who wait for their answers come before what nobody asked for.
    _shared.ongoing.let_finish(_PATIENCE)
    return _shared.assistant.follow_ups(_exchange.answer, _history, scope)
