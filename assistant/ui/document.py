"""One document of the library as it was understood: description, structure, tables, passages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.days import today
from assistant.records.access import Role
from assistant.records.audit import Action
from assistant.records.editing import editing
from assistant.records.listing import structure
from assistant.ui import state
from assistant.ui.asking import ask_about
from assistant.ui.choosing_groups import limit_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.original import show_download
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.sources import badge
from assistant.ui.tables import table_html
from assistant.ui.ways import document_ways, warnings_html
from vectorstore.corrections import FIELDS, refused
from vectorstore.languages.language import own_words
from vectorstore.types import DocumentKind, DocumentTable, Passage, PolicyDocument, Status

_AT_ONCE = 50
_REMOVED = "document-removed"
_TYPED = ("title", "region", "issuer", "document_number", "issued_on", "period")
_FIELDS = {name: FIELDS[name] for name in _TYPED} | {"validity": own_words("有效期至")}
_HINTS = own_words(
    {
        "issued_on": "如 2026-01-31",
        "period": "规划的起止年份，如 2026-2030；只知一端时写 2026- 或 -2030",
        "validity": "如 2026-12-31；没有则留空",
    }
)
_SAVED = "document-saved"


def show_document(shared: Resources, document: PolicyDocument) -> None:
    """Draw a document.

    Args:
        shared: where it is.
        document: the document.
    """
    title = html_text(document.title or document.source)
    standing = badge(document.standing(today()), document.standing_label(today()))
    st.html(
        f'<header class="pa-heading"><h1 lang="zh-CN">{title}</h1>'
        f"<p>{standing} {html_text(document.source)}</p>{_limit_html(shared, document)}"
        f"{_validity_html(shared, document)}</header>"
    )
    with guarded(say("引用关系")):
        st.html(warnings_html(shared, document) + document_ways(shared, document))
    known = person()
    with st.container(horizontal=True, key="document-actions"):
        show_download(shared, document, "document-download")
        asking = say("就此文件提问")
        st.button(asking, key="document-ask", icon=":material/chat:", on_click=ask_about, args=(document.id,))
        if known.may_change(document.source, shared.library, Role.ADMINISTRATOR):
            st.button(
                say("移出资料库"),
                key="remove",
                icon=":material/delete:",
                on_click=_take_in_hand,
                args=(document.id,),
            )
    if st.session_state.get(_REMOVED) == document.id:
        st.dialog(say("移出资料库"), on_dismiss=_take_in_hand)(_confirm)(document)
    names = [say("信息"), say("结构"), say("表格"), say("段落"), say("未收录的行")]
    description, tree, tables, passages, left_out = st.tabs(names)
    with description, guarded(say("信息")):
        editable = known.may_change(document.source, shared.library, Role.STAFF)
        _show_description(document, editable=editable)
    with tree, guarded(say("结构")):
        _show_structure(shared, document)
    with tables, guarded(say("表格")):
        _show_tables(shared.library.tables(document.id))
    with passages, guarded(say("段落")):
        _show_passages(shared, document)
    with left_out, guarded(say("未收录的行")):
        _show_left_out(shared.library.left_out(document.id))


def _limit_html(shared: Resources, document: PolicyDocument) -> str:
    """Say who alone may see it."""
    told = limit_of(shared.library.file_groups().get(document.source, ()))
    return f'<div class="pa-facts">{html_text(told)}</div>' if told else ""


def _validity_html(shared: Resources, document: PolicyDocument) -> str:
    """Say how the standing was worked out, with the words of the document that prove it."""
    reason = document.standing_reason(today())
    if not reason:
        return ""
    validity = document.validity
    quote = shared.library.text(document.id)[validity.start : validity.end] if validity else ""
    proof = f'<blockquote class="pa-passage">{html_text(quote)}</blockquote>' if quote else ""
    return f'<div class="pa-facts" lang="zh-CN">{html_text(reason)}</div>{proof}'


def _show_left_out(lines: tuple[str, ...]) -> None:
    if not lines:
        st.html(f"<p>{html_text(say('没有未收录的内容'))}</p>")
        return
    rows = "".join(f"<li>{html_text(line)}</li>" for line in lines)
    st.html(f'<ul lang="zh-CN">{rows}</ul>')


def _show_description(document: PolicyDocument, *, editable: bool) -> None:
    known = _known(document)
    with st.form(f"describe-{document.id}", border=False):
        values: dict[str, str] = {}
        problems: dict[str, DeltaGenerator] = {}
        places = [st.container(), *(column for _ in range(4) for column in st.columns(2))]
        for place, (field, label) in zip(places, _FIELDS.items(), strict=False):
            key = f"field-{field}-{document.id}"
            with place.container(gap="xxsmall"):
                values[field] = st.text_input(say(label), known[field], key=key, disabled=not editable)
                problems[field] = st.empty()
            if field in _HINTS:
                problems[field].caption(say(_HINTS[field]))
        values["kind"] = _choose(places[-2], own_words("类型"), document.kind, document.id, editable=editable)
        values["status"] = _choose(
            places[-1], own_words("状态"), document.status, document.id, editable=editable
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            saved = st.form_submit_button(say("保存更正"), type="primary", disabled=not editable)
            if st.session_state.pop(_SAVED, "") == document.id:
                st.html(f'<p class="pa-facts" role="status">{html_text(say("已保存"))}</p>', width="content")
    if saved:
        changes = {field: value.strip() for field, value in values.items() if value.strip() != known[field]}
        _save(document, changes, problems)


def _save(
    document: PolicyDocument, changes: Mapping[str, str], problems: Mapping[str, DeltaGenerator]
) -> None:
    """Keep what was corrected, or say below each field why it cannot have its value."""
    if wrong := refused(changes):
        for field, line in wrong.items():
            problems[field].html(notice_html(line, "problem"))
        return
    if changes:
        state.act(lambda shared: _correct(shared, document, changes))
        st.rerun()


def _choose(
    place: DeltaGenerator, label: str, known: Status | DocumentKind, document_id: str, *, editable: bool
) -> str:
    """Draw the choice of one of a few values; return the chosen one's name in the catalogue."""
    choices = list(type(known))
    return str(
        place.selectbox(
            say(label),
            choices,
            index=choices.index(known),
            format_func=lambda one: say(one.label or own_words("未识别")),
            key=f"field-{label}-{document_id}",
            disabled=not editable,
        )
    )


