"""The sources below an answer: a line a document with a chip a citation, or the cards in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from assistant.records.access import Role
from assistant.records.signoff import Decision, Mark
from assistant.types import Answer, Citation
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.notice import notice_html
from assistant.ui.opened import Source
from assistant.ui.sharing import Resources
from assistant.ui.signing import mark_html, show_mark
from assistant.ui.signing_in import person
from assistant.ui.sources import anchor, badge, doubt_of, quote_span, source_card

_PREVIEW = 160


def show_sources(shared: Resources, answer: Answer, group: str) -> None:
    """Draw the sources of an answer, in full where the reader asked for it.

    Args:
        shared: knows what the staff found of the citations.
        answer: the answer that cites.
        group: prefix of the anchors.
    """
    if not answer.citations:
        return
    in_full = wanted_in_full(len(answer.citations), group)
    marks = shared.sign_off.marks(answer)
    if in_full:
        for citation in answer.citations:
            _show_card(shared, Source(answer, citation), marks.get(citation.number), group)
        return
    st.html(source_lines(answer.citations, marks, group))
    # What page.js clicks for a chip or an [n]: a link in HTML cannot call the server.
    with st.container(key=f"openers-{group}"):
        for citation in answer.citations:
            _show_opening(Source(answer, citation), anchor(group, citation.number))


def wanted_in_full(count: int, group: str) -> bool:
    """Draw the head of the sources; return whether the reader asked for the quotes in full.

    Args:
        count: how many citations there are.
        group: prefix of the anchors.
    """
    with st.container(horizontal=True, key=f"sources-head-{group}"):
        heading = html_text(say("依据（{count}）", count=count))
        st.html(f'<h3 class="pa-sources-head">{heading}</h3>', width="content")
        return st.toggle(say("展开引文"), key=f"in-full-{group}")


def source_lines(
    citations: Sequence[Citation],
    marks: Mapping[int, Mark],
    group: str,
    changes: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """Return a line for each document: title, standing, and a chip for each citation.

    Args:
        citations: of one answer.
        marks: what the staff found, by the number of the citation.
        group: prefix of the anchors.
        changes: what has become of the documents since, by the number of the citation.
    """
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document.id, []).append(citation)
    lines = "".join(_line(cited, marks, group, changes) for cited in documents.values())
    # The role is told, as a list without bullets is none to some screen readers.
    return f'<ul class="pa-sources" role="list">{lines}</ul>'


def _line(
    cited: Sequence[Citation], marks: Mapping[int, Mark], group: str, changes: Mapping[int, str]
) -> str:
    first = cited[0]
    title = html_text(first.document.title or first.document.source)
    chips = "".join(_chip(citation, marks.get(citation.number), group) for citation in cited)
    warnings = "".join(_warning(citation, marks.get(citation.number)) for citation in cited)
    warnings += _changes(cited, changes)
    return (
        f'<li class="pa-source"><span class="pa-source-title" lang="zh-CN">{title}</span>'
        f"{badge(first.standing, first.standing_words)}"
        f'<span class="pa-chips">{chips}</span>{warnings}</li>'
    )


def _changes(cited: Sequence[Citation], changes: Mapping[int, str]) -> str:
    """Return what has become of a document, once; which quotes it concerns where not all."""
    told: dict[str, list[int]] = {}
    for citation in cited:
        if change := changes.get(citation.number):
            told.setdefault(change, []).append(citation.number)
    return "".join(
        notice_html(change if len(numbers) == len(cited) else f"{_marks(numbers)} {tell(change)}")
        for change, numbers in told.items()
    )


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _chip(citation: Citation, mark: Mark | None, group: str) -> str:
    card = anchor(group, citation.number)
    doubtful = not citation.supported or (mark is not None and mark.decision is Decision.WRONG)
    sign = "！" if doubtful else "✓" if mark is not None and mark.decision is Decision.CHECKED else ""
    name = html_text(say("依据 {number}", number=citation.number))
    return (
        f'<span class="pa-chip"><a id="{card}" href="#{card}" data-opens="{card}" aria-label="{name}" '
        f'aria-describedby="about-{card}">[{citation.number}]{sign}</a>'
        f'<span class="pa-preview" role="tooltip" id="about-{card}">{_preview(citation, mark)}</span></span>'
    )


def _preview(citation: Citation, mark: Mark | None) -> str:
    passage = citation.passage
    places = (*passage.section, passage.table if passage.table not in passage.section else "")
    place = html_text(" › ".join(filter(None, places)))
    start, end = quote_span(citation)
    whole = passage.text[start:end] or citation.quote
    quote = whole if len(whole) <= _PREVIEW else f"{whole[:_PREVIEW]}……"
    found = html_text(say(mark.decision.label)) if mark else ""
    return (
        (f'<span class="pa-preview-place" lang="zh-CN">{place}</span>' if place else "")
        + f'<span lang="zh-CN">{html_text(quote)}</span>'
        + (f'<span class="pa-preview-place">{found}</span>' if found else "")
    )


def _warning(citation: Citation, mark: Mark | None) -> str:
    """Return what must not wait for a pointer: why a citation does not prove its statement."""
    doubt = doubt_of(citation)
    shown = f'<div class="pa-doubt">[{citation.number}] {html_text(doubt)}</div>' if doubt else ""
    if mark is not None and mark.decision is Decision.WRONG:
        shown += f'<div class="pa-source-mark">[{citation.number}] {mark_html(mark)}</div>'
    return shown


def _show_card(shared: Resources, source: Source, mark: Mark | None, group: str) -> None:
    reader, card = person(), anchor(group, source.citation.number)
    staff = reader.role >= Role.STAFF
    with st.container(key=f"framed-{card}"):
        st.html(source_card(source.citation, group))
        if mark and not staff:
            st.html(mark_html(mark))
        with st.container(horizontal=True, key=f"foot-{card}"):
            _show_opening(source, card)
            if staff:
                show_mark(shared.sign_off, reader.called, source.answer, source.citation, mark, card)


def _show_opening(source: Source, card: str) -> None:
    st.button(
        say("在原文中查看"),
        key=f"open-{card}",
        type="tertiary",
        icon=":material/menu_book:",
        on_click=state.open_source,
        args=(source,),
    )
