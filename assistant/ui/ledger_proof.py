"""A row of the ledger opened: the words that prove it, and what staff say of it."""

from __future__ import annotations

import streamlit as st

from assistant.days import today
from assistant.ledger.cells import revision_told
from assistant.records.access import Role
from assistant.ui.document import place_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.notice import guarded, notice_html
from assistant.ui.reading import TO_THE_QUOTE, reading_html, show_table_of
from assistant.ui.revising_facts import show_revising
from assistant.ui.signing_in import person
from assistant.ui.sources import document_head
from vectorstore.ledger import FoundFact
from vectorstore.library import PolicyLibrary

_OPENED = "ledger-opened"


def proof_button(found: FoundFact, key: str) -> None:
    """Draw the button that opens a fact's proof over the page; `show_opened` draws that.

    Args:
        found: the fact.
        key: names the button, once on the page.
    """
    st.button(
        say("查看原文"),
        key=key,
        type="tertiary",
        icon=":material/visibility:",
        on_click=_open,
        args=(found,),
    )


def show_opened(library: PolicyLibrary) -> None:
    """Draw the proof that the reader opened, over the page; nothing where none is open.

    Args:
        library: as it stands.
    """
    opened: FoundFact | None = st.session_state.get(_OPENED)
    if opened is not None and opened.document.id in library.by_id:
        st.dialog(say("原文"), width="large", on_dismiss=_close)(_show_proof)(library, opened)


def _open(found: FoundFact) -> None:
    st.session_state[_OPENED] = found


def _close() -> None:
    st.session_state.pop(_OPENED, None)


def _show_proof(library: PolicyLibrary, found: FoundFact) -> None:
    """Draw the words that prove a fact, marked where they stand in the document."""
    document, passage, fact = found.document, found.passage, found.fact
    st.html(
        document_head(document, today())
        + f'<div class="pa-facts" lang="zh-CN">{html_text(place_of(passage))}</div>'
    )
    if told := revision_told(fact):
        st.html(notice_html(tell(told)))
    show_table_of(library, passage)
    text = library.text(document.id)
    shown = reading_html(text, passage, (fact.start, fact.end))
    st.html(shown + TO_THE_QUOTE, unsafe_allow_javascript=True)
    if person().may_change(document.source, library, Role.STAFF):
        with guarded(say("更正")):
            show_revising(found, _close)
