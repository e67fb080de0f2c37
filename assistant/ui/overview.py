"""The administrators' overview: what is asked, what to act on, which documents to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from assistant.records.access import Role
from assistant.records.activity import Activity, activity_of
from assistant.records.audit import Action
from assistant.records.expiring import expired, expiring
from assistant.records.feedback import Feedback, Filter
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.feedback import details_html, told
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from vectorstore.types import PolicyDocument, Status

_PERIODS = (7, 30, 90)
_LINES = 100_000
_AT_ONCE = 20
_KEPT_SECONDS = 600
_HEIGHT = 180


@dataclass(frozen=True, slots=True)
class _Task:
    """A question to act on: refused, or answered to nobody's use.

    Attributes:
        exchange_id: names it.
        at: when.
        question: its words.
        facts: why it is here, and whose it is.
        feedback: what was said of its answer; None where it was refused.
    """

    exchange_id: str
    at: datetime
    question: str
    facts: tuple[str, ...]
    feedback: Feedback | None = None


def show_overview(shared: Resources, today: date) -> None:
    """Draw the page.

    Args:
        shared: what is kept of questions, opinions and documents.
        today: the reader's day.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("概览"))}</h1></header>')
    if line := state.problem():
        st.html(notice_html(line, "problem"))
    days = st.segmented_control(
        say("时段"),
        _PERIODS,
        default=30,
        format_func=lambda count: say("近 {count} 天", count=count),
        required=True,
        key="overview-days",
    )
    first = today - timedelta(days=int(days or 30) - 1)
    since = datetime.combine(first, time()).astimezone(UTC)
    with guarded(say("概览")):
        activity = activity_of(shared.audit.entries(since=since, limit=_LINES))
        if not shared.audit.keeps:
            st.html(notice_html(say("未保留日志（POLICY_AUDIT_DAYS=0），没有提问的统计。")))
        _show_figures(activity)
        _show_days(activity.per_day, first, today)
        _show_tasks(shared, activity, since)
    with guarded(say("文件")):
        _show_documents(shared, since, today)


def _show_figures(activity: Activity) -> None:
    refused = f"{len(activity.refused) / activity.answered:.0%}" if activity.answered else "–"
    figures = {
        say("提问"): str(activity.asked),
        say("未能回答"): f"{len(activity.refused)}（{refused}）",
        say("半数回答用时"): _seconds(activity.median_seconds),
        say("95% 的回答用时不超过"): _seconds(activity.slow_seconds),
    }
    cells = "".join(
        f"<div><dt>{html_text(name)}</dt><dd>{html_text(value)}</dd></div>" for name, value in figures.items()
    )
    st.html(f'<dl class="pa-figures">{cells}</dl>')


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else say("{seconds} 秒", seconds=f"{seconds:.1f}")


def _show_days(per_day: Mapping[date, int], first: date, last: date) -> None:
    if not per_day:
        return
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    values = [{"day": f"{day:%m-%d}", "count": per_day.get(day, 0)} for day in days]
    st.html(f'<h2 class="pa-panel-label">{html_text(say("每日提问"))}</h2>')
    most = {"domain": [0, max(per_day.values())], "nice": True}
    bars = {"field": "count", "type": "quantitative", "title": say("提问"), "scale": most}
    st.vega_lite_chart(
        {
            "data": {"values": values},
            "description": say("每日提问"),
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "x": {
                    "field": "day",
                    "type": "nominal",
                    "title": say("日期"),
                    "axis": {"title": None, "labelOverlap": True, "labelAngle": 0, "aria": False},
                },
                "y": {**bars, "axis": {"title": None, "tickMinStep": 1, "aria": False}},
            },
        },
        height=_HEIGHT,
    )


def _show_tasks(shared: Resources, activity: Activity, since: datetime) -> None:
    disliked = shared.feedback.listed(Filter(useful=False, since=since))
    tasks = sorted([*map(_disliked, disliked), *_refused(activity)], key=lambda one: one.at, reverse=True)
    waiting = [task for task in tasks if task.exchange_id not in activity.handled]
    heading = html_text(say("待处理的问题（{count}）", count=len(waiting)))
    st.html(f'<h2 class="pa-sources-head">{heading}</h2>')
    done_too = st.toggle(say("也显示已处理的"), key="overview-handled")
    shown = tasks if done_too else waiting
    if not shown:
        st.html(f"<p>{html_text(say('没有待处理的问题'))}</p>")
    for task in shown[:_AT_ONCE]:
        _show_task(task, handled=task.exchange_id in activity.handled, marks=shared.audit.keeps)
    if len(shown) > _AT_ONCE:
        st.caption(say("只显示最近 {count} 个，处理后显示其余", count=_AT_ONCE))


