"""The filters of the ledger page: those that make sense for the kind in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

import streamlit as st

from assistant.ledger.cells import LABELS, RELATIONS
from assistant.ui.language import say
from vectorstore.facts import FactKind, ValueKind
from vectorstore.languages.language import own_words
from vectorstore.ledger import BodyRole, FactFilter, Ledger

_Choice = TypeVar("_Choice")


def follow_address(ledger: Ledger) -> None:
    """Take the kind and the filter that a link into the ledger names, once.

    Args:
        ledger: tells which bodies there are to choose from.
    """
    kind = next((one for one in LABELS if one.value == st.query_params.get("kind", "")), None)
    if kind is None:
        return
    st.session_state["ledger-kind"] = kind
    sought = st.query_params.get("sought", "")[:100]
    if sought and (kind is not FactKind.TASK or sought in ledger.bodies):
        st.session_state[f"ledger-{_SOUGHT[kind]}"] = sought
    for name in ("kind", "sought"):
        st.query_params.pop(name, None)


def show_filter(wanted: FactFilter, ledger: Ledger) -> None:
    """Let the page show what a filter lets through, when it is drawn next.

    Args:
        wanted: the filter; what there is no choice of any more is left out.
        ledger: tells which regions and bodies there are to choose from.
    """
    kind = wanted.kind or FactKind.INDICATOR
    regions, bodies = ledger.regions(kind), ledger.bodies
    values = {
        "地区": wanted.region if wanted.region in regions else None,
        "年份": wanted.year,
        "日期年份": wanted.year,
        "完成年份": wanted.year,
        "指标名称": wanted.name,
        "值类型": wanted.value_kind,
        "事项": wanted.relation if kind is FactKind.DEADLINE else None,
        "关系": wanted.relation if kind is FactKind.REFERENCE else None,
        "部门或单位": wanted.body if wanted.body in bodies else None,
        "职责": wanted.role,
        "原文中的词": wanted.text,
    }
    st.session_state["ledger-kind"] = kind
    st.session_state["ledger-rejected"] = wanted.rejected
    for label, value in values.items():
        st.session_state.pop(f"ledger-{label}", None)
        if value:
            st.session_state[f"ledger-{label}"] = value


def chosen_kind() -> FactKind:
    """Draw the kinds of facts and return the one in hand."""
    st.session_state.setdefault("ledger-kind", FactKind.INDICATOR)
    chosen = st.segmented_control(
        say("类别"),
        list(LABELS),
        format_func=lambda kind: say(LABELS[kind]),
        required=True,
        key="ledger-kind",
        label_visibility="collapsed",
    )
    return chosen or FactKind.INDICATOR


def chosen_filter(kind: FactKind, ledger: Ledger) -> FactFilter:
    """Draw the filters of a kind of facts and return what they let through.

    Args:
        kind: the kind in hand.
        ledger: tells regions and bodies to choose from.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger-filter"):
        wanted = _DRAWN[kind](ledger)
        rejected = st.toggle(
            say("含误读"), key="ledger-rejected", help=say("也列出工作人员标为误读（程序读错）的内容")
        )
    return replace(wanted, rejected=rejected)


def _of_indicators(ledger: Ledger) -> FactFilter:
    return FactFilter(
        FactKind.INDICATOR,
        _region(FactKind.INDICATOR, ledger),
        year=_year(own_words("年份")),
        name=_text(own_words("指标名称")),
        value_kind=_choice(own_words("值类型"), list(ValueKind), {one: one.label for one in ValueKind}),
    )


def _of_deadlines(ledger: Ledger) -> FactFilter:
    return FactFilter(
        FactKind.DEADLINE,
        relation=_relation(own_words("事项"), FactKind.DEADLINE),
        region=_region(FactKind.DEADLINE, ledger),
        # The year of an aim that was looked for is seldom that of a day.
        year=_year(own_words("日期年份")),
    )


def _of_tasks(ledger: Ledger) -> FactFilter:
    return FactFilter(
        FactKind.TASK,
        body=_choice(own_words("部门或单位"), ledger.bodies) or "",
        role=_choice(own_words("职责"), list(BodyRole), {one: one.label for one in BodyRole}),
        year=_year(own_words("完成年份")),
    )


def _of_measures(ledger: Ledger) -> FactFilter:
    region = _region(FactKind.MEASURE, ledger)
    return FactFilter(FactKind.MEASURE, region, text=_text(own_words("原文中的词")))


def _of_references(ledger: Ledger) -> FactFilter:
    relation = _relation(own_words("关系"), FactKind.REFERENCE)
    return FactFilter(FactKind.REFERENCE, relation=relation, text=_text(own_words("原文中的词")))


# What a link looks for: an indicator's name, a body, or words of what proves the fact.
_SOUGHT = {
    FactKind.INDICATOR: "指标名称",
    FactKind.TASK: "部门或单位",
    FactKind.MEASURE: "原文中的词",
    FactKind.REFERENCE: "原文中的词",
    FactKind.DEADLINE: "",
}
_DRAWN = {
    FactKind.INDICATOR: _of_indicators,
    FactKind.DEADLINE: _of_deadlines,
    FactKind.TASK: _of_tasks,
    FactKind.MEASURE: _of_measures,
    FactKind.REFERENCE: _of_references,
}


def _region(kind: FactKind, ledger: Ledger) -> str:
    return _choice(own_words("地区"), ledger.regions(kind)) or ""


def _relation(label: str, kind: FactKind) -> str:
    return _choice(label, list(RELATIONS[kind]), RELATIONS[kind]) or ""


def _choice(
    label: str, choices: Sequence[_Choice], words: Mapping[_Choice, str] = MappingProxyType({})
) -> _Choice | None:
    """Draw the choice of one, or of none; those with words are told in the reader's language."""
    return st.selectbox(
        say(label),
        choices,
        index=None,
        format_func=lambda one: say(words[one]) if one in words else str(one),
        placeholder=say("全部"),
        key=f"ledger-{label}",
    )


def _year(label: str) -> int | None:
    year = st.number_input(say(label), 1949, 2100, value=None, placeholder=say("全部"), key=f"ledger-{label}")
    return int(year) if year else None


def _text(label: str) -> str:
    return st.text_input(say(label), key=f"ledger-{label}", placeholder=say("全部"), max_chars=100).strip()
