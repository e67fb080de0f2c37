"""What the staff found of a citation: the mark beside it, and the form to make one."""

from __future__ import annotations

import streamlit as st

from assistant.records.signoff import Decision, Mark, SignOff
from assistant.types import Answer, Citation
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded

_IN_HAND = "mark-in-hand"
_REMARK_CHARS = 500
_ICONS = {Decision.CHECKED: ":material/verified:", Decision.WRONG: ":material/report:"}


def show_mark(
    sign_off: SignOff, who: str, answer: Answer, citation: Citation, mark: Mark | None, key: str
) -> None:
    """Draw the mark that counts and, for the staff, what makes another one.

    Args:
        sign_off: keeps the marks.
        who: the member of the staff who looks at it.
        answer: the answer that cites.
        citation: one of its citations.
        mark: as `SignOff.marks` gives it for the answer.
        key: names the widgets, once on the page.
    """
    if mark is not None:
        st.html(mark_html(mark))
    icon = ":material/fact_check:" if mark is None else _ICONS[mark.decision]
    label = say("核对") if mark is None else say("更改核对")
    st.button(label, key=f"mark-{key}", type="tertiary", icon=icon, on_click=_take_in_hand, args=(key,))
    if st.session_state.get(_IN_HAND) == key:
        st.dialog(say("核对引用"), on_dismiss=_take_in_hand)(_show_form)(sign_off, who, answer, citation)


def mark_html(mark: Mark) -> str:
    """Return a mark with who made it, when, and why.

    Args:
        mark: what was found.
    """
    day = f"{mark.at.astimezone():%Y-%m-%d %H:%M}"
    line = " · ".join(filter(None, (say(mark.decision.label), mark.marked_by, day)))
    remark = f"：{mark.remark}" if mark.remark else ""
    return f'<div class="pa-sign pa-sign-{mark.decision.value}">{html_text(line + remark)}</div>'


def _show_form(sign_off: SignOff, who: str, answer: Answer, citation: Citation) -> None:
    with guarded(say("核对引用")):
        st.html(f'<blockquote class="pa-passage">{html_text(citation.quote)}</blockquote>')
        known = sign_off.history(answer, citation)
        choices = [Decision.CHECKED, Decision.WRONG, *([Decision.WITHDRAWN] if known else [])]
        with st.form("mark-form", border=False):
            decision = st.radio(say("结论"), choices, format_func=lambda one: say(one.label), horizontal=True)
            remark = st.text_area(say("备注（可不填）"), max_chars=_REMARK_CHARS)
            if st.form_submit_button(say("保存"), type="primary"):
                sign_off.mark(who, answer, citation, decision, remark)
                _take_in_hand()
                st.rerun()
        if known:
            st.caption(say("核对记录"))
            st.html("".join(map(mark_html, reversed(known))))


def _take_in_hand(key: str = "") -> None:
    st.session_state[_IN_HAND] = key
