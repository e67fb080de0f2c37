"""The ledger page: what the documents state, kind by kind, each with its proof."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from assistant.days import today
from assistant.records.access import Role
from assistant.subscribing.watched import WatchedFacts
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.ledger_filters import chosen_filter, chosen_kind, follow_address
from assistant.ui.ledger_proof import show_opened
from assistant.ui.ledger_rows import show_head, show_rows
from assistant.ui.notice import guarded, notice_html
from assistant.ui.revising_facts import withdraw
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.subscribing import show_subscribing
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind, Indicator
from vectorstore.ledger import FactFilter, Ledger
from vectorstore.library import PolicyLibrary

# Facts among which other years are looked for, where that of a filter has none.
_LOOKED_AT = 200


def show_ledger(shared: Resources) -> None:
    """Draw the page.

    Args:
        shared: where the documents are.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("台账"))}</h1></header>')
    if line := state.problem():
        st.html(notice_html(line, "problem"))
    # What is shown, counted and handed out is of one state of the library.
    library = shared.library.pinned()
    _tell_unread(library.ledger)
    follow_address(library.ledger)
    kind = chosen_kind()
    wanted = chosen_filter(kind, library.ledger)
    count = library.ledger.count(wanted)
    with guarded(say("台账")):
        if not count:
            st.html(f'<p class="pa-empty">{html_text(_none(wanted, library.ledger))}</p>')
            show_subscribing(shared, WatchedFacts(wanted), "ledger")
        else:
            show_head(shared, library, wanted, count)
            if kind is FactKind.DEADLINE:
                _show_calendar(library, wanted, count)
            else:
                show_rows(library, wanted, count, "all")
        show_opened(library)
    if library.ledger.idle:
        _show_idle(library, library.ledger.idle)


def _none(wanted: FactFilter, ledger: Ledger) -> str:
    """The line for a page without rows; where nothing was filtered, no filter can be loosened."""
    if wanted == FactFilter(wanted.kind, rejected=wanted.rejected):
        return say("资料库的文件中没有读到这类内容，导入载有此类内容的文件后会列在这里")
    of_any_year = replace(wanted, year=None)
    found = ledger.facts(of_any_year, limit=_LOOKED_AT) if wanted.year and of_any_year.narrows else []
    figures = (one.fact.statement for one in found)
    years = sorted({one.year for one in figures if isinstance(one, Indicator)})
    if years:
        told = "、".join(map(str, years))
        return say("没有 {year} 年的内容；其他条件不变，有 {years} 年的", year=wanted.year, years=told)
    return say("没有符合条件的内容，请放宽筛选条件")


def _show_calendar(library: PolicyLibrary, wanted: FactFilter, count: int) -> None:
    """Draw deadlines by their day, those that are over folded."""
    past = replace(wanted, before=today())
    over = library.ledger.count(past)
    if count > over:
        show_rows(library, replace(wanted, since=today()), count - over, "coming")
    else:
        st.html(f'<p class="pa-empty">{html_text(say("没有未到的日期"))}</p>')
    if over:
        label = say("已过的日期（{count}）", count=over)
        with st.expander(label, key="ledger-past", on_change="rerun") as folded:
            if folded.open:
                show_rows(library, past, over, "past")


def _tell_unread(ledger: Ledger) -> None:
    """Name the documents without facts, with the reason or the way out."""
    for document, reason in ledger.failed:
        st.html(notice_html(f"《{document.title or document.source}》{tell(reason)}"))
    if count := ledger.waiting:
        line = say("{count} 个文件尚未提取，请运行 policy-assistant rebuild", count=count)
        st.html(notice_html(line))


def _show_idle(library: PolicyLibrary, revisions: tuple[FactRevision, ...]) -> None:
    """Draw what staff said of words that no document holds any more."""
    with st.expander(say("找不到原文的更正（{count}）", count=len(revisions)), key="ledger-idle"):
        st.caption(say("文件更新后原文已变，更正已保留；原文恢复时自动生效"))
        for revision in revisions:
            told = "；".join(f"{text}" for _, text in revision.changes) or say("误读")
            who = f" · {revision.who}" if revision.who else ""
            st.html(
                f'<div class="pa-facts" lang="zh-CN">{html_text(f"{revision.source}{who} · {told}")}</div>'
                f'<blockquote class="pa-passage" lang="zh-CN">{html_text(revision.quote)}</blockquote>'
            )
            if person().may_change(revision.source, library, Role.STAFF):
                source, quote = revision.source, revision.quote
                taken_back = partial(withdraw, revision_id=revision.id, source=source, quote=quote)
                st.button(
                    say("撤销更正"),
                    key=f"ledger-drop-{revision.id}",
                    icon=":material/undo:",
                    on_click=state.act,
                    args=(taken_back,),
                )
