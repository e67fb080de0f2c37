"""The chat page: what was said, the answer that is being made, and the line to ask the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.conversations import Exchange
from assistant.exporting.translating import in_language, line_in_language, spoken_with
from assistant.records.attachments import is_attached
from assistant.records.ongoing import Progress
from assistant.ui import attached, state
from assistant.ui.answer import show_answer
from assistant.ui.answering import answering
from assistant.ui.asking import show_asking
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from assistant.ui.message import finished_html, progress_html, question_html, to_latest, understood_html
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.source_panel import show_source_panel
from assistant.ui.versions import show_versions, shown_version
from assistant.ui.ways import better_ways
from assistant.ui.welcome import show_empty_library, show_welcome
from vectorstore.languages.language import Language

_AT_ONCE = 8
_DRAWN = "exchanges-drawn"


def show_chat(shared: Resources) -> None:
    """Draw the page from top to bottom.

    Args:
        shared: what answers, and where conversations are kept.
    """
    _show_heading()
    conversation = st.container(key="conversation")
    if not state.conversation_id():
        conversation = _new_page(conversation)
    line = state.problem()
    if line:
        st.html(notice_html(line, "problem"))
    with guarded(say("提问")):
        show_asking(shared)
    show_source_panel(shared)
    # Last, as it may wait for an answer: all else is in sight by then.
    with conversation, guarded(say("对话")):
        _show_conversation(shared)


def _new_page(conversation: DeltaGenerator) -> DeltaGenerator:
    """Take away what an earlier conversation left on the page, at once: its reader types already."""
    with conversation:
        welcome = st.container()
        for _ in range(1 + st.session_state.pop(_DRAWN, 0)):
            st.empty()
    return welcome


def _show_heading() -> None:
    st.html(
        f'<header class="pa-heading"><h1>{html_text(say("政策文件问答"))}</h1>'
        f"<p>{html_text(say('依据资料库中的政策文件作答，每处结论均附原文出处'))}</p></header>"
    )


def _show_conversation(shared: Resources) -> None:
    said = state.exchanges(shared)
    # Each part has its place in every run: what moves is drawn anew, and what is gone stays until the end.
    if said:
        st.empty()
    else:
        with st.container():
            if shared.library.documents():
                show_welcome(shared)
            else:
                show_empty_library()
    first = 0 if state.all_shown() else max(len(said) - _AT_ONCE, 0)
    if first:
        label = say("显示更早的 {count} 组问答", count=first)
        st.button(label, key="earlier", icon=":material/expand_less:", on_click=state.show_all)
    else:
        st.empty()
    # Asked once for all answers that are drawn.
    links = shared.links.made(state.conversation_id())
    st.session_state[_DRAWN] = len(said) - first
    for position, exchange in enumerate(said[first:], first):
        with st.container(key=f"exchange-{position}"):
            _show_exchange(shared, exchange, said[:position], links, latest=position == len(said) - 1)


def _show_exchange(
    shared: Resources,
    exchange: Exchange,
    earlier: Sequence[Exchange],
    links: Mapping[str, str],
    *,
    latest: bool,
) -> None:
    changed = latest and state.edited() == exchange.id
    _show_question(exchange, changed=changed)
    place = st.empty()
    if exchange.open or changed:
        place.html(to_latest(exchange), unsafe_allow_javascript=True)
    message = st.chat_message("assistant", avatar=":material/description:")
    with message:
        # What has been answered is drawn once: emptied first, it would flicker over a slow line.
        versions, text, stop = [st.empty() if exchange.open else message for _ in range(3)]
        if exchange.open:
            exchange = _answered(shared, exchange, earlier, text, stop)
        shown = shown_version(shared, exchange)
        if exchange.earlier:
            with versions.container():
                show_versions(exchange, shown)
        else:
            versions.empty()
        if shown.answer is None:
            line = shown.problem or say("回答未能保存，请刷新页面或重新提问")
            text.html(notice_html(line, "problem"))
            stop.empty()
            if latest:
                _offer_again(exchange)
            return
        spoken = in_language(shown.answer, language())
        ways = better_ways(shown.answer.query or shown.question)
        text.html(understood_html(spoken) + finished_html(spoken, shown.id, latest=latest) + ways)
        stop.empty()
        last = latest and shown is exchange
        answered = attached.answering(shared, shown.scope)
        link = links.get(shown.id, "")
        show_answer(answered, shown, spoken, (*earlier, shown), link=link, latest=last)


def _show_question(exchange: Exchange, *, changed: bool) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        if not changed:
            st.html(question_html(exchange.question))
            return
        with st.form(f"edit-{exchange.id}", border=False):
            wording = st.text_area(say("修改问题"), exchange.question, max_chars=1000)
            with st.container(horizontal=True):
                sent = st.form_submit_button(say("发送"), type="primary")
                cancelled = st.form_submit_button(say("取消"))
        if cancelled or (sent and not wording.strip()):
            state.edit("")
            st.rerun()
        if sent:
            state.ask_again(exchange, wording)
            st.rerun()


def _answered(
    shared: Resources,
    exchange: Exchange,
    earlier: Sequence[Exchange],
    text: DeltaGenerator,
    stop: DeltaGenerator,
) -> Exchange:
    """Show an answer while it is made, and return the exchange as it was kept."""
    waiting = html_text(say("正在阅读所附文件……") if is_attached(exchange.scope) else say("正在查找依据……"))
    text.html(f'<div class="pa-answer pa-waiting" role="status">{waiting}</div>')
    # Before the button is there: a click finds what it stops.
    ongoing = answering(shared, exchange, earlier)
    if ongoing is not None:
        # A click interrupts this run of the script; the next one finds the answer stopped and kept.
        stop.button(
            say("停止"),
            key=f"stop-{exchange.id}",
            icon=":material/stop_circle:",
            on_click=shared.ongoing.stop,
            args=(exchange.id,),
        )
        for number, progress in enumerate(ongoing.progress()):
            # What comes in one piece is read from its beginning.
            spoken = replace(progress, text=_spoken(exchange, progress))
            text.html(progress_html(spoken, growing=number > 0))
        stop.empty()
    return next((kept for kept in state.exchanges(shared) if kept.id == exchange.id), exchange)


def _spoken(exchange: Exchange, progress: Progress) -> str:
    """Return an answer so far in the reader's language; one that is checked changes when it is whole."""
    wanted = spoken_with(exchange.question, language())
    if progress.statements or wanted is Language.SIMPLIFIED:
        return progress.text
    return "\n".join(line_in_language(line, wanted) for line in progress.text.split("\n"))


def _offer_again(exchange: Exchange) -> None:
    args = (exchange, exchange.question)
    st.button(say("重新回答"), key="again", icon=":material/refresh:", on_click=state.ask_again, args=args)
