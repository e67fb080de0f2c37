"""What changed in a subscription: old and new words and figures, each leading to where it stands."""

from __future__ import annotations

import streamlit as st

from assistant.records.subscription import Report, Subscription
from assistant.subscribing.told import counts, document_of, name_of, turns, value_of
from assistant.subscribing.watched import Change, Fate, Proof
from assistant.ui.escaping import html_text, passage_text
from assistant.ui.language import language, say, tell
from assistant.ui.places import Place, show_places
from assistant.ui.sources import badge
from vectorstore.library import PolicyLibrary

_AT_ONCE = 10
_OPENED = "subscription-opened"
_LOOKS = {Fate.NEW: "in_force", Fate.GONE: "expired", Fate.DIFFERS: "draft", Fate.STANDING: "not_policy"}


def show_reports(library: PolicyLibrary, subscription: Subscription) -> None:
    """Draw what changed last, and folded what changed before.

    Args:
        library: as it stands.
        subscription: at least one report.
    """
    newest, *earlier = subscription.reports
    _show_report(library, newest)
    if earlier:
        label = say("更早的变化（{count}）", count=len(earlier))
        with st.expander(label, key=f"subscription-earlier-{subscription.id}", on_change="rerun") as folded:
            if folded.open:
                for report in earlier:
                    _show_report(library, report)


def show_opened(library: PolicyLibrary) -> None:
    """Draw the places that the reader opened, over the page; nothing where none is open.

    Args:
        library: as it stands.
    """
    opened: Change | None = st.session_state.get(_OPENED)
    if opened is None:
        return
    if places := _places(library, opened):
        st.dialog(say("原文"), width="large", on_dismiss=_close)(show_places)(library, places)


def _show_report(library: PolicyLibrary, report: Report) -> None:
    moment = f"{report.at.astimezone():%Y-%m-%d %H:%M}"
    unread = "" if report.read else f'<span class="pa-badge pa-draft">{html_text(say("未读"))}</span>'
    told = html_text(f"{moment} · {counts(report.changes, language())}")
    st.html(f'<div class="pa-card-head"><h3 class="pa-sources-head">{told}</h3>{unread}</div>')
    shown = report.changes if _wants_all(report) else report.changes[:_AT_ONCE]
    for at, change in enumerate(shown):
        with st.container(key=f"subscription-change-{report.id}-{at}"):
            st.html(change_html(change))
            if _places(library, change):
                st.button(
                    say("查看原文"),
                    key=f"subscription-open-{report.id}-{at}",
                    type="tertiary",
                    icon=":material/visibility:",
                    on_click=_open,
                    args=(change,),
                )


def _wants_all(report: Report) -> bool:
    if len(report.changes) <= _AT_ONCE:
        return True
    label = say("显示全部 {count} 处变化", count=len(report.changes))
    return bool(st.toggle(label, key=f"subscription-all-{report.id}"))


def change_html(change: Change) -> str:
    """Return one change as HTML: what became of what, and the words that prove it."""
    proof, wanted = change.shown, language()
    name, value = name_of(proof, wanted), value_of(proof, wanted)
    head = [
        f'<span class="pa-badge pa-{_LOOKS[change.fate]}">{html_text(say(change.fate.label))}</span>',
        *([f'<span class="pa-label" lang="zh-CN">{html_text(name)}</span>'] if name else []),
    ]
    parts = [f'<div class="pa-card-head">{"".join(head)}</div>']
    if value and change.fate in (Fate.NEW, Fate.GONE):
        parts.append(f'<p class="pa-turn" lang="zh-CN">{html_text(value)}</p>')
    arrow = html_text(say("变为"))
    for old, new in turns(change, wanted):
        parts.append(
            f'<p class="pa-turn"><del>{html_text(old)}</del>'
            f'<span role="img" aria-label="{arrow}"> → </span><ins>{html_text(new)}</ins></p>'
        )
    if change.fate is Fate.DIFFERS and change.before is not None:
        parts.append(_quoted(change.before, say("原来")))
        parts.append(_quoted(proof, say("现在")))
    else:
        parts.append(_quoted(proof, ""))
    if change.why:
        parts.append(f'<p class="pa-facts">{html_text(tell(change.why))}</p>')
    return f'<article class="pa-compared pa-change">{"".join(parts)}</article>'


def _quoted(proof: Proof, label: str) -> str:
    told = f"{html_text(label)} " if label else ""
    place = f'{told}<span lang="zh-CN">{html_text(document_of(proof))}</span>'
    return (
        f'<blockquote class="pa-passage" lang="zh-CN">{passage_text(proof.quote)}</blockquote>'
        f'<div class="pa-change-place"><span class="pa-facts">{place}</span> '
        f"{badge(proof.standing, proof.standing_label)}</div>"
    )


def _places(library: PolicyLibrary, change: Change) -> list[Place]:
    """Return where the words of a change stand in documents that the library still holds."""
    known = library.by_id
    # Of one document that only its standing changed, one place is enough.
    sides = (change.before, change.after) if change.fate is Fate.DIFFERS else (change.shown,)
    return [
        Place(known[one.document_id], one.start, one.end)
        for one in sides
        if one is not None and one.document_id in known
    ]


def _open(change: Change) -> None:
    st.session_state[_OPENED] = change


def _close() -> None:
    st.session_state.pop(_OPENED, None)
