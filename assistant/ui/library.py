"""The library page: every document with its standing, found and filtered, and the way to add one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.days import today
from assistant.records.access import Role
from assistant.records.expiring import SOON, Ending
from assistant.records.listing import Filter, gaps, wanted
from assistant.ui import state
from assistant.ui.bulk import choosing, show_bulk, show_choice, show_report
from assistant.ui.choosing_groups import limit_of
from assistant.ui.document import show_document
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.sources import document_head, years_of
from assistant.ui.submitting import show_submissions, show_submitting
from assistant.ui.upload import show_upload
from assistant.ui.ways import library_ways
from vectorstore.errors import LibraryError
from vectorstore.types import DocumentKind, PolicyDocument, Status

_PAGE = 20
_OPENED = "document"
_FILTERS = tuple(f"library-{name}" for name in ("statuses", "regions", "kinds", "endings", "incomplete"))


def show_library(shared: Resources) -> None:
    """Draw the page: one document where one is opened, else the list.

    Args:
        shared: where the documents are.
    """
    line = state.problem()
    if line:
        st.html(notice_html(line, "problem"))
    identity = st.query_params.get(_OPENED, "")
    if identity:
        try:
            document = shared.library.document(identity)
        except LibraryError:
            st.html(notice_html(say("该文件已不在资料库中。")))
        else:
            st.button(say("返回文件列表"), key="back", icon=":material/arrow_back:", on_click=_close)
            show_document(shared, document)
            return
    st.html(f'<header class="pa-heading"><h1>{html_text(say("资料库"))}</h1></header>')
    st.html(library_ways())
    role = person().role
    with guarded(say("上传")):
        if role >= Role.GROUP_ADMINISTRATOR:
            show_upload(shared)
            show_submissions(shared)
        elif role >= Role.STAFF:
            show_submitting(shared)
    show_report()
    _show_list(shared, shared.library.documents())


def _close() -> None:
    st.query_params.pop(_OPENED, None)


def _open(identity: str) -> None:
    st.query_params[_OPENED] = identity


def _show_list(shared: Resources, documents: tuple[PolicyDocument, ...]) -> None:
    if not documents:
        st.html(f'<p class="pa-empty">{html_text(say("资料库中还没有文件，上传后即可提问。"))}</p>')
        return
    found = wanted(documents, _filter(documents), today())
    count = say("共 {all} 份文件，符合条件 {found} 份", all=len(documents), found=len(found))
    st.html(f'<p class="pa-facts" role="status">{html_text(count)}</p>')
    if not found:
        st.html(f'<p class="pa-empty">{html_text(say("没有符合条件的文件，请放宽查找或筛选条件。"))}</p>')
    pages = max(-(-len(found) // _PAGE), 1)
    number = 1
    if pages > 1:
        number = int(
            st.number_input(say("第几页（共 {pages} 页）", pages=pages), 1, pages, key="library-page")
        )
    shown = found[(number - 1) * _PAGE : number * _PAGE]
    counts = shared.library.passage_counts([document.id for document in shown])
    several = choosing()
    known = person()
    own = [one for one in found if several and known.may_change(one.source, shared.library, Role.STAFF)]
    chosen_from = {one.id for one in own}
    if several:
        show_bulk(shared, own, [one for one in shown if one.id in chosen_from])
    groups = shared.library.file_groups()
    for document in shown:
        limit = limit_of(groups.get(document.source, ()))
        _show_row(document, counts.get(document.id, 0), limit, choice=document.id in chosen_from)


def _filter(documents: tuple[PolicyDocument, ...]) -> Filter:
    with st.container(horizontal=True, vertical_alignment="bottom", key="library-filter"):
        query = st.text_input(say("查找文件"), key="library-query", placeholder=say("标题、文号、机关、地区"))
        chosen_filters = sum(bool(st.session_state.get(key)) for key in _FILTERS)
        name = say("筛选（{count} 项）", count=chosen_filters) if chosen_filters else say("筛选")
        with st.popover(name, icon=":material/filter_alt:", key="library-filters"):
            statuses = st.multiselect(
                say("状态"),
                list(Status),
                format_func=lambda status: say(status.label),
                key="library-statuses",
                placeholder=say("全部"),
                select_all=False,
            )
            regions = sorted({document.region for document in documents if document.region})
            chosen = st.multiselect(
                say("地区"),
                regions,
                key="library-regions",
                placeholder=say("全部"),
                select_all=False,
            )
            kinds = [kind for kind in DocumentKind if kind.label]
            formed = st.multiselect(
                say("类型"),
                kinds,
                format_func=lambda kind: say(kind.label),
                key="library-kinds",
                placeholder=say("全部"),
                select_all=False,
            )
            ends = st.pills(
                say("到期"),
                list(Ending),
                selection_mode="multi",
                format_func=_ending_label,
                key="library-endings",
            )
            incomplete = st.toggle(say("仅看信息不全的"), key="library-incomplete")
    return Filter(query, tuple(statuses), tuple(chosen), tuple(formed), tuple(ends), incomplete)


def _ending_label(ending: Ending) -> str:
    label = say(ending.label)
    return say("{label}（{days} 天内）", label=label, days=SOON.days) if ending is Ending.SOON else label


def _end_of(document: PolicyDocument) -> date | None:
    return document.validity.last_day if document.validity else None


def _show_row(document: PolicyDocument, passages: int, limit: str, *, choice: bool) -> None:
    came = document.ingested_at.astimezone().strftime("%Y-%m-%d %H:%M") if document.ingested_at else ""
    facts = [
        document.region,
        document.issuer,
        document.document_number,
        say("发布于 {day}", day=document.issued_on.isoformat()) if document.issued_on else "",
        years_of(document),
        say("有效期至 {day}", day=end.isoformat()) if (end := _end_of(document)) else "",
        say(document.kind.label) if document.kind.label else "",
        say("{count} 段", count=passages),
        say("收录于 {when}", when=came) if came else "",
        limit,
    ]
    missing = gaps(document)
    lacks = html_text(say("未识别：") + "、".join(map(say, missing))) if missing else ""
    with st.container(key=f"framed-document-{document.id}"):
        if choice:
            show_choice(document)
        st.html(
            document_head(document, today())
            + f'<div class="pa-facts">{html_text(" · ".join(fact for fact in facts if fact))}</div>'
            + (f'<div class="pa-doubt">{lacks}</div>' if lacks else "")
        )
        st.button(
            say("查看"),
            key=f"view-{document.id}",
            type="tertiary",
            icon=":material/visibility:",
            on_click=_open,
            args=(document.id,),
            help=document.source,
        )
