"""The page that a link to an answer opens: what was asked and answered, to be read and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.conversations import Exchange
from assistant.days import today
from assistant.exporting.translating import in_language
from assistant.records.attachments import is_attached
from assistant.records.audit import Action
from assistant.records.rechecking import change_since
from assistant.records.signoff import Mark
from assistant.records.withholding import WITHHELD
from assistant.types import Answer, Citation
from assistant.ui import signing_in
from assistant.ui.escaping import html_text
from assistant.ui.figures import show_charts, show_rows
from assistant.ui.language import language, say
from assistant.ui.message import finished_html, question_html, understood_html
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing import mark_html
from assistant.ui.source_list import source_lines, wanted_in_full
from assistant.ui.sources import source_card

_ADDRESS = "answer"
_NOTED = "link-noted"


def wanted_link() -> str:
    """Return the link that the page's address names, or ""."""
    return st.query_params.get(_ADDRESS, "")


def show_linked(shared: Resources, link: str) -> None:
    """Draw the answer that a link leads to, or one line that it leads nowhere.

    Args:
        shared: where answers are kept.
        link: as the address names it.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("政策文件问答"))}</h1></header>')
    with guarded(say("分享的回答")):
        exchange = shared.links.followed(link)
        if exchange is not None and exchange.answer is None and exchange.problem == WITHHELD:
            # Not even what was asked: it may name what the reader is not to know.
            st.html(notice_html(say(WITHHELD), "problem"))
            return
        if exchange is None or exchange.answer is None:
            st.html(notice_html(say("这个链接不存在或已被撤回，请向分享者索取新的链接"), "problem"))
            return
        _note(shared, exchange)
        _show(shared, exchange, exchange.answer)


def _show(shared: Resources, exchange: Exchange, answer: Answer) -> None:
    spoken = in_language(answer, language())
    moment = (exchange.finished_at or exchange.asked_at).astimezone()
    told = say("同事分享的回答，只读；作答时间：{moment}", moment=f"{moment:%Y-%m-%d %H:%M}")
    st.html(f'<p class="pa-facts">{html_text(told)}</p>')
    with st.chat_message("user", avatar=":material/person:"):
        st.html(question_html(exchange.question))
    with st.chat_message("assistant", avatar=":material/description:"):
        st.html(understood_html(spoken) + finished_html(spoken, exchange.id, latest=True))
        with guarded(say("图表")):
            show_rows(shared.library, exchange, spoken)
            show_charts(spoken)
        if answer.citations:
            with guarded(say("依据")):
                _show_sources(shared, exchange, spoken, shared.sign_off.marks(answer))


def _show_sources(shared: Resources, exchange: Exchange, spoken: Answer, marks: Mapping[int, Mark]) -> None:
    changes = {one.number: _change(shared, exchange, one) for one in spoken.citations}
    if not wanted_in_full(len(spoken.citations), exchange.id):
        st.html(source_lines(spoken.citations, marks, exchange.id, changes))
        return
    for citation in spoken.citations:
        number = citation.number
        with st.container(key=f"framed-linked-{number}"):
            st.html(_card(citation, changes[number], marks.get(number), exchange.id))


def _change(shared: Resources, exchange: Exchange, citation: Citation) -> str:
    if is_attached(exchange.scope):
        return say("引自提问时所附的文件，资料库中没有该文件")
    return change_since(shared.library, citation, today())


def _card(citation: Citation, change: str, mark: Mark | None, group: str) -> str:
    return (
        source_card(citation, group)
        + (notice_html(change) if change else "")
        + (mark_html(mark) if mark else "")
    )


def _note(shared: Resources, exchange: Exchange) -> None:
    """Let the log tell once who opened it."""
    if st.session_state.get(_NOTED) != exchange.id:
        st.session_state[_NOTED] = exchange.id
        shared.audit.note(signing_in.person().called, Action.OPENED, exchange.id, exchange.question)
