"""The line to ask in, and beside it what the search is limited to."""

from __future__ import annotations

import streamlit as st

from assistant.records.scoping import Choice
from assistant.suggesting.suggestions import short_title
from assistant.ui import attached, state
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import say
from assistant.ui.sharing import Resources
from assistant.ui.staged import hand_in
from vectorstore.types import PolicyDocument

_INPUT = "question"
_REGIONS = "scope-regions"
_DOCUMENTS = "scope-documents"
_IN_FORCE = "scope-in-force"
_YEARS = "scope-years"
_PLANS = (1990, 2060)
_FOCUS = "to-question"
# Where the opened source covers the page, it makes room; on a page just come to, the line is yet to be drawn.
_TO_THE_LINE = (
    "<script>if(matchMedia('(max-width: 900px)').matches)"
    "(document.querySelector('.st-key-source-close-all button')??"
    "document.querySelector('.st-key-source-close button'))?.click();"
    "let tries=50;const focus=()=>{const line=document.querySelector('[data-testid=stChatInputTextArea]');"
    "if(line)line.focus();else if(tries--)setTimeout(focus,100)};focus()</script>"
)


def show_asking(shared: Resources) -> None:
    """Draw the line to ask in, kept in sight.

    Args:
        shared: whose documents can be chosen.
    """
    # Not at the page's own bottom: there Streamlit would scroll to the end of the sources, past the answer.
    with st.container(key="ask"):
        documents = shared.library.documents()
        attachment = attached.asked()
        if attachment is not None:
            _show_attachment(attachment.name)
        elif len(documents) > 1:
            _show_scope(documents)
        end = html_text(say("回到底部"))
        st.html(f'<button type="button" class="pa-to-end" hidden>{end}</button>')
        several = attachment is None and len(documents) > 1
        asking = say("请输入您的问题，键入 @ 可指定文件") if several else say("请输入您的问题")
        st.chat_input(asking, key=_INPUT, accept_file=True, on_submit=_submit)
        if st.session_state.pop(_FOCUS, False):
            st.html(_TO_THE_LINE, unsafe_allow_javascript=True)


def ask_about(document_id: str) -> None:
    """Limit the next questions to a document, and lead to the line to ask in.

    Args:
        document_id: the document's id.
    """
    attached.detach()
    several = len(state.shared().library.documents()) > 1
    limit_to(Choice(documents=(document_id,)) if several else Choice())
    st.session_state[_FOCUS] = True
    state.go_to_chat()


def limit_to(chosen: Choice) -> None:
    """Limit the next questions, and let the choices below the line to ask in say so.

    Args:
        chosen: what to search.
    """
    _clear()
    shown: dict[str, object] = {
        _REGIONS: list(chosen.regions),
        _DOCUMENTS: list(chosen.documents),
        _IN_FORCE: chosen.in_force_only,
        _YEARS: chosen.years,
    }
    st.session_state.update({key: value for key, value in shown.items() if value})
    state.choose(chosen)


def _submit() -> None:
    sent = st.session_state[_INPUT]
    for file in sent.files:
        state.ask_file(file.name, file.getvalue(), sent.text)
        hand_in(file.file_id)
        return
    state.ask(sent.text)


def _show_attachment(name: str) -> None:
    """Say which file is asked, and lead back to the library."""
    label = markdown_text(say("仅就附件提问：{name}", name=name))
    help_ = say("附件不会收入资料库。点击后改为就资料库提问")
    st.button(label, key="detach", icon=":material/close:", help=help_, on_click=attached.detach)


def _show_scope(documents: tuple[PolicyDocument, ...]) -> None:
    chosen = state.choice()
    titles = {document.id: short_title(document.title) or document.source for document in documents}
    label = say("范围：{chosen}", chosen=_told(chosen, titles))
    with st.popover(markdown_text(label), icon=":material/filter_alt:", key="scope"):
        regions = sorted({document.region for document in documents if document.region})
        st.multiselect(
            say("地区"),
            regions,
            key=_REGIONS,
            placeholder=say("全部"),
            on_change=_choose,
            select_all=False,
        )
        st.multiselect(
            say("文件"),
            list(titles),
            format_func=lambda identity: titles.get(identity, identity),
            key=_DOCUMENTS,
            placeholder=say("全部"),
            on_change=_choose,
            select_all=False,
        )
        st.toggle(say("仅现行有效"), key=_IN_FORCE, on_change=_choose)
        first, last = _span(documents)
        if first < last:
            st.slider(say("规划期或发布年份"), first, last, (first, last), key=_YEARS, on_change=_choose)
        st.button(say("清除范围"), key="scope-clear", on_click=_clear, disabled=chosen == Choice())


def _choose() -> None:
    chosen = st.session_state
    years = chosen.get(_YEARS)
    span = _span(state.shared().library.documents())
    state.choose(
        Choice(
            regions=tuple(chosen.get(_REGIONS, ())),
            documents=tuple(chosen.get(_DOCUMENTS, ())),
            in_force_only=bool(chosen.get(_IN_FORCE)),
            years=tuple(years) if years and tuple(years) != span else None,
        )
    )


def _clear() -> None:
    for key in (_REGIONS, _DOCUMENTS, _IN_FORCE, _YEARS):
        st.session_state.pop(key, None)
    state.choose(Choice())


def _span(documents: tuple[PolicyDocument, ...]) -> tuple[int, int]:
    """Return the first and last year that the documents speak of in their periods and dates."""
    years = {
        year
        for document in documents
        for year in (
            document.years.start,
            document.years.end,
            document.issued_on.year if document.issued_on else None,
        )
        if year is not None and _PLANS[0] <= year <= _PLANS[1]
    }
    return (min(years), max(years)) if years else (0, 0)


def _told(chosen: Choice, titles: dict[str, str]) -> str:
    parts = [*chosen.regions, *(titles.get(identity, identity) for identity in chosen.documents)]
    if chosen.in_force_only:
        parts.append(say("仅现行有效"))
    if chosen.years:
        parts.append(f"{chosen.years[0]}–{chosen.years[1]}")
    return " · ".join(parts) or say("全部文件")
