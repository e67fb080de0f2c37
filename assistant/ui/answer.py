"""A finished answer and what belongs to it: chart, sources, what can be done with it, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.access import Role
from assistant.conversations import Exchange
from assistant.copying import copied
from assistant.series import Series, series_of
from assistant.types import Answer, Turn
from assistant.ui import state
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.exporting import show_export
from assistant.ui.feedback import show_feedback_buttons
from assistant.ui.language import say
from assistant.ui.message import finished_html
from assistant.ui.notice import guarded
from assistant.ui.opened import Source
from assistant.ui.sharing import Resources
from assistant.ui.signing import mark_html, show_mark
from assistant.ui.signing_in import person
from assistant.ui.sources import anchor, source_card

_CHARTS = 3


def show_answer(shared: Resources, exchange: Exchange, said: Sequence[Exchange], *, latest: bool) -> None:
    """Draw an answer; each part that fails leaves the others standing.

    Args:
        shared: what answers, for what may be asked next.
        exchange: the answered exchange.
        said: the conversation up to it.
        latest: whether nothing was said after it.
    """
    answer = exchange.answer
    if answer is None:
        return
    _show_understood(answer)
    st.html(finished_html(answer, exchange.id))
    with guarded(say("图表")):
        for series in series_of(answer.citations)[:_CHARTS]:
            _show_series(series)
    with guarded(say("依据")):
        _show_sources(shared, answer, exchange.id)
    with guarded(say("操作")):
        _show_actions(shared, exchange, said, latest=latest)
    if latest:
        with guarded(say("后续问题")):
            _show_follow_ups(shared, exchange, said)


def _show_understood(answer: Answer) -> None:
    def bare(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    if answer.query and bare(answer.query) != bare(answer.question):
        line = html_text(say("理解为：{query}", query=answer.query))
        st.html(f'<div class="pa-understood">{line}</div>')


def _show_series(series: Series) -> None:
    st.html(f'<div class="pa-panel-label">{html_text(series.name)} [{series.number}]</div>')
    years, values = zip(*series.points, strict=True)
    st.bar_chart(
        {say("年份"): [str(year) for year in years], series.name: values},
        x=say("年份"),
        y=series.name,
        height=200,
        y_label="",
        x_label="",
    )


def _show_sources(shared: Resources, answer: Answer, group: str) -> None:
    if not answer.citations:
        return
    heading = html_text(say("依据（{count}）", count=len(answer.citations)))
    st.html(f'<h3 class="pa-sources-head">{heading}</h3>')
    marks, reader = shared.sign_off.marks(answer), person()
    staff = reader.role >= Role.STAFF
    for citation in answer.citations:
        card, mark = anchor(group, citation.number), marks.get(citation.number)
        with st.container(key=f"framed-{card}"):
            st.html(source_card(citation, group))
            if mark and not staff:
                st.html(mark_html(mark))
            with st.container(horizontal=True, key=f"foot-{card}"):
                _show_opening(Source(answer, citation), card)
                if staff:
                    show_mark(shared.sign_off, reader.owner, answer, citation, mark, card)


def _show_opening(source: Source, card: str) -> None:
    st.button(
        say("在原文中查看"),
        key=f"open-{card}",
        type="tertiary",
        icon=":material/menu_book:",
        on_click=state.open_source,
        args=(source,),
    )


def _show_actions(shared: Resources, exchange: Exchange, said: Sequence[Exchange], *, latest: bool) -> None:
    if exchange.answer is None:
        return
    with st.container(horizontal=True, key=f"actions-{exchange.id}"):
        with st.popover(say("复制"), icon=":material/content_copy:", key=f"copy-{exchange.id}"):
            st.code(copied(exchange.answer), language=None, wrap_lines=True)
        show_export(exchange.question, [exchange], exchange.id)
        if latest:
            again, edit = (exchange, exchange.question), (exchange.id,)
            st.button(
                say("重新回答"), key="again", icon=":material/refresh:", on_click=state.ask_again, args=again
            )
            st.button(say("修改问题"), key="edit", icon=":material/edit:", on_click=state.edit, args=edit)
        history = state.turns(said[:-1])
        show_feedback_buttons(shared.feedback, state.owner(), exchange, history, shared.circumstances)


def _show_follow_ups(shared: Resources, exchange: Exchange, said: Sequence[Exchange]) -> None:
    history = state.turns(said[:-1])
    questions = _follow_ups(exchange.id, shared.library.generation, shared, exchange, history)
    if not questions:
        return
    st.html(f'<div class="pa-panel-label">{html_text(say("可以继续问"))}</div>')
    for position, question in enumerate(questions):
        label = markdown_text(question)
        st.button(label, key=f"follow-{position}", on_click=state.ask, args=(question,))


@st.cache_data(show_spinner=False, max_entries=200)
def _follow_ups(
    exchange_id: str, generation: int, _shared: Resources, _exchange: Exchange, _history: tuple[Turn, ...]
) -> tuple[str, ...]:
    """Return what may be asked next, made once for each exchange and generation of the library."""
    if _exchange.answer is None:
        return ()
    return _shared.assistant.follow_ups(_exchange.answer, _history, _exchange.scope)
