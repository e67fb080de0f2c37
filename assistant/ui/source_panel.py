"""The source beside the chat: a citation's document, open at the passage, its quote highlighted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assistant.types import Citation
from assistant.ui import opened
from assistant.ui.escaping import html_text, passage_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.original import show_original
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge, doubt_of, facts_html
from assistant.ui.tables import table_html
from vectorstore.errors import LibraryError
from vectorstore.types import Passage

_MARGIN = 1500
_TO_THE_QUOTE = (
    "<script>for(const box of document.querySelectorAll('.pa-reading,.st-key-source-panel .pa-table')){"
    "const quote=box.querySelector('mark')??box.querySelector('.pa-here');"
    "if(quote)box.scrollTop+=quote.getBoundingClientRect().top-box.getBoundingClientRect().top-box.clientHeight/3;"
    "quote?.scrollIntoView({block:'nearest'})}"
    "</script>"
)


def show_source_panel(shared: Resources) -> None:
    """Draw the source that the reader opened; nothing where none is open.

    Args:
        shared: where the documents are.
    """
    source = opened.opened_source()
    if source is None:
        return
    citation = source.citation
    with st.container(key="source-panel"), guarded(say("原文")):
        with st.container(horizontal=True, key="source-head"):
            st.html(f'<h2 class="pa-panel-title">{html_text(say("原文"))} [{citation.number}]</h2>')
            st.button(say("关闭"), key="source-close", icon=":material/close:", on_click=opened.close_source)
        st.html(_head_html(citation))
        _show_reading(shared, citation)
        st.html(f'<div class="pa-panel-label">{html_text(say("引用格式"))}</div>')
        st.code(citation.label, language=None, wrap_lines=True)
        show_original(shared, citation)


def _head_html(citation: Citation) -> str:
    doubt = doubt_of(citation)
    warning = notice_html(doubt) if doubt else ""
    title = html_text(citation.document.title or citation.document.source)
    return (
        f'<div class="pa-card-head"><span class="pa-label" lang="zh-CN">{title}</span>'
        f"{badge(citation.standing, citation.standing_words)}</div>"
        f"{facts_html(citation, whole=True)}{warning}"
    )


def _show_reading(shared: Resources, citation: Citation) -> None:
    try:
        passage = _shown_passage(shared, citation)
        text = shared.library.text(passage.document_id)
    except LibraryError:
        # The answer keeps what it was proven by, whatever becomes of the document.
        st.html(notice_html(say("该文件已更新或移出资料库，以下为作答时的原文段落。")))
        st.html(f'<div class="pa-reading" lang="zh-CN">{passage_text(citation.passage.text)}</div>')
        return
    with st.container(horizontal=True, key="source-steps"):
        _step(say("上一段"), ":material/arrow_upward:", "previous", passage.previous)
        _step(say("下一段"), ":material/arrow_downward:", "next", passage.next)
        if passage.id != citation.passage.id:
            _step(say("回到引文"), ":material/my_location:", "back", citation.passage.id)
    quoted = (citation.start, citation.end) if passage.id == citation.passage.id else None
    table = next((one for one in shared.library.tables(passage.document_id) if one.holds(passage)), None)
    if table is not None:
        st.html(table_html(table, passage))
    st.html(reading_html(text, passage, quoted) + _TO_THE_QUOTE, unsafe_allow_javascript=True)


def _shown_passage(shared: Resources, citation: Citation) -> Passage:
    shared.library.document(citation.document.id)
    wanted = opened.shown_passage() or citation.passage.id
    found = shared.library.load([wanted])
    return found[0] if found else replace(citation.passage, previous="", next="")


def _step(label: str, icon: str, name: str, passage_id: str) -> None:
    st.button(
        label,
        key=f"source-{name}",
        icon=icon,
        disabled=not passage_id,
        on_click=opened.show_passage,
        args=(passage_id,),
    )


def reading_html(text: str, passage: Passage, quoted: tuple[int, int] | None) -> str:
    """Return a document's own text around a passage, which is set apart, and its quote highlighted.

    Args:
        text: the document's clean text.
        passage: the passage to show.
        quoted: from where to where the quote stands in the clean text, in characters; None for none.
    """
    first = text.rfind("\n", 0, max(passage.start - _MARGIN, 0)) + 1
    last = text.find("\n", min(passage.end + _MARGIN, len(text)))
    last = len(text) if last < 0 else last
    start, end = quoted or (passage.start, passage.start)
    start, end = max(start, passage.start), min(end, passage.end)
    quote = f"<mark>{passage_text(text[start:end])}</mark>" if end > start else ""
    lead, rest = text[passage.start : start], text[max(start, end) : passage.end]
    here = passage_text(lead) + quote + passage_text(rest)
    before = ("……<br>" if first else "") + passage_text(text[first : passage.start])
    after = passage_text(text[passage.end : last]) + ("<br>……" if last < len(text) else "")
    name = html_text(say("文件原文"))
    return (
        f'<div class="pa-reading" lang="zh-CN" tabindex="0" role="region" aria-label="{name}">'
        f'{before}<span class="pa-here">{here}</span>{after}</div>'
    )
