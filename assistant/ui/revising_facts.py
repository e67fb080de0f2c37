"""What staff say of a fact: that it should read otherwise, or that it was misread; and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.records.audit import Action
from assistant.records.editing import editing
from assistant.ui import state
from assistant.ui.language import say
from assistant.ui.notice import notice_html, problem_line
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from vectorstore.fact_revisions import FactRevision
from vectorstore.languages.language import own_words
from vectorstore.ledger import FoundFact
from vectorstore.revising import FIELDS, texts_of

Said = Callable[[Resources], None]


def show_revising(found: FoundFact, close: Callable[[], None]) -> None:
    """Draw the form that corrects a fact, and the ways to reject it and to take back what was said.

    Args:
        found: the fact.
        close: called once something was said.
    """
    fact, source = found.fact, found.document.source
    said: Said | None = None
    if not fact.rejected:
        with st.expander(say("更正"), key="fact-correct", icon=":material/edit:"):
            said = _form(found)
    with st.container(horizontal=True, key="fact-actions"):
        if not fact.rejected and st.button(say("标为误读"), key="fact-reject", icon=":material/block:"):
            said = partial(_revise, found=found, changes={})
        if fact.revision and st.button(say("撤销更正"), key="fact-withdraw", icon=":material/undo:"):
            said = partial(withdraw, revision_id=fact.revision, source=source, quote=fact.quote)
    if said is None:
        return
    try:
        said(state.shared())
    except Exception as error:
        st.html(notice_html(problem_line(error, own_words("更正")), "problem"))
    else:
        close()
        st.rerun()


def _form(found: FoundFact) -> Said | None:
    """Draw the fields that can be corrected; return what saving them does, once something else is said."""
    fact = found.fact
    known, read = texts_of(fact.statement), texts_of(fact.read)
    with st.form("fact-fields", border=False):
        columns = st.columns(2)
        texts = {
            field: columns[at % 2]
            .text_input(
                say(label), known[field], key=f"fact-{field}-{found.document.id}-{fact.start}-{fact.revision}"
            )
            .strip()
            for at, (field, label) in enumerate(FIELDS[fact.kind].items())
        }
        saved = st.form_submit_button(say("保存更正"), type="primary")
    if not saved or texts == known:
        return None
    changes = {field: text for field, text in texts.items() if text != read[field]}
    if changes:
        return partial(_revise, found=found, changes=changes)
    # All is as it was read: nothing is left to correct.
    return partial(withdraw, revision_id=fact.revision, source=found.document.source, quote=fact.quote)


def _revise(shared: Resources, found: FoundFact, changes: dict[str, str]) -> None:
    """Keep what fields should say; with none, that the fact was misread."""
    fact, source = found.fact, found.document.source
    before = texts_of(fact.statement)
    said = tuple(changes.items())
    revision = FactRevision(source, fact.kind, fact.quote, fact.read, said, not changes, state.who())
    with editing(shared.library, person()) as editor:
        editor.revise(revision, fact.revision)
    told = "；".join(f"{field}：{before[field]}→{text}" for field, text in changes.items())
    shared.audit.note(state.who(), Action.CHANGED, source, f"{told or '标为误读'}｜{fact.quote}")


def withdraw(shared: Resources, revision_id: str, source: str, quote: str) -> None:
    """Take back what was said of a fact.

    Args:
        shared: where it is kept.
        revision_id: names what was said.
        source: the file that states the fact.
        quote: the words that prove it.
    """
    with editing(shared.library, person()) as editor:
        editor.withdraw(revision_id, source)
    shared.audit.note(state.who(), Action.CHANGED, source, f"撤销更正｜{quote}")
