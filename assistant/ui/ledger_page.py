"""The ledger page: what the documents state, contradicting figures first, each with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from assistant.days import today
from assistant.exporting.file_names import EXCEL
from assistant.ledger.sheets import LABELS, cells, csv_of, own_columns, xlsx_of
from assistant.ui.document import place_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.notice import notice_html
from assistant.ui.reading import TO_THE_QUOTE, reading_html, show_table_of
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge, document_head
from vectorstore.facts import FactKind, Indicator, ValueKind
from vectorstore.languages.language import own_words
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.library import PolicyLibrary

Maker = Callable[[Iterable[FoundFact], FactKind | None, Ledger, date], bytes]

_PAGE = 20
_OPENED = "ledger-opened"
_SHOWN = own_words(("指标", "地区", "年份", "值类型", "数值", "属性"))


def show_ledger(shared: Resources) -> None:
    """Draw the page.

    Args:
        shared: where the documents are.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("指标台账"))}</h1></header>')
    # What is shown, counted and handed out is of one state of the library.
    library = shared.library.pinned()
    _tell_unread(library.ledger)
    wanted = _filter(library.ledger)
    count = library.ledger.count(wanted)
    if not count:
        st.html(f'<p class="pa-empty">{html_text(say("没有符合条件的内容"))}</p>')
        return
    pages = -(-count // _PAGE)
    number = 1
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger-count"):
        st.html(f'<p class="pa-facts" role="status">{html_text(say("共 {count} 条", count=count))}</p>')
        if pages > 1:
            label = say("第几页（共 {pages} 页）", pages=pages)
            number = int(st.number_input(label, 1, pages, key=f"ledger-page-{wanted}", width=180))
        _show_downloads(library, wanted)
    found = library.ledger.facts(wanted, (number - 1) * _PAGE, _PAGE)
    names = _names(wanted.kind or FactKind.INDICATOR)
    st.html(_line(list(map(say, names)), head=True))
    for at, one in enumerate(found):
        _show_row(f"{number}-{at}", one, names, library.ledger)
    opened: FoundFact | None = st.session_state.get(_OPENED)
    if opened in found:
        st.dialog(say("原文"), width="large", on_dismiss=_close)(_show_proof)(library, opened)


def _tell_unread(ledger: Ledger) -> None:
    """Name the documents without facts, with the reason or the way out."""
    for document, reason in ledger.failed:
        st.html(notice_html(f"《{document.title or document.source}》{tell(reason)}"))
    if count := ledger.waiting:
        line = say("{count} 个文件尚未提取，请运行 policy-assistant rebuild", count=count)
        st.html(notice_html(line))


def _filter(ledger: Ledger) -> FactFilter:
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger-filter"):
        kind = st.selectbox(
            say("类别"), list(FactKind), format_func=lambda one: say(LABELS[one]), key="ledger-kind"
        )
        region = st.selectbox(
            say("地区"), ledger.regions, index=None, placeholder=say("全部"), key="ledger-region"
        )
        year = st.number_input(
            say("年份"), 1949, 2100, value=None, placeholder=say("全部"), key="ledger-year"
        )
        wanted = FactFilter(kind, region or "", year=int(year) if year else None)
        if kind is not FactKind.INDICATOR:
            return wanted
        name = st.text_input(say("指标名称"), key="ledger-name", placeholder=say("全部"), max_chars=100)
        value_kind = st.selectbox(
            say("值类型"),
            list(ValueKind),
            index=None,
            format_func=lambda one: say(one.label),
            placeholder=say("全部"),
            key="ledger-value-kind",
        )
    return replace(wanted, name=name.strip(), value_kind=value_kind)


def _show_downloads(library: PolicyLibrary, wanted: FactFilter) -> None:
    """Draw a button for each format; the file is made when it is asked for."""
    name = say("指标台账")
    for label, kind, ending, make in (("Excel", EXCEL, "xlsx", xlsx_of), ("CSV", "text/csv", "csv", csv_of)):
        st.download_button(
            say("下载 {format}", format=label),
            partial(_made, make, library.ledger, wanted),
            f"{name}.{ending}",
            kind,
            key=f"ledger-{ending}",
            icon=":material/download:",
            on_click="ignore",
        )


def _made(make: Maker, ledger: Ledger, wanted: FactFilter) -> bytes:
    return make(ledger.every(wanted), wanted.kind, ledger, today())


def _names(kind: FactKind) -> tuple[str, ...]:
    """The columns of the page; where each stands in the documents is told behind its button."""
    return (*(_SHOWN if kind is FactKind.INDICATOR else own_columns(kind)), own_words("文件标题"))


def _show_row(key: str, found: FoundFact, names: tuple[str, ...], ledger: Ledger) -> None:
    row = cells(found, ledger, today())
    if isinstance(found.fact.statement, Indicator):
        row["值类型"] = tell(row["值类型"])
        told = "、".join(tell(row[name]) for name in ("增减或占比", "口径") if row[name])
        row["数值"] = f"{row['比较']}{row['数值']}{row['单位']}" + (f"（{told}）" if told else "")
    shown = [html_text(row.get(name, "")) for name in names]
    if found.disputed:
        shown[0] += f' <span class="pa-badge pa-draft">{html_text(say("数值不一致"))}</span>'
    shown[-1] += " " + badge(found.document.standing(today()), found.document.standing_label(today()))
    with st.container(horizontal=True, vertical_alignment="center", key=f"ledger-row-{key}"):
        st.html(_line(shown, head=False))
        st.button(
            say("查看原文"),
            key=f"ledger-open-{key}",
            type="tertiary",
            icon=":material/visibility:",
            on_click=_open,
            args=(found,),
        )


def _line(parts: list[str], *, head: bool) -> str:
    """A row of the ledger; what stands in its cells is HTML already, but for the names of its head."""
    inner = "".join(f"<span>{html_text(part) if head else part}</span>" for part in parts)
    kind = "pa-ledger-head" if head else "pa-ledger-row"
    return f'<div class="pa-ledger {kind}" lang="zh-CN">{inner}</div>'


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
    show_table_of(library, passage)
    text = library.text(document.id)
    shown = reading_html(text, passage, (fact.start, fact.end))
    st.html(shown + TO_THE_QUOTE, unsafe_allow_javascript=True)
