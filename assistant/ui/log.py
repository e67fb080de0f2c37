"""The administrators' page of who asked, opened and changed what."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import streamlit as st

from assistant.exporting.plain_cells import plain_cell
from assistant.records.audit import Action, AuditLog, Entry
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

_AT_ONCE = 200
_DAYS = 7
# What these are about has an id alone, where it is not a file.
_BY_ID = (
    Action.ASKED,
    Action.ANSWERED,
    Action.OPENED,
    Action.HANDLED,
    Action.SUBSCRIBED,
    Action.UNSUBSCRIBED,
)
_WAYS = {"extractive": "摘录原文", "model": "由模型撰写", "refused": "未能回答"}


def show_log(log: AuditLog, today: date) -> None:
    """Draw the log.

    Args:
        log: where it is kept.
        today: the reader's day.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("日志"))}</h1></header>')
    with st.container(horizontal=True, key="log-filter"):
        who = st.text_input(say("人员"), key="log-who")
        action = st.selectbox(
            say("事项"),
            [None, *Action],
            format_func=lambda one: say(one.label) if one else say("全部"),
            key="log-action",
        )
        since = st.date_input(say("起始日期"), today - timedelta(days=_DAYS), key="log-since")
    first = datetime.combine(since or today, time()).astimezone()
    entries = log.entries(who.strip().lower() or None, action, first, _AT_ONCE)
    st.html(log_html(entries))
    # Asked now: the file is made after the page was drawn, where nobody knows its reader.
    spoken = language()
    st.download_button(
        say("导出为表格"),
        lambda: log_csv(log.entries(who.strip().lower() or None, action, first, 100_000), spoken),
        "log.csv",
        "text/csv",
        key="log-export",
        icon=":material/download:",
        on_click="ignore",
    )


def log_html(entries: Sequence[Entry]) -> str:
    """Return lines of the log as a table.

    Args:
        entries: the newest first.
    """
    names = [say(name) for name in own_words(("时间", "人员", "事项", "对象", "内容"))]
    told = [_told(entry) for entry in entries]
    # Where nobody signs in there is no 人员; a column that says nothing takes the room of one that does.
    shown = [at for at in range(len(names)) if any(cells[at] for cells in told)]
    head = "".join(f"<th>{html_text(names[at])}</th>" for at in shown)
    rows = "".join(f"<tr>{''.join(f'<td>{html_text(one[at])}</td>' for at in shown)}</tr>" for one in told)
    nothing = f"<p>{html_text(say('没有记录'))}</p>"
    name = html_text(say("日志"))
    table = (
        f'<div class="pa-answer"><div class="pa-table pa-rows pa-log" tabindex="0" role="region" '
        f'aria-label="{name}"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></div>'
    )
    return table if rows else nothing


def log_csv(entries: Sequence[Entry], wanted: Language = Language.SIMPLIFIED) -> bytes:
    """Return lines of the log as a table for a spreadsheet program, in UTF-8 with its mark.

    Args:
        entries: the newest first.
        wanted: the reader's language.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    for entry in entries:
        writer.writerow(map(plain_cell, _cells(entry, wanted)))
    return text.getvalue().encode("utf-8-sig")


def _told(entry: Entry) -> tuple[str, ...]:
    """Return the cells as people read them, without what only names things to programs."""
    when, who, what, subject, detail = _cells(entry, language())
    named = entry.action not in _BY_ID or "." in subject
    return when, who, what, subject if named else "", say(_WAYS[detail]) if detail in _WAYS else detail


def _cells(entry: Entry, wanted: Language) -> tuple[str, ...]:
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return when, entry.who, translated(entry.action.label, wanted), entry.subject, entry.detail
