"""What the page shows before the first question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.days import today
from assistant.suggesting.suggestions import Example, comparison_questions, example_questions, showcase
from assistant.ui import state
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import say, suggested
from assistant.ui.sharing import Resources

_EXAMPLES = 4
_TRIALS = 12


def show_welcome(shared: Resources) -> None:
    """Draw example questions; a click asks one.

    Args:
        shared: what answers them.
    """
    questions = _answerable(shared, shared.library.generation)
    if not questions:
        return
    st.html(f'<h2 class="pa-welcome">{html_text(say("可以这样提问"))}</h2>')
    for first in range(0, len(questions), 2):
        for position, column in enumerate(st.columns(2), first):
            if position < len(questions):
                _show_example(column, position, questions[position])


def _show_example(place: DeltaGenerator, position: int, question: str) -> None:
    question = suggested(question)
    place.button(
        markdown_text(question),
        key=f"example-{position}",
        on_click=state.ask,
        args=(question,),
        width="stretch",
    )


def show_empty_library() -> None:
    """Say how an empty library is filled."""
    folder = html_text(say("文件夹路径"))
    ways = say("请在“资料库”页上传政策文件，或任选一种方式导入存放政策文件的文件夹：")
    st.html(
        f'<section class="pa-empty"><h2>{html_text(say("资料库中还没有文件"))}</h2>'
        f"<p>{html_text(ways)}</p>"
        f"<ul><li>{html_text(say('随服务一同启动：'))}<code>policy-assistant chat --docs {folder}</code></li>"
        f"<li>{html_text(say('在终端导入：'))}<code>policy-assistant ingest {folder}</code></li></ul>"
        f"<p>{html_text(say('导入完成后刷新本页，即可提问。'))}</p></section>"
    )
    st.button(say("刷新"), key="refresh")


@st.cache_data(show_spinner=False, max_entries=4)
def _answerable(_shared: Resources, generation: int) -> tuple[str, ...]:
    """Return the first example questions that the library answers well, anew for each generation."""
    documents = showcase(_shared.library.documents(), today())

    def good(examples: Iterator[Example]) -> Iterator[str]:
        for example in islice(examples, _TRIALS):
            if example.answered_by(_shared.assistant.ask(example.question, mode="extractive").answer):
                yield example.question

    compared = tuple(islice(good(comparison_questions(documents, _shared.library.passages)), 1))
    single = good(example_questions(documents, _shared.library.passages))
    return (*islice(single, _EXAMPLES - len(compared)), *compared)
