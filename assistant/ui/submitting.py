"""Handing in documents for approval, as the staff do it, and what administrators do with them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.records.access import Role
from assistant.records.audit import Action
from assistant.records.submissions import Submission
from assistant.ui import state
from assistant.ui.choosing_groups import limit_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.upload import Files, show_file_form


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


def show_submissions(shared: Resources) -> None:
    """Draw the files that wait for an administrator; nothing where none does.

    Args:
        shared: where they wait.
    """
    waiting = shared.submissions.waiting()
    if not waiting:
        return
    heading = html_text(say("待审核的文件（{count}）", count=len(waiting)))
    st.html(f'<h2 class="pa-sources-head">{heading}</h2>')
    for one in waiting:
        with st.container(key=f"framed-submission-{one.id}"):
            whom = limit_of(one.groups)
            facts = f"{one.who} · {one.at.astimezone():%Y-%m-%d %H:%M}" + (f" · {whom}" if whom else "")
            st.html(
                f'<span class="pa-label">{html_text(one.name)}</span>'
                f'<div class="pa-facts">{html_text(facts)}</div>'
            )
            with st.container(horizontal=True, key=f"submission-actions-{one.id}"):
                _show_decision(say("同意收录"), "done", one, _approve)
                _show_decision(say("退回"), "undo", one, _give_back)
                st.download_button(
                    say("下载原文件"),
                    one.file.read_bytes,
                    one.name,
                    "application/octet-stream",
                    key=f"submission-{one.id}",
                    icon=":material/download:",
                    on_click="ignore",
                )


def _show_decision(
    label: str, icon: str, one: Submission, decide: Callable[[Resources, Submission], None]
) -> None:
    key = f"submission-{icon}-{one.id}"
    st.button(label, key=key, icon=f":material/{icon}:", on_click=_decide, args=(one, decide))


def _decide(one: Submission, decide: Callable[[Resources, Submission], None]) -> None:
    state.act(lambda shared: decide(shared, one))


def _submit(shared: Resources, files: Files) -> None:
    person().check(Role.STAFF)
    for name, data in files:
        shared.submissions.submit(state.who(), name, data, person().groups)
        shared.audit.note(state.who(), Action.CHANGED, name, "提交审核")


def _approve(shared: Resources, one: Submission) -> None:
    person().check(Role.ADMINISTRATOR)
    shared.submissions.approve(one)
    shared.audit.note(state.who(), Action.CHANGED, one.name, f"同意收录（{one.who} 提交）")
    shared.uploads.ingest()


def _give_back(shared: Resources, one: Submission) -> None:
    person().check(Role.ADMINISTRATOR)
    shared.submissions.give_back(one)
    shared.audit.note(state.who(), Action.CHANGED, one.name, f"退回（{one.who} 提交）")
