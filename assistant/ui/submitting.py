"""Handing in documents for approval, as the staff do it, and what administrators do with them."""

from __future__ import annotations

import streamlit as st

from assistant.records.access import Role
from assistant.records.audit import Action
from assistant.records.submissions import Submission
from assistant.ui import state
from assistant.ui.choosing_groups import limit_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.upload import Files, begin_ingestion, show_file_form

_IN_HAND = "submission-in-hand"
_MOST_CHARS = 200


def show_submitting(shared: Resources) -> None:
    """Draw the way to hand in documents, and those of one's own that wait.

    Args:
        shared: who takes the files.
    """
    with st.expander(say("提交文件"), icon=":material/upload_file:"):
        show_file_form("submit", say("选择文件（可多选；管理员同意后收录）"), say("提交审核"), _submit)
    own = [one for one in shared.submissions.waiting() if one.who == state.who()]
    if own:
        names = "、".join(one.name for one in own)
        told = html_text(say("等待管理员审核：{names}", names=names))
        st.html(f'<p class="pa-facts" role="status">{told}</p>')
    returned = shared.submissions.returned(state.who())
    for one in returned:
        st.html(notice_html(say("{name} 已退回：{reason}", name=one.name, reason=one.reason)))
    if returned:
        st.button(say("知道了"), key="submissions-known", on_click=_put_away)


def show_submissions(shared: Resources) -> None:
    """Draw the files that wait for this administrator; nothing where none does.

    Args:
        shared: where they wait.
    """
    known = person()
    waiting = [one for one in shared.submissions.waiting() if known.may_decide(one.groups)]
    if not waiting:
        return
    heading = html_text(say("待审核的文件（{count}）", count=len(waiting)))
    st.html(f'<h2 class="pa-sources-head">{heading}</h2>')
    for one in waiting:
        _show_submission(one, one.groups if known.limit is None else one.groups & known.groups)


def _show_submission(one: Submission, groups: frozenset[str]) -> None:
    """Draw a file that waits, whose it will be as far as its reader may know, and the decisions."""
    with st.container(key=f"framed-submission-{one.id}"):
        facts = (one.who, f"{one.at.astimezone():%Y-%m-%d %H:%M}", limit_of(groups))
        st.html(
            f'<span class="pa-label">{html_text(one.name)}</span>'
            f'<div class="pa-facts">{html_text(" · ".join(filter(None, facts)))}</div>'
        )
        with st.container(horizontal=True, key=f"submission-actions-{one.id}"):
            approve, icon = say("同意收录"), ":material/done:"
            st.button(approve, key=f"submission-done-{one.id}", icon=icon, on_click=_decide, args=(one,))
            back, icon = say("退回"), ":material/undo:"
            st.button(
                back, key=f"submission-undo-{one.id}", icon=icon, on_click=_take_in_hand, args=(one.id,)
            )
            st.download_button(
                say("下载原文件"),
                one.file.read_bytes,
                one.name,
                "application/octet-stream",
                key=f"submission-{one.id}",
                icon=":material/download:",
                on_click="ignore",
            )
    if st.session_state.get(_IN_HAND) == one.id:
        st.dialog(say("退回"), on_dismiss=_take_in_hand)(_ask_for_reason)(one)


def _take_in_hand(identity: str = "") -> None:
    st.session_state[_IN_HAND] = identity


def _ask_for_reason(one: Submission) -> None:
    """Draw what is asked before a file is turned away."""
    st.html(f"<p>{html_text(say('退回 {name}，理由将告知提交人。', name=one.name))}</p>")
    reason = st.text_area(say("理由"), key=f"submission-reason-{one.id}", max_chars=_MOST_CHARS)
    if not st.button(say("确定退回"), key="submission-returned", type="primary"):
        return
    if not reason.strip():
        st.html(notice_html(say("请填写退回的理由"), "problem"))
        return
    _take_in_hand()
    state.act(lambda shared: _give_back(shared, one, reason))
    st.rerun()


def _decide(one: Submission) -> None:
    state.act(lambda shared: _approve(shared, one))


def _put_away() -> None:
    state.act(lambda shared: shared.submissions.put_away(state.who()))


def _submit(shared: Resources, files: Files) -> None:
    known = person()
    known.check(Role.STAFF)
    for name, data in files:
        shared.submissions.submit(known.called, name, data, known.groups)
        shared.audit.note(known.called, Action.CHANGED, name, "提交审核")


def _approve(shared: Resources, one: Submission) -> None:
    known = person()
    known.check_decision(one.groups)
    shared.submissions.approve(one, known.limit)
    shared.audit.note(known.called, Action.CHANGED, one.name, f"同意收录（{one.who} 提交）")
    begin_ingestion(shared)


def _give_back(shared: Resources, one: Submission, reason: str) -> None:
    known = person()
    known.check_decision(one.groups)
    shared.submissions.give_back(one, reason)
    shared.audit.note(known.called, Action.CHANGED, one.name, f"退回（{one.who} 提交）：{reason.strip()}")