def _known(document: PolicyDocument) -> dict[str, str]:
    period, validity = document.period, document.validity
    return {
        "title": document.title,
        "region": document.region,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "kind": document.kind.value,
        "status": document.status.value,
        "period": f"{period.start or ''}-{period.end or ''}" if period.start or period.end else "",
        "validity": validity.last_day.isoformat() if validity and validity.last_day else "",
    }


def _correct(shared: Resources, document: PolicyDocument, changes: Mapping[str, str]) -> None:
    with editing(shared.library, person()) as editor:
        editor.correct(document, changes)
    told = "；".join(f"{field}={value}" for field, value in changes.items())
    shared.audit.note(state.who(), Action.CHANGED, document.source, told)
    st.session_state[_SAVED] = document.id


def _show_structure(shared: Resources, document: PolicyDocument) -> None:
    headings = structure(list(shared.library.passages(document.id)))
    rows = "".join(
        f'<li style="margin-left:{min(heading.depth, 8) * 1.2}rem">{html_text(heading.text)}'
        + (f" <small>{heading.passages}</small>" if heading.passages else "")
        + "</li>"
        for heading in headings
    )
    nothing = f"<p>{html_text(say('文件没有分级标题'))}</p>"
    st.html(f'<ul class="pa-tree" lang="zh-CN">{rows}</ul>' if rows else nothing)


def _show_tables(tables: tuple[DocumentTable, ...]) -> None:
    if not tables:
        st.html(f"<p>{html_text(say('文件中没有表格'))}</p>")
    for table in tables:
        st.html(table_html(table))


def _show_passages(shared: Resources, document: PolicyDocument) -> None:
    first = 0
    count = shared.library.passage_counts([document.id]).get(document.id, 0)
    if count > _AT_ONCE:
        label = say("从第几段起（共 {count} 段）", count=count)
        first = int(st.number_input(label, 1, count, step=_AT_ONCE, key=f"passages-{document.id}")) - 1
    for passage in islice(shared.library.passages(document.id), first, first + _AT_ONCE):
        st.html(
            f'<div class="pa-facts" lang="zh-CN">{html_text(place_of(passage))}</div>'
            f'<blockquote class="pa-passage" lang="zh-CN">{html_text(passage.text)}</blockquote>'
        )


def place_of(passage: Passage) -> str:
    """Return where a passage stands: its number, and headings and page where it has them."""
    number = say("第 {number} 段", number=passage.ordinal + 1)
    page = say("第 {page} 页", page=passage.page) if passage.page is not None else ""
    return " · ".join(filter(None, (number, " › ".join(passage.section), page)))


def _take_in_hand(document_id: str = "") -> None:
    st.session_state[_REMOVED] = document_id


def _confirm(document: PolicyDocument) -> None:
    title = html_text(document.title or document.source)
    st.html(f"<p>{html_text(say('确定将以下文件移出资料库？'))}</p><p>{title}</p>")
    if st.button(say("确定移出"), key="remove-confirmed", type="primary"):
        _take_in_hand()
        state.act(lambda shared: _remove(shared, document))
        st.rerun()


def _remove(shared: Resources, document: PolicyDocument) -> None:
    with editing(shared.library, person()) as editor:
        files = editor.remove(document)
    for file in files:
        shared.uploads.drop(file)
    shared.audit.note(state.who(), Action.CHANGED, document.source, "移出资料库")
