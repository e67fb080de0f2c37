"""What the page shows before the first question."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.suggestions import example_questions, showcase
from assistant.ui import state
from assistant.ui.escaping import markdown_text
from assistant.ui.sharing import Resources

_EXAMPLES = 4


def show_welcome(shared: Resources) -> None:
    """Draw example questions; a click asks one.

    Args:
        shared: what answers them.
    """
    questions = _answerable(shared, shared.library.generation)
    if not questions:
        return
    st.html('<h2 class="pa-welcome" lang="zh-CN">可以这样提问</h2>')
    for first in range(0, len(questions), 2):
        for position, column in enumerate(st.columns(2), first):
            if position < len(questions):
                _show_example(column, position, questions[position])


def _show_example(place: DeltaGenerator, position: int, question: str) -> None:
    place.button(
        markdown_text(question),
        key=f"example-{position}",
        on_click=state.ask,
        args=(question,),
        width="stretch",
    )


def show_empty_library() -> None:
    """Say how an empty library is filled."""
    st.html(
        '<section class="pa-empty" lang="zh-CN"><h2>资料库中还没有文件</h2>'
        "<p>请先导入存放政策文件的文件夹，任选一种方式：</p>"
        "<ul><li>随服务一同启动：<code>make chat DOCS=文件夹路径</code></li>"
        "<li>在终端导入：<code>policy-assistant ingest 文件夹路径</code></li></ul>"
        "<p>导入完成后刷新本页，即可提问。</p></section>"
    )
    st.button("刷新")


@st.cache_data(show_spinner=False, max_entries=4)
def _answerable(_shared: Resources, generation: int) -> tuple[str, ...]:
    """Return the first example questions that the library answers well, anew for each generation."""
    documents = showcase(_shared.library.documents(), datetime.now().astimezone().date())
    questions: list[str] = []
    for example in example_questions(documents, _shared.library.passages):
        if example.answered_by(_shared.assistant.ask(example.question, mode="extractive").answer):
            questions.append(example.question)
        if len(questions) == _EXAMPLES:
            break
    return tuple(questions)
