"""Several documents of the list at once: what is known of them set, or they are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from assistant.records.access import Role
from assistant.records.audit import Action
from assistant.records.editing import Editor, editing
from assistant.ui import state
from assistant.ui.choosing_groups import choose_groups, may_choose
from assistant.ui.escaping import html_text
from assistant.ui.language import say, tell
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words
from vectorstore.types import PolicyDocument, Status

_CHOOSING = "bulk-choosing"
_IN_HAND = "bulk-in-hand"
_REPORT = "bulk-report"
_REMOVED = own_words("已移出资料库")
_CORRECTED = own_words("已更正")


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the documents; nothing of either means that they are taken out.

    Attributes:
        fields: field → its new value.
        groups: who alone may see them, none being everybody; None leaves that as it is.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] | None = None

    @property
    def removes(self) -> bool:
        """Whether the documents are taken out."""
        return not self.fields and self.groups is None

    @property
    def told(self) -> str:
        """What the log says of it."""
        if self.removes:
            return "移出资料库"
        whose = [] if self.groups is None else [f"查阅范围={'、'.join(sorted(self.groups)) or '所有人'}"]
        return "；".join([*(f"{name}={value}" for name, value in self.fields.items()), *whose])


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a document: a line that says so, whether it went well, and the files that went."""

    line: str
    well: bool = True
    gone: tuple[str, ...] = ()


class _Whose(StrEnum):
    """What is said of who may see documents."""

    KEPT = "kept"
    EVERYBODY = "everybody"
    GROUPS = "groups"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {"kept": "不更改", "everybody": "所有人", "groups": "仅限部门"}[self.value]


def choosing() -> bool:
    """Draw the way to choose several documents; return whether the reader is at it."""
    if person().role < Role.STAFF:
        return False
    return st.toggle(say("批量操作"), key=_CHOOSING)


def show_choice(document: PolicyDocument) -> None:
    """Draw what chooses a document.

    Args:
        document: of the list.
    """
    title = document.title or document.source
    # What is chosen on one page of the list stays chosen while another is looked at.
    st.checkbox(
        say("选择《{title}》", title=title),
        key=_key(document),
        label_visibility="collapsed",
        persist_state="session",
    )


def show_bulk(shared: Resources, found: Sequence[PolicyDocument], shown: Sequence[PolicyDocument]) -> None:
    """Draw what can be done with the chosen documents.

    Args:
        shared: where they are.
        found: the documents that can be chosen, on whatever page of the list.
        shown: those on the page before the reader.
    """
    chosen = [document for document in found if st.session_state.get(_key(document))]
    _show_ways_to_choose(found, shown, chosen)
    with st.form("bulk", border=True):
        told = html_text(say("已选 {count} 份；留空的项目不更改", count=len(chosen)))
        st.html(f'<p class="pa-facts" role="status">{told}</p>')
        columns = st.columns(4)
        values = {
            "region": columns[0].text_input(say("地区"), key="bulk-region"),
            "issuer": columns[1].text_input(say("发文机关"), key="bulk-issuer"),
            "period": columns[2].text_input(say("期间"), key="bulk-period", placeholder="2026-2030"),
        }
        status = columns[3].selectbox(
            say("状态"),
            [None, *Status],
            format_func=lambda one: say(one.label) if one else say("不更改"),
            key="bulk-status",
        )
        whose = _whose(shared) if may_choose(shared) else None
        corrected = st.form_submit_button(say("更正所选文件"), type="primary")
    fields = {name: value.strip() for name, value in values.items() if value.strip()}
    changes = Changes(fields | ({"status": status.value} if status else {}), whose)
    removed = person().role >= Role.GROUP_ADMINISTRATOR and st.button(
        say("移出所选文件"), key="bulk-remove", icon=":material/delete:"
    )
    if chosen and (removed or (corrected and not changes.removes)):
        st.session_state[_IN_HAND] = (tuple(chosen), Changes() if removed else changes)
    if _IN_HAND in st.session_state:
        title = say("批量操作")
        st.dialog(title, on_dismiss=_let_go)(_confirm)(*st.session_state[_IN_HAND])


