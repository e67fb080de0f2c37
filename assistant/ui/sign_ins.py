"""The administrators' page of who is signed in, and the way to end that."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from assistant.records.access import Role
from assistant.records.audit import Action
from assistant.settings import access_settings
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sharing import Resources, sign_ins
from assistant.ui.signing_in import person


def show_sign_ins() -> None:
    """Draw each person who is signed in, with since when and in how many browsers."""
    st.html(f'<header class="pa-heading"><h1>{html_text(say("登录人员"))}</h1></header>')
    begun: dict[str, list[float]] = {}
    people = {}
    for since, known in sign_ins().listed(access_settings()):
        people[known.owner] = known
        begun.setdefault(known.owner, []).append(since)
    for owner, known in people.items():
        day = f"{datetime.fromtimestamp(min(begun[owner])).astimezone():%Y-%m-%d %H:%M}"
        facts = say("{count} 处登录，自 {when} 起", count=len(begun[owner]), when=day)
        with st.container(horizontal=True, vertical_alignment="center", key=f"framed-sign-in-{owner}"):
            st.html(
                f'<span class="pa-label">{html_text(known.name)}</span>'
                f'<div class="pa-facts">{html_text(known.called)} · {html_text(facts)}</div>'
            )
            st.button(say("结束登录"), key=f"end-{owner}", on_click=_end, args=(owner, known.called))


def _end(owner: str, called: str) -> None:
    state.act(lambda shared: _ended(shared, owner, called))


def _ended(shared: Resources, owner: str, called: str) -> None:
    person().check(Role.ADMINISTRATOR)
    sign_ins().end_all(owner, access_settings())
    shared.audit.note(state.who(), Action.CHANGED, called, "结束登录")
