"""What the page shows before the first question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.days import today
from assistant.suggesting.suggestions import (
    SORTS,
    Example,
    comparison_questions,
    example_questions,
    place_name,
    showcase,
)
from assistant.ui import state
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import language, say, suggested
from assistant.ui.sharing import Resources
from vectorstore.languages.language import Language
from vectorstore.library import Seen
from vectorstore.types import PolicyDocument

_EXAMPLES = 4
# Of each sort.
_TRIALS = 6
_PLACES = 3


def show_welcome(shared: Resources) -> None:
    """Draw what is in the library, what can be asked, and example questions; a click asks one.

    Args:
        shared: what answers them.
    """
    lines = (
        _contents(shared.library.documents()),
        say("可以：查数字、列清单、问条件、比较两地或新旧文件、看文件是否有效。"),
        say("不能：回答资料库以外的内容，也不作预测和评价；找不到依据时会直接说明。"),
    )
    st.html(f'<div class="pa-about">{"".join(f"<p>{html_text(line)}</p>" for line in lines)}</div>')
    questions = _answerable(shared, shared.library.seen)
    if not questions:
        return
    st.html(f'<h2 class="pa-welcome">{html_text(say("可以这样提问"))}</h2>')
    with st.container(key="examples", gap="xsmall"):
        for first in range(0, len(questions), 2):
            for position, column in enumerate(st.columns(2, gap="xsmall"), first):
                if position < len(questions):
                    _show_example(column, position, questions[position])


def _contents(documents: Sequence[PolicyDocument]) -> str:
    """Return how many documents there are, of which places, and how new they are."""
    places = [place for place, _ in Counter(filter(None, map(place_name, documents))).most_common()]
    days = [one.issued_on for one in documents if one.issued_on and one.issued_on <= today()]
    parts = [say("资料库现有 {count} 份文件", count=len(documents))]
    named = suggested("、".join(places[:_PLACES]))
    if len(places) > _PLACES:
        parts.append(say("涉及{places}等 {count} 个地区", places=named, count=len(places)))
    elif places:
        parts.append(say("涉及{places}", places=named))
    if days:
        newest = max(days)
        told = say("{year}年{month}月{day}日", year=newest.year, month=newest.month, day=newest.day)
        parts.append(say("最新一份发布于{day}", day=told))
    return ", ".join(parts) + "." if language() is Language.ENGLISH else "，".join(parts) + "。"


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


@st.cache_data(show_spinner=False, max_entries=32)
def _answerable(_shared: Resources, seen: Seen) -> tuple[str, ...]:
    """Return the first example questions that the library answers well, anew for each state of it."""
    documents = showcase(_shared.library.documents(), today())

    def good(examples: Iterable[Example]) -> Iterator[str]:
        for example in islice(examples, _TRIALS):
            if example.answered_by(_shared.assistant.ask(example.question, mode="extractive").answer):
                yield example.question

    examples = tuple(example_questions(documents, _shared.library.passages))
    found = [
        question
        for kinds in SORTS
        for question in islice(good(one for one in examples if one.kind in kinds), 1)
    ]
    found += islice(good(comparison_questions(documents, _shared.library.passages)), 1)
    others = good(one for one in examples if one.question not in found)
    return (*found, *islice(others, _EXAMPLES - len(found)))
