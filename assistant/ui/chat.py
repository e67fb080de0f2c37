"""The chat page: what was said, the answer that is being made, and the line to ask the next question."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.ui import state
from assistant.ui.message import SCROLL_TO_QUESTION, answer_html, finished_html, question_html
from assistant.ui.notice import guarded, notice_html, problem_line
from assistant.ui.sidebar import show_sidebar
from assistant.ui.state import Exchange, Resources
from assistant.ui.welcome import show_empty_library, show_welcome

_STYLE = Path(__file__).with_name("page.css")
_INPUT = "question"


def show_chat() -> None:
    """Draw the page from top to bottom."""
    st.html(_STYLE)
    _show_heading()
    try:
        shared = state.resources()
    except Exception as error:
        _show_closed(error)
        return
    with guarded("资料库目录"):
        show_sidebar(shared.library)
    with guarded("对话"):
        _show_conversation(shared)
    # Not at the page's own bottom: there Streamlit would scroll to the end of the sources, past the answer.
    with st.container(key="ask"):
        st.chat_input("请输入您的问题", key=_INPUT, on_submit=_submit)


def _show_heading() -> None:
    st.html(
        '<header class="pa-heading" lang="zh-CN"><h1>政策文件问答</h1>'
        "<p>依据资料库中的政策文件作答，每处结论均附原文出处</p></header>"
    )


def _show_closed(error: Exception) -> None:
    st.html(notice_html(problem_line(error, "资料库"), "problem"))
    st.button("重新打开", on_click=state.resources.clear)


def _submit() -> None:
    state.ask(st.session_state[_INPUT] or "")


def _show_conversation(shared: Resources) -> None:
    exchanges = state.conversation()
    if not exchanges:
        if shared.library.documents():
            show_welcome(shared)
        else:
            show_empty_library()
    for position, exchange in enumerate(exchanges):
        with st.chat_message("user", avatar=":material/person:"):
            st.html(question_html(exchange.question))
        with st.chat_message("assistant", avatar=":material/description:"):
            if exchange.open:
                exchange = _answer(shared, exchanges[:position], exchange.question, f"a{position}")
                state.settle(position, exchange)
                st.html(SCROLL_TO_QUESTION, unsafe_allow_javascript=True)
            elif exchange.answer is not None:
                st.html(finished_html(exchange.answer, f"a{position}"))
            else:
                st.html(notice_html(exchange.problem, "problem"))


def _answer(shared: Resources, earlier: tuple[Exchange, ...], question: str, group: str) -> Exchange:
    place = st.empty()
    place.html('<div class="pa-answer pa-waiting" lang="zh-CN" role="status">正在查找依据……</div>')
    try:
        stream = shared.assistant.ask(question, history=state.turns(earlier))
        text = ""
        for piece in stream:
            text += piece
            place.html(answer_html(text))
        answer = stream.answer
    except Exception as error:
        problem = problem_line(error, "回答")
        place.html(notice_html(problem, "problem"))
        return Exchange(question, problem=problem)
    place.html(finished_html(answer, group))
    return Exchange(question, answer)
