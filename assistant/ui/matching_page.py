"""The page that holds the library's measures against what an applicant says of itself, clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import streamlit as st

from assistant.days import today
from assistant.matching.conditions import Condition, Threshold
from assistant.matching.matching import Applicant, Fit, Match, Offer, match, offers
from assistant.ui.document import place_of
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import say, tell
from assistant.ui.ledger_proof import proof_button, show_opened
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge
from vectorstore.library import PolicyLibrary, Seen

_MOST_ASKED = 24
_MOST_SHOWN = 100
_SIGNS = {Fit.FITS: "✓", Fit.OPEN: "?", Fit.FAILS: "✗"}
_MONEY, _TEN_THOUSAND = "元", Decimal(10_000)


def show_matching(shared: Resources) -> None:
    """Draw the page.

    Args:
        shared: where the documents are.
    """
    st.html(
        f'<header class="pa-heading"><h1>{html_text(say("政策匹配"))}</h1>'
        f"<p>{html_text(say('逐条对照资料库中的扶持条款；结果仅供参考，以主管部门认定为准'))}</p></header>"
    )
    library = shared.library.pinned()
    state_of = (library.seen, today())
    everything = _offers(*state_of, "", library)
    if not everything.offers:
        none = say("资料库中没有可以匹配的扶持条款，导入载有奖补、扶持条款的文件后即可匹配")
        st.html(f'<p class="pa-empty">{html_text(none)}</p>')
        return
    region = st.selectbox(
        say("地区"), everything.regions, index=None, placeholder=say("全部"), key="matching-region", width=320
    )
    listed = _offers(*state_of, region, library) if region else everything
    chosen = _chosen(listed.subjects)
    matched, asked = _of_subjects(*state_of, region, tuple(chosen), listed)
    holds = _held(listed.subjects, chosen)
    applicant = _applicant(asked, holds, opened=bool(chosen))
    if applicant != Applicant(holds):
        matched = match(listed.offers, applicant)
    if applicant == Applicant():
        st.html(notice_html(say("请先选择申请对象，或展开“条件”逐项回答")))
    for fit in Fit:
        _show_group(fit, [one for one in matched if one.fit is fit])
    show_opened(library)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The offers of a region, or of all, with what there is to choose from among them."""

    offers: Sequence[Offer]
    subjects: Sequence[Condition]
    regions: Sequence[str]


@st.cache_resource(show_spinner=False, max_entries=24)
def _offers(seen: Seen, day: date, region: str, _library: PolicyLibrary) -> _Listed:
    """Return the offers of one state of the library on one day; not at each click: each loads its passage."""
    found = _offers(seen, day, "", _library).offers if region else offers(_library, "", day)
    found = [one for one in found if region in ("", one.found.document.region)]
    subjects = _common(one for offer in found for one in offer.conditions if one.is_subject)
    return _Listed(found, subjects, sorted({one.found.document.region for one in found} - {""}))


@st.cache_resource(show_spinner=False, max_entries=24)
def _of_subjects(
    seen: Seen, day: date, region: str | None, chosen: tuple[str, ...], _listed: _Listed
) -> tuple[list[Match], list[Condition]]:
    """Return the offers held against who applies, and what those that are for them ask besides."""
    matched = match(_listed.offers, Applicant(_held(_listed.subjects, chosen)))
    meant = (one.offer for one in matched if not (chosen and one.is_for_others))
    return matched, _common(one for offer in meant for one in offer.conditions if not one.is_subject)


def _chosen(subjects: Sequence[Condition]) -> list[str]:
    """Ask who or what applies."""
    return st.multiselect(
        say("申请对象（可多选）"),
        [one.text for one in subjects],
        placeholder=say("请选择"),
        key="matching-subjects",
        # Streamlit would offer it first, in English, and Enter would take all that a word finds.
        select_all=False,
    )


def _held(subjects: Sequence[Condition], chosen: Sequence[str]) -> dict[str, bool]:
    """Which subjects an applicant is: a 高新技术企业 is a 企业 as well. What it is not, nobody said."""
    return {one.key: True for one in subjects if any(name.endswith(one.text) for name in chosen)}