def _whose(shared: Resources) -> frozenset[str] | None:
    """Ask who may see the documents; None where that stays as it is."""
    columns = st.columns([1, 3])
    limited = person().limit is not None
    offered = [one for one in _Whose if not (limited and one is _Whose.EVERYBODY)]
    said = columns[0].selectbox(
        say("查阅范围"), offered, format_func=lambda one: say(one.label), key="bulk-whose"
    )
    with columns[1], guarded(say("查阅范围")):
        groups = choose_groups(shared, say("部门"), "bulk-groups")
        if said is _Whose.EVERYBODY:
            return frozenset()
        if said is _Whose.GROUPS and not groups:
            st.html(notice_html(say("请填写可以查阅的部门")))
        return groups if said is _Whose.GROUPS and groups else None
    return None


def _show_ways_to_choose(
    found: Sequence[PolicyDocument], shown: Sequence[PolicyDocument], chosen: Sequence[PolicyDocument]
) -> None:
    with st.container(horizontal=True, key="bulk-ways"):
        page, whole, none = (shown, True), (found, True), (chosen, False)
        st.button(say("全选本页"), key="bulk-all", icon=":material/select_all:", on_click=_choose, args=page)
        if len(found) > len(shown):
            label = say("全选符合条件的 {count} 份", count=len(found))
            st.button(label, key="bulk-found", icon=":material/done_all:", on_click=_choose, args=whole)
        if chosen:
            st.button(
                say("取消选择"), key="bulk-none", icon=":material/deselect:", on_click=_choose, args=none
            )


def _key(document: PolicyDocument) -> str:
    return f"bulk-{document.id}"


def _choose(documents: Sequence[PolicyDocument], choice: bool) -> None:
    for document in documents:
        st.session_state[_key(document)] = choice


def _let_go() -> None:
    st.session_state.pop(_IN_HAND, None)


def _confirm(documents: Sequence[PolicyDocument], changes: Changes) -> None:
    count = len(documents)
    asked = (
        say("确定将以下 {count} 份文件移出资料库？", count=count)
        if changes.removes
        else say("确定更正以下 {count} 份文件？", count=count)
    )
    names = "".join(f"<li>{html_text(one.title or one.source)}</li>" for one in documents)
    st.html(f'<p>{html_text(asked)}</p><ul lang="zh-CN">{names}</ul>')
    if st.button(say("确定"), key="bulk-confirmed", type="primary"):
        _let_go()
        state.act(lambda shared: _done(shared, documents, changes))
        st.rerun()


def _done(shared: Resources, documents: Sequence[PolicyDocument], changes: Changes) -> None:
    known = person()
    if changes.groups is not None:
        known.check_giving(changes.groups)
    with editing(shared.library, known) as editor:
        outcomes = list(_each(editor, documents, changes))
    st.session_state[_REPORT] = outcomes
    for document, outcome in zip(documents, outcomes, strict=True):
        for file in outcome.gone:
            shared.uploads.drop(file)
        if outcome.well:
            shared.audit.note(state.who(), Action.CHANGED, document.source, changes.told)
        st.session_state.pop(_key(document), None)


def _each(editor: Editor, documents: Sequence[PolicyDocument], changes: Changes) -> Iterator[_Outcome]:
    """Do it to each, and tell what became of it."""
    for document in documents:
        title = document.title or document.source
        try:
            gone = editor.remove(document) if changes.removes else ()
            if changes.fields:
                editor.correct(document, changes.fields)
            if changes.groups is not None:
                editor.assign(document, changes.groups)
        except PolicyError as error:
            yield _Outcome(f"{title}：{tell(str(error))}", well=False)
        else:
            yield _Outcome(f"{title}：{say(_REMOVED if changes.removes else _CORRECTED)}", gone=gone)


def show_report() -> None:
    """Draw what became of the documents that were chosen last, a line each."""
    outcomes: list[_Outcome] = st.session_state.get(_REPORT, [])
    if outcomes:
        lines = "".join(f"<li>{html_text(outcome.line)}</li>" for outcome in outcomes)
        st.html(f'<div class="pa-report" role="status"><ul>{lines}</ul></div>')
        st.button(say("知道了"), key="bulk-known", on_click=lambda: st.session_state.pop(_REPORT, None))
