"""What readers think of an answer: their buttons below it, and the administrators' page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import streamlit as st

from assistant.conversations import Exchange
from assistant.records.feedback import Feedback, FeedbackBook, Filter, Opinion, Reason
from assistant.records.question_file import question_file
from assistant.types import Turn
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.message import answer_html

_REASONS = tuple(reason for reason in Reason if reason is not Reason.NONE)
_AT_ONCE = 50
PERSON = "人员"
"""Among the settings kept with an opinion: who gave it."""
_WORDS_CHARS = 500


def show_feedback_buttons(
    book: FeedbackBook,
    owner: str,
    exchange: Exchange,
    history: Sequence[Turn],
    settings_used: Mapping[str, str],
) -> None:
    """Draw what a reader says of an answer, or said.

    Args:
        book: takes it.
        owner: the reader.
        exchange: the answered exchange.
        history: the conversation before it, oldest first.
        settings_used: name of a setting → its value now, for whoever reads the feedback.
    """
    given = book.given(owner, [exchange.id]).get(exchange.id)
    opinion = _chosen_opinion(exchange.id) if given is None else None
    if opinion is not None:
        book.give(owner, exchange, opinion, tuple(history), settings_used)
        st.rerun()
    if given is not None:
        key = f"feedback-back-{exchange.id}"
        help_ = say("撤回反馈")
        if st.button(
            say("已反馈：") + told(given), key=key, type="tertiary", icon=":material/undo:", help=help_
        ):
            book.take_back(owner, exchange.id)
            st.rerun()


def _chosen_opinion(exchange_id: str) -> Opinion | None:
    """Draw the two buttons; return what the reader just said, if anything."""
    if st.button(say("有用"), key=f"feedback-useful-{exchange_id}", icon=":material/thumb_up:"):
        return Opinion(True)
    key = f"feedback-useless-{exchange_id}"
    with st.popover(say("没用"), key=key, icon=":material/thumb_down:"), st.form(f"{key}-form", border=False):
        reason = st.pills(say("原因"), _REASONS, format_func=lambda one: say(one.label))
        words = st.text_area(say("补充说明（可不填）"), max_chars=_WORDS_CHARS, height=68)
        st.caption(say("问题、回答和此前的对话会一并提供给管理员"))
        if st.form_submit_button(say("提交"), type="primary"):
            return Opinion(False, reason or Reason.NONE, words)
    return None


def show_feedback(book: FeedbackBook, today: date) -> None:
    """Draw the administrators' page: all feedback, to be filtered, read and taken along for `evaluate`.

    Args:
        book: where it is kept.
        today: no later feedback can be asked for.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("用户反馈"))}</h1></header>')
    chosen = _chosen(today)
    found = book.listed(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{html_text(say("共 {count} 条反馈", count=len(found)))}</p>')
        st.download_button(
            say("导出为评测问题"),
            lambda: question_file(found),
            f"feedback-{today:%Y%m%d}.jsonl",
            "application/jsonl",
            key="feedback-export",
            icon=":material/download:",
            disabled=not found,
            on_click="ignore",
            help=say("每行一题，可用 policy-assistant evaluate 评测；“没用”的题请先补充正确答案"),
        )
    for given in found[:_AT_ONCE]:
        _show_one(given)
    if len(found) > _AT_ONCE:
        st.caption(say("只显示最近 {count} 条，其余请缩小范围或导出查看", count=_AT_ONCE))


def _chosen(today: date) -> Filter:
    kinds = {say("全部"): None, say("有用"): True, say("没用"): False}
    with st.container(horizontal=True):
        kind = st.segmented_control(say("评价"), list(kinds), default=say("全部"), key="feedback-kind")
        since = st.date_input(
            say("起始日期"), None, max_value=today, format="YYYY-MM-DD", key="feedback-since"
        )
    reasons = st.pills(
        say("原因"),
        _REASONS,
        selection_mode="multi",
        format_func=lambda one: say(one.label),
        key="feedback-reasons",
    )
    query = st.text_input(say("搜索问题、回答和说明"), key="feedback-query", icon=":material/search:")
    begin = datetime.combine(since, time.min).astimezone() if isinstance(since, date) else None
    return Filter(kinds.get(kind or ""), tuple(reasons), begin, query.strip())


def _show_one(given: Feedback) -> None:
    with st.container(border=True):
        st.html(_head_html(given))
        with st.expander(say("回答、依据与设置")):
            st.html(details_html(given))


def told(opinion: Opinion) -> str:
    """Return an opinion as readers and administrators read it.

    Args:
        opinion: what was said.
    """
    reason = "" if opinion.reason is Reason.NONE else f"（{say(opinion.reason.label)}）"
    return say("有用") if opinion.useful else say("没用") + reason


def _head_html(given: Feedback) -> str:
    moment = f"{given.at.astimezone():%Y-%m-%d %H:%M}"
    facts = " · ".join(
        filter(None, (told(given.opinion), given.settings_used.get(PERSON, given.owner), moment))
    )
    words = f"<p>{html_text(given.opinion.words)}</p>" if given.opinion.words else ""
    question = html_text(given.answer.question)
    return f'<p><strong>{question}</strong></p><p class="pa-facts">{html_text(facts)}</p>{words}'


def details_html(given: Feedback) -> str:
    """Return what an opinion is about: the conversation before, the answer, its sources, the settings.

    Args:
        given: the opinion, with all that.
    """
    answer = given.answer
    way = say("由模型撰写") if answer.mode == "model" else say("摘录原文")
    history = [f"{_speaker(turn)}：{turn.content}" for turn in given.history]
    sources = [f"[{one.number}] {one.label}（{one.standing_words}）：{one.quote}" for one in answer.citations]
    settings = [way, *(f"{name}：{value}" for name, value in given.settings_used.items())]
    parts = (
        (say("此前的对话"), _lines_html(history)),
        (say("回答"), answer_html(answer.text, statements=answer.statements)),
        (say("提示"), _lines_html(answer.notices)),
        (say("依据"), _lines_html(sources)),
        (say("设置"), _lines_html(settings)),
    )
    return "".join(
        f'<div class="pa-panel-label">{html_text(name)}</div><div class="pa-kept">{body}</div>'
        for name, body in parts
        if body
    )


def _speaker(turn: Turn) -> str:
    return say("问") if turn.role == "user" else say("答")


def _lines_html(lines: Sequence[str]) -> str:
    return "".join(f"<p>{html_text(line)}</p>" for line in lines)
