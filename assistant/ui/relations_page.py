"""The page of relations: warnings first, a document among its neighbours, and all of it as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.comparing.told import title_of
from assistant.days import today
from assistant.exporting.file_names import EXCEL
from assistant.ledger.sheets import csv_of, xlsx_of
from assistant.relating.relations import (
    LABELS,
    Relation,
    changing,
    most_related,
    neighbours,
    relations,
    unsound,
)
from assistant.ui.escaping import html_text
from assistant.ui.graph import document_link, graph_html
from assistant.ui.language import language, say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge
from assistant.ui.tables import grid_html
from assistant.ui.ways import choice_of
from vectorstore.facts import FactKind
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary, Seen
from vectorstore.types import PolicyDocument

_PAGE = 50
_WARNED, _MOST_WARNED = 5, 200
_CHOSEN = "document"
_COLUMNS = own_words(("文件", "关系", "被引用文件", "现行状态", "原文"))


def show_relations(shared: Resources) -> None:
    """Draw the page.

    Args:
        shared: where the documents are.
    """
    st.html(f'<header class="pa-heading pa-of-library"><h1>{html_text(say("引用关系"))}</h1></header>')
    library = shared.library.pinned()
    found = _relations(library.seen, library)
    if not found:
        st.html(f'<p class="pa-empty">{html_text(say("资料库中的文件没有引用其他文件"))}</p>')
        return
    _show_changes(found)
    chosen = _choose(library.documents(), found)
    _show_warnings(found, chosen.id if chosen else "")
    if chosen is not None:
        near = neighbours(chosen, found, today())
        st.html(graph_html(near, today()))
        found = (*near.names, *near.named_by)
    _show_table(library, found)


@st.cache_resource(show_spinner=False, max_entries=8)
def _relations(seen: Seen, _library: PolicyLibrary) -> tuple[Relation, ...]:
    """Return all relations of one state of the library; not at each click: each loads its passage."""
    return relations(_library.ledger)


def _choose(documents: tuple[PolicyDocument, ...], found: tuple[Relation, ...]) -> PolicyDocument | None:
    """Draw the choice of the document in the middle; the address keeps it."""
    known = {document.id: document for document in documents}
    asked = st.query_params.get(_CHOSEN, "") or most_related(found)
    chosen = st.selectbox(
        say("以哪份文件为中心"),
        list(known),
        index=list(known).index(asked) if asked in known else None,
        format_func=lambda key: choice_of(known[key]),
        placeholder=say("全部文件"),
        key="relations-document",
    )
    if chosen and chosen != asked:
        st.query_params[_CHOSEN] = chosen
    elif not chosen:
        st.query_params.pop(_CHOSEN, None)
    return known[chosen] if chosen else None


def _show_changes(found: tuple[Relation, ...]) -> None:
    """Draw which document repealed or revised which, the newest first; each line leads to its drawing."""
    changes = changing(found)
    if not changes:
        return
    heading = html_text(say("废止与修订（{count}）", count=len(changes)))
    lines = [_change_html(one) for one in changes]
    head = f'<h2 class="pa-sources-head">{heading}</h2>'
    st.html(f'<section class="pa-ended" aria-label="{heading}">{head}{_list_html(lines[:_WARNED])}</section>')
    if len(lines) > _WARNED:
        with st.expander(say("其余 {count} 条", count=len(lines) - _WARNED)):
            st.html(f'<div class="pa-ended">{_list_html(lines[_WARNED:])}</div>')


def _list_html(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _change_html(one: Relation) -> str:
    """Return the line of a repeal or a revision, with the numbers that tell documents of one title apart."""
    source = html_text(f"{title_of(one.source)}{_bracketed(one.source.document_number)}")
    number = one.target.document_number if one.target else one.reference.document_number
    target = html_text(f"{one.named}{_bracketed(number) if one.named != number else ''}")
    relation = html_text(say(LABELS[one.reference.relation]))
    shown = one.target.id if one.target else one.source.id
    return (
        f'<span class="pa-badge">{relation}</span> <a href="relations?document={html_text(shown)}" '
        f'target="_self" lang="zh-CN">{source} → {target}</a>'
    )


def _bracketed(number: str) -> str:
    return f"（{number}）" if number else ""


def _show_warnings(found: tuple[Relation, ...], chosen: str) -> None:
    """Draw the warnings, those that touch the chosen document first; where they are many, most folded."""
    warned = sorted(unsound(found, today()), key=lambda one: not one.touches(chosen))
    if not warned:
        return
    heading = html_text(say("依据已失效的文件（{count}）", count=len(warned)))
    lines = [notice_html(one.warning(today())) for one in warned[:_MOST_WARNED]]
    head = f'<h2 class="pa-sources-head">{heading}</h2>'
    st.html(f'<section aria-label="{heading}">{head}{"".join(lines[:_WARNED])}</section>')
    if len(lines) > _WARNED:
        with st.expander(say("其余 {count} 条", count=len(warned) - _WARNED)):
            st.html("".join(lines[_WARNED:]))
            if len(warned) > _MOST_WARNED:
                st.caption(say("只列出前 {count} 条，其余请下载表格查看", count=_MOST_WARNED))


def _show_table(library: PolicyLibrary, found: tuple[Relation, ...]) -> None:
    pages = max(-(-len(found) // _PAGE), 1)
    number = 1
    with st.container(horizontal=True, vertical_alignment="bottom", key="relations-count"):
        st.html(f'<p class="pa-facts" role="status">{html_text(say("共 {count} 条", count=len(found)))}</p>')
        if pages > 1:
            label = say("第几页（共 {pages} 页）", pages=pages)
            number = int(st.number_input(label, 1, pages, key=f"relations-page-{len(found)}", width=180))
        _show_downloads(library, found)
    rows = [_cells(one) for one in found[(number - 1) * _PAGE : number * _PAGE]]
    table = grid_html([[html_text(say(name)) for name in _COLUMNS]], rows)
    name = html_text(say("引用关系"))
    st.html(
        f'<div class="pa-answer"><div class="pa-table pa-rows pa-relations" lang="zh-CN" tabindex="0" '
        f'role="region" aria-label="{name}">{table}</div></div>'
    )


def _cells(one: Relation) -> list[str]:
    target = one.target
    other = _named(target) if target else html_text(one.named)
    missing = f'<span class="pa-badge">{html_text(say("资料库未收录"))}</span>'
    standing = badge(target.standing(today()), target.standing_label(today())) if target else missing
    relation = html_text(say(LABELS[one.reference.relation]))
    return [_named(one.source), relation, other, standing, html_text(one.found.fact.quote)]


def _named(document: PolicyDocument) -> str:
    """Return the link to a document, and what tells it from another of the same title."""
    number = document.document_number
    return document_link(document) + (f"<small>{html_text(number)}</small>" if number else "")


def _show_downloads(library: PolicyLibrary, found: tuple[Relation, ...]) -> None:
    name = say("引用关系")
    facts = [one.found for one in found]
    for label, kind, ending, make in (("Excel", EXCEL, "xlsx", xlsx_of), ("CSV", "text/csv", "csv", csv_of)):
        st.download_button(
            say("下载 {format}", format=label),
            partial(make, facts, FactKind.REFERENCE, library.ledger, today(), language()),
            f"{name}.{ending}",
            kind,
            key=f"relations-{ending}",
            icon=":material/download:",
            on_click="ignore",
        )