def _refused(activity: Activity) -> list[_Task]:
    return [
        _Task(one.exchange_id, one.at, one.question, tuple(filter(None, (say("未能回答"), one.who))))
        for one in activity.refused
    ]


def _disliked(given: Feedback) -> _Task:
    facts = tuple(filter(None, (told(given.opinion), given.opinion.words)))
    return _Task(given.exchange_id, given.at, given.answer.question, facts, given)


def _show_task(task: _Task, *, handled: bool, marks: bool) -> None:
    key = f"{'disliked' if task.feedback else 'refused'}-{task.exchange_id}"
    facts = (*task.facts, f"{task.at.astimezone():%Y-%m-%d %H:%M}", say("已处理") if handled else "")
    with st.container(key=f"framed-task-{key}"):
        st.html(
            f'<span class="pa-label" lang="zh-CN">{html_text(task.question)}</span>'
            f'<div class="pa-facts">{html_text(" · ".join(filter(None, facts)))}</div>'
        )
        if task.feedback is not None:
            with st.expander(say("回答、依据与设置")):
                st.html(details_html(task.feedback))
        with st.container(horizontal=True, key=f"task-actions-{key}"):
            again = say("在新对话中打开")
            icon = ":material/open_in_new:"
            st.button(again, key=f"open-task-{key}", icon=icon, on_click=_open, args=(task.question,))
            if marks and not handled:
                done = say("标为已处理")
                args = (task.exchange_id, task.question)
                st.button(done, key=f"done-{key}", icon=":material/done:", on_click=_mark, args=args)


def _open(question: str) -> None:
    state.open_conversation("")
    state.ask(question)


def _mark(exchange_id: str, question: str) -> None:
    def marked(shared: Resources) -> None:
        person().check(Role.ADMINISTRATOR)
        shared.audit.note(state.who(), Action.HANDLED, exchange_id, question)

    state.act(marked)


def _show_documents(shared: Resources, since: datetime, today: date) -> None:
    documents = shared.library.documents()
    cited = _cited(since.isoformat(), shared)
    never = [document for document in documents if document.id not in cited]
    soon, over = expiring(documents, today), expired(documents, today)
    _show_list(say("90 天内到期的文件（{count}）", count=len(soon)), soon, documents)
    _show_list(say("已到期、已废止的文件（{count}）", count=len(over)), over, documents)
    _show_list(say("时段内未被引用的文件（{count}）", count=len(never)), never, documents)


@st.cache_data(show_spinner=False, max_entries=10, ttl=_KEPT_SECONDS)
def _cited(since: str, _shared: Resources) -> frozenset[str]:
    """Return the ids of the documents that answers cite; not at each click, as all answers are read."""
    return _shared.conversations.cited_since(datetime.fromisoformat(since))


def _show_list(heading: str, listed: Sequence[PolicyDocument], documents: Sequence[PolicyDocument]) -> None:
    with st.expander(heading):
        if not listed:
            st.html(f"<p>{html_text(say('没有这样的文件'))}</p>")
            return
        known = {document.id: document for document in documents}
        titles = Counter(document.title for document in documents)
        lines = "".join(
            f"<li>{_link(one, titles)} {_told_of(one, known.get(one.superseded_by), titles)}</li>"
            for one in listed[:_AT_ONCE]
        )
        st.html(f'<ul class="pa-documents" lang="zh-CN">{lines}</ul>')
        if len(listed) > _AT_ONCE:
            st.caption(say("只列出前 {count} 份，其余请在资料库中筛选", count=_AT_ONCE))


def _link(document: PolicyDocument, titles: Mapping[str, int]) -> str:
    """Return what leads to a document; its number tells it from another one of its title."""
    number = document.document_number if titles[document.title] > 1 else ""
    title = (document.title or document.source) + (f"（{number}）" if number else "")
    return f'<a href="library?document={html_text(document.id)}" target="_self">{html_text(title)}</a>'


def _told_of(document: PolicyDocument, successor: PolicyDocument | None, titles: Mapping[str, int]) -> str:
    """Return until when a document applies, or what became of it."""
    if document.status is Status.SUPERSEDED:
        if successor is None:
            return f'<span class="pa-facts">{html_text(say("已废止"))}</span>'
        link = _link(successor, titles)
        return f'<span class="pa-facts">{html_text(say("已废止，现行文件："))}{link}</span>'
    end = document.last_day
    until = html_text(say("至 {day}", day=end.isoformat())) if end else ""
    return f'<span class="pa-facts">{until}</span>'
