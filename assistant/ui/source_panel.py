"""The source beside the chat: a citation's document, open at the passage, as text and as it was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.suggesting.suggestions import short_title
from assistant.ui import attached, opened
from assistant.ui.asking import ask_about
from assistant.ui.escaping import html_text, markdown_text, passage_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.original import show_download
from assistant.ui.original_page import show_original_page
from assistant.ui.reading import show_reading
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge, doubt_of, facts_html
from assistant.viewing.quote_places import sought
from vectorstore.errors import LibraryError
from vectorstore.types import Passage, PolicyDocument

_TABS = "source-documents"
_TITLES = "source-titles"


def show_source_panel(shared: Resources, *, marked: bool = True) -> None:
    """Draw the source that the reader opened; nothing where none is open.

    Args:
        shared: where the documents are.
        marked: whether the page has the [n] that opened it.
    """
    source = opened.opened_source()
    if source is None:
        return
    with st.container(key="source-panel"), guarded(say("原文")):
        _show_head(f" [{source.citation.number}]" if marked else "")
        with _tab_of(source):
            _show_source(shared, source)
        # What page.js clicks for the × of a title: a tab holds no button of its own.
        with st.container(key="openers-source-close"):
            for place, one in enumerate(opened.opened_sources()):
                args = (one.document_id,)
                st.button(say("关闭"), key=f"source-close-{place}", on_click=opened.close_source, args=args)


def _show_head(mark: str) -> None:
    with st.container(horizontal=True, key="source-head"):
        st.html(f'<h2 class="pa-panel-title">{html_text(say("原文"))}{mark}</h2>')
        if len(opened.opened_sources()) > 1:
            st.button(
                say("全部关闭"),
                key="source-close-all",
                icon=":material/tab_close:",
                on_click=opened.close_sources,
            )
        st.button(say("关闭"), key="source-close", icon=":material/close:", on_click=opened.close_source)


def _tab_of(shown: opened.Source) -> DeltaGenerator:
    """Draw the titles of what is open where there are several; return the place of the one in front."""
    sources = opened.opened_sources()
    if len(sources) == 1:
        st.session_state.pop(_TITLES, None)
        return st.container()
    labels = _labels([source.citation.document for source in sources])
    st.session_state[_TABS] = labels[sources.index(shown)]
    identities = [source.document_id for source in sources]
    # Streamlit lends a row of tabs those that stood in its place until its own have come, and turns to one of
    # them where they come slowly: a row with other titles is drawn at the other of two places.
    before, second = st.session_state.get(_TITLES, ([], True))
    second = second if before == labels else not second
    st.session_state[_TITLES] = labels, second
    if second:
        st.empty()
    turned = dict(zip(labels, identities, strict=True))
    tabs = st.tabs(labels, key=_TABS, on_change=_turn, args=(turned,))
    if not second:
        st.empty()
    return tabs[sources.index(shown)]


def _turn(documents: Mapping[str, str]) -> None:
    opened.show_source(documents[st.session_state[_TABS]])


def _labels(documents: Sequence[PolicyDocument]) -> list[str]:
    """Return the titles of documents, told apart by number or order where they are the same."""
    titles = [short_title(document.title) or document.source for document in documents]
    told = [
        f"{title} {document.document_number}" if titles.count(title) > 1 else title
        for title, document in zip(titles, documents, strict=True)
    ]
    return [
        markdown_text(f"{name} ({place})" if told.count(name) > 1 else name)
        for place, name in enumerate(told, 1)
    ]


def _show_source(shared: Resources, source: opened.Source) -> None:
    citation = source.citation
    title = html_text(citation.document.title or citation.document.source)
    # By itself: on a phone it stays in sight while the rest is scrolled.
    st.html(
        f'<div class="pa-card-head"><span class="pa-label" lang="zh-CN">{title}</span>'
        f"{badge(citation.standing, citation.standing_words)}</div>"
    )
    doubt = doubt_of(citation)
    if told := facts_html(citation, whole=True) + (notice_html(doubt) if doubt else ""):
        st.html(told)
    _show_document(attached.within(shared, source.document_id), shared, source)
    st.html(f'<div class="pa-panel-label">{html_text(say("引用格式"))}</div>')
    st.code(citation.label, language=None, wrap_lines=True)


def _show_document(shared: Resources, lasting: Resources, source: opened.Source) -> None:
    citation, document = source.citation, source.citation.document
    try:
        passage = _shown_passage(shared, source)
        text = shared.library.text(document.id)
    except LibraryError:
        if not shared.library.shows(document.id, document.source):
            st.html(notice_html(say("该文件已不在您可查阅的范围内。")))
            return
        # The answer keeps what it was proven by, whatever becomes of the document.
        st.html(notice_html(say("该文件已更新或移出资料库，以下为作答时的原文段落。")))
        st.html(f'<div class="pa-reading" lang="zh-CN">{passage_text(citation.passage.text)}</div>')
        return
    # A tab that is not open is not drawn: a page takes a moment, and a hidden text cannot be scrolled.
    reading, original = st.tabs([say("文字"), say("原件")], key="source-tabs", on_change="rerun")
    if original.open:
        with original, guarded(say("原件")):
            wanted = sought(text, citation.start, citation.end)
            show_original_page(shared, document, citation.passage.page, wanted)
    else:
        with reading:
            show_reading(shared, source, passage, text)
    with st.container(horizontal=True, key="source-actions"):
        show_download(shared, document, "source-download")
        if shared is lasting:
            st.button(
                say("就此文件提问"),
                key="source-ask",
                icon=":material/chat:",
                on_click=ask_about,
                args=(document.id,),
            )


def _shown_passage(shared: Resources, source: opened.Source) -> Passage:
    citation = source.citation
    shared.library.document(source.document_id)
    found = shared.library.load([source.passage or citation.passage.id])
    return found[0] if found else replace(citation.passage, previous="", next="")
