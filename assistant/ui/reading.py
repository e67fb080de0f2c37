"""The clean text of an opened source: the passage set apart, its quote and what is looked for marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from assistant.ledger.annotations import Annotation, annotated
from assistant.types import Citation
from assistant.ui import opened
from assistant.ui.annotations import annotation_html
from assistant.ui.escaping import html_text, passage_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from assistant.ui.steps import show_step
from assistant.ui.tables import table_html
from assistant.viewing.folding import occurrences
from vectorstore.library import PolicyLibrary
from vectorstore.types import Passage

_MARGIN = 1500
TO_THE_QUOTE = (
    "<script>for(const box of document.querySelectorAll('.pa-reading,.st-key-source-panel .pa-table')){"
    "const quote=box.querySelector('.pa-current')??box.querySelector('mark')??box.querySelector('.pa-here');"
    "if(quote)box.scrollTop+=quote.getBoundingClientRect().top-box.getBoundingClientRect().top-box.clientHeight/3;"
    "quote?.scrollIntoView({block:'nearest'})}"
    "</script>"
)

Span = tuple[int, int]


def show_reading(shared: Resources, source: opened.Source, passage: Passage, text: str) -> None:
    """Draw the text around a passage, or around a place of what is looked for.

    Args:
        shared: where the document's tables are.
        source: what was opened.
        passage: the passage that it was turned to.
        text: the document's clean text.
    """
    citation = source.citation
    words = st.text_input(
        say("在文件中查找"),
        key=opened.search_key(source),
        persist_state="session",
        placeholder=say("在文件中查找"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=100,
        on_change=opened.show_match,
        args=(None,),
    )
    matches = occurrences(text, words or "")
    current = _show_matches(matches, passage, source.match) if words and words.strip() else None
    quoted = (citation.start, citation.end) if passage.id == citation.passage.id else None
    if current is None:
        _show_steps(citation, passage)
        show_table_of(shared.library, passage)
    marked = annotated(shared.library.ledger, citation.document.id, text, passage.start, passage.end)
    shown = reading_html(text, passage, quoted, matches, current, marked)
    st.html(shown + TO_THE_QUOTE, unsafe_allow_javascript=True)


def show_table_of(library: PolicyLibrary, passage: Passage) -> None:
    """Draw the whole table that a passage is a row of; nothing where it is none.

    Args:
        library: where the document's tables are.
        passage: the row, which is highlighted.
    """
    table = next((one for one in library.tables(passage.document_id) if one.holds(passage)), None)
    if table is not None:
        st.html(table_html(table, passage))


def _show_steps(citation: Citation, passage: Passage) -> None:
    with st.container(horizontal=True, key="source-steps"):
        turn, before, after = opened.show_passage, passage.previous, passage.next
        show_step(say("上一段"), "arrow_upward", "previous", turn, before, enabled=bool(before))
        show_step(say("下一段"), "arrow_downward", "next", turn, after, enabled=bool(after))
        if passage.id != citation.passage.id:
            show_step(say("回到引文"), "my_location", "back", turn, citation.passage.id)


def _show_matches(matches: Sequence[Span], passage: Passage, gone_to: int | None) -> int | None:
    """Draw the ways from one place to the next; return the number of the current one, from 0."""
    if not matches:
        st.html(notice_html(say("文件中没有找到，请换一个词。")))
        return None
    here = next((number for number, (start, _) in enumerate(matches) if start >= passage.start), 0)
    current = here if gone_to is None else gone_to % len(matches)
    with st.container(horizontal=True, vertical_alignment="center", key="source-matches"):
        show_step(say("上一处"), "arrow_upward", "match-before", opened.show_match, current - 1)
        show_step(say("下一处"), "arrow_downward", "match-after", opened.show_match, current + 1)
        count = say("第 {number} 处，共 {count} 处", number=current + 1, count=len(matches))
        st.html(f'<span class="pa-facts" role="status">{html_text(count)}</span>', width="content")
    return current


def reading_html(
    text: str,
    passage: Passage,
    quoted: Span | None,
    matches: Sequence[Span] = (),
    current: int | None = None,
    marked: Sequence[Annotation] = (),
) -> str:
    """Return a document's own text around a passage, which is set apart, and its quote highlighted.

    Args:
        text: the document's clean text.
        passage: the passage to show.
        quoted: from where to where the quote stands in the clean text, in characters; None for none.
        matches: where what is looked for stands.
        current: number of the match around which the text is shown, from 0; None for the passage.
        marked: what pieces of the text were understood as; each leads into the ledger.
    """
    around = (passage.start, passage.end) if current is None else matches[current]
    first = text.rfind("\n", 0, max(around[0] - _MARGIN, 0)) + 1
    last = text.find("\n", min(around[1] + _MARGIN, len(text)))
    last = len(text) if last < 0 else last
    start, end = quoted or (0, 0)
    quote = (max(start, passage.start), min(end, passage.end))
    held = {(start, end): number for number, (start, end) in enumerate(matches) if first <= start < last}
    cuts = {first, last, passage.start, passage.end, *quote, *(cut for span in held for cut in span)}
    drawn = []
    for a, b in pairwise(sorted(cut for cut in cuts if first <= cut <= last)):
        match = next((number for span, number in held.items() if _within(a, b, span)), None)
        classes = _classes(_within(a, b, (passage.start, passage.end)), match, current)
        tag = "mark" if match is not None or _within(a, b, quote) else "span"
        drawn.append(f'<{tag} class="{classes}">{_understood_html(text, (a, b), marked)}</{tag}>')
    before, after = "……<br>" if first else "", "<br>……" if last < len(text) else ""
    name = html_text(say("文件原文"))
    return (
        f'<div class="pa-reading" lang="zh-CN" tabindex="0" role="region" aria-label="{name}">'
        f"{before}{''.join(drawn)}{after}</div>"
    )


def _understood_html(text: str, piece: Span, marked: Sequence[Annotation]) -> str:
    """Return a piece of a text with what was understood in it; what reaches beyond it stays plain."""
    drawn, at = [], piece[0]
    for one in marked:
        if _within(one.start, one.end, piece):
            drawn.append(passage_text(text[at : one.start]))
            drawn.append(annotation_html(one, passage_text(text[one.start : one.end])))
            at = one.end
    return "".join([*drawn, passage_text(text[at : piece[1]])])


def _within(start: int, end: int, span: Span) -> bool:
    return span[0] <= start and end <= span[1]


def _classes(here: bool, match: int | None, current: int | None) -> str:
    names = ["pa-here"] if here else []
    if match is not None:
        names.append("pa-current" if match == current else "pa-match")
    return " ".join(names)