def _applicant(asked: Sequence[Condition], subjects: Mapping[str, bool], *, opened: bool) -> Applicant:
    """Ask what the measures ask, and return what was answered.

    Args:
        asked: the conditions, those that most measures ask first.
        subjects: which subjects the applicant is.
        opened: whether the questions are shown at first.
    """
    holds = dict(subjects)
    numbers: dict[str, Decimal] = {}
    questions = [one for one in asked if not one.excludes][:_MOST_ASKED]
    excluding = [one for one in asked if one.excludes][:_MOST_ASKED]
    # All that exclude are one question.
    count = len(questions) + bool(excluding)
    with st.expander(say("条件（{count} 项）", count=count), expanded=opened):
        st.caption(say("只询问资料库扶持条款中出现的条件；其他情况不影响匹配结果"))
        if len(asked) > len(questions) + len(excluding):
            line = say("只列出涉及条款最多的 {count} 项，其余按待核实处理", count=count)
            st.html(notice_html(line))
        columns = st.columns(2)
        for at, one in enumerate(questions):
            with columns[at % 2]:
                if one.threshold:
                    if (number := _number(one, one.threshold)) is not None:
                        numbers[one.key] = number
                elif (known := _holds(one)) is not None:
                    holds[one.key] = known
        if excluding:
            told = markdown_text("；".join(one.text for one in excluding))
            if st.checkbox(say("没有这些情形：{told}", told=told), key="matching-clean"):
                holds |= dict.fromkeys((one.key for one in excluding), False)
    return Applicant(holds, numbers)


def _common(conditions: Iterable[Condition]) -> list[Condition]:
    """Return each condition once, those that most measures ask first."""
    by_key: dict[str, Condition] = {}
    counted: Counter[str] = Counter()
    for one in conditions:
        by_key.setdefault(one.key, one)
        counted[one.key] += 1
    return [by_key[key] for key, _ in counted.most_common()]


def _holds(condition: Condition) -> bool | None:
    told = st.segmented_control(
        markdown_text(condition.asked),
        [say("是"), say("否")],
        key=f"matching-holds-{condition.key}",
        width="content",
    )
    return None if told is None else told == say("是")


def _number(condition: Condition, threshold: Threshold) -> Decimal | None:
    money = threshold.unit == _MONEY
    unit = say("万元") if money else threshold.unit
    number = st.number_input(
        markdown_text(f"{condition.asked}（{unit}）"),
        0.0,
        value=None,
        placeholder=say("不填为待核实"),
        key=f"matching-number-{condition.key}",
    )
    if number is None:
        return None
    return Decimal(str(number)) * (_TEN_THOUSAND if money else 1)


def _show_group(fit: Fit, matches: Sequence[Match]) -> None:
    if not matches:
        return
    with st.expander(f"{tell(fit.label)} · {len(matches)}", expanded=fit is not Fit.FAILS):
        for at, one in enumerate(matches[:_MOST_SHOWN]):
            _show_match(f"{fit.value}-{at}", one)
        if len(matches) > _MOST_SHOWN:
            st.html(
                notice_html(
                    say("其余 {count} 条未列出，请选择地区或申请对象", count=len(matches) - _MOST_SHOWN)
                )
            )


def _show_match(key: str, matched: Match) -> None:
    found = matched.offer.found
    document = found.document
    clauses = "".join(_clause_html(one, outcome) for one, outcome in matched.clauses)
    standing = badge(document.standing(today()), document.standing_label(today()))
    with st.container(key=f"matching-{key}", border=True):
        st.html(
            f'<div class="pa-match"><p lang="zh-CN">{html_text(found.fact.quote)}</p>'
            f"<ul>{clauses}</ul>"
            f'<p class="pa-facts" lang="zh-CN">{html_text(document.title or document.source)} {standing} '
            f"{html_text(place_of(found.passage))}</p></div>"
        )
        proof_button(found, f"matching-open-{key}")


def _clause_html(condition: Condition, outcome: Fit) -> str:
    """A clause with its outcome, told by a sign and in words for those who cannot see it."""
    text = condition.text if condition.threshold else condition.asked
    if condition.excludes:
        text = say("没有此情形：{condition}", condition=text)
    label = html_text(tell(outcome.label))
    return (
        f'<li class="pa-match-{outcome.value}"><span aria-hidden="true">{_SIGNS[outcome]}</span> '
        f'<span lang="zh-CN">{html_text(text)}</span><span class="pa-told">（{label}）</span></li>'
    )
