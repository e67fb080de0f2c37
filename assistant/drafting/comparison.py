"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.brief import brief
from assistant.citations import Quote, dated_title
from assistant.drafting.draft import ALSO, Draft, cell
from assistant.drafting.figures import asked_of
from assistant.drafting.inquiry import Inquiry
from assistant.drafting.sides import Side, asked_alone, sides_of
from assistant.ledger.levels import HALF, Level, levels, measured, stands_in
from assistant.question import AnswerKind
from assistant.retriever import find, term_weights
from assistant.selecting.answer_types import years_in
from assistant.types import Hit, Scope
from assistant.understanding.versions import asks_versions, document_versions, without_versions
from vectorstore.facts import ValueKind
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_HITS_A_SIDE = 8
# Characters of a whole table, and of what stands round the words of each row.
_CHARS, _FRAME = 560, 24
_FEWEST_CHARS = 70
_SILENT = answer_line("资料中未找到")
_HEAD = answer_line(("对象", "资料所载"))
_GOAL = "目标"
_WHICH_MORE = re.compile(r"(?:哪|谁)\S{0,14}?[高大多快低小少慢](?=[些?吗呢]|$)")


def sides(inquiry: Inquiry) -> Draft | None:
    """Return what several places say to a question, side by side."""
    said = _said(inquiry, sides_of(inquiry.question))
    return _laid_out(said, _remark(inquiry, said))


def versions(inquiry: Inquiry) -> Draft | None:
    """Return what the versions of a document say, side by side, the oldest first."""
    question = inquiry.question
    if not asks_versions(question):
        return None
    # Whose documents are held together tells the place already.
    alone = replace(asked_alone(question, without_versions(question)), mentions=())
    of_each = [
        Side(dated_title(document, inquiry.today), frozenset({document.id}), alone)
        for document in document_versions(inquiry.library, question)
        if inquiry.allows(document.id)
    ]
    return _laid_out(_said(inquiry, of_each))


def _said(inquiry: Inquiry, sides: Sequence[Side]) -> list[Side]:
    """Return sides with what their documents say; a side that says nothing has no quotes.

    Beside one that answers, another tells what is only near: a reader sees what each of them measures.
    """
    names = sum(len(side.name) + _FRAME for side in sides)
    room = max(_FEWEST_CHARS, (_CHARS - names) // max(1, len(sides)))
    library, asked = inquiry.library, []
    for side in sides:
        documents = tuple(sorted(filter(inquiry.allows, side.documents)))
        hits = find(library, side.question, _HITS_A_SIDE, Scope(documents=documents)) if documents else []
        asked.append(
            (side, hits, brief(library, side.question, hits, term_weights(library, side.question), room))
        )
    said = [
        _with_figures(library, side, hits, found.quotes if found.answers else ())
        for side, hits, found in asked
    ]
    if any(said):
        said = [
            quotes or _with_figures(library, side, hits, found.quotes)
            for quotes, (side, hits, found) in zip(said, asked, strict=True)
        ]
    return [
        replace(side, quotes=quotes, also=found.also, sure=found.answers or quotes != found.quotes)
        for quotes, (side, _, found) in zip(said, asked, strict=True)
    ]


def _with_figures(
    library: PolicyLibrary, side: Side, hits: Sequence[Hit], quotes: tuple[Quote, ...]
) -> tuple[Quote, ...]:
    """Return what a side says.

    Silence, or a figure of a part of the place, gives way to the ledger's; a goal without a year brings its
    other years.
    """
    asked, years = asked_of(side.question), side.question.firm_years
    if side.question.kind is not AnswerKind.NUMBER or not hits:
        return quotes
    document = (quotes[0] if quotes else hits[0]).document.id
    known = [one for one in levels(library, document) if one.share(asked) >= HALF]
    known.sort(key=lambda one: (-one.share(asked), len(one.tokens)))
    if years:
        own = [one for one in known if one.year in years and one.is_of([fold(side.name)])]
        told = [one for one in known if one.year in years and any(stands_in(one, quote) for quote in quotes)]
        if quotes and (not told or any(one in own for one in told)):
            return quotes
        return tuple(one.quote(library) for one in own[:1]) or quotes
    if _GOAL not in side.question.query:
        return quotes
    goals = [one for one in known if one.indicator.value_kind is ValueKind.TARGET]
    told = [one for one in goals if any(stands_in(one, quote) for quote in quotes)]
    years_told = {one.year for one in told}
    more = [
        one.quote(library)
        for one in sorted(goals, key=lambda one: one.year)
        if told and one.tokens == told[0].tokens and one.year not in years_told
    ]
    return tuple(dict.fromkeys([*quotes, *more]))


def _laid_out(sides: Sequence[Side], remark: str = "") -> Draft | None:
    """Return a comparison as a small Markdown table, a side a row, and what should be known of it below."""
    quotes = tuple(quote for side in sides for quote in side.quotes)
    if not quotes:
        return None
    near = "、".join(side.name for side in sides if side.quotes and not side.sure)
    unsure = answer_line(f"{near}一栏只是可能相关，请核对原文。") if near else ""
    said = "\n\n".join(
        filter(None, [_table([(side.name, side.quotes) for side in sides], 1), unsure, remark])
    )
    besides = [(side.name, tuple(quote for quote in side.also if quote not in quotes)) for side in sides]
    also = tuple(quote for _, of_side in besides for quote in of_side)
    if not also:
        return Draft(said, quotes)
    below = _table([one for one in besides if one[1]], len(quotes) + 1)
    return Draft(said, quotes, longer=Draft(f"{said}\n\n{ALSO}\n\n{below}", (*quotes, *also)))


def _table(rows: Sequence[tuple[str, Sequence[Quote]]], first: int) -> str:
    """Return a table of names with what is quoted for each, the marks numbered from the first on."""
    lines = [f"| {' | '.join(_HEAD)} |", "| --- | --- |"]
    for name, quotes in rows:
        cells = [f"{cell(quote.text)}[{number}]" for number, quote in enumerate(quotes, first)]
        first += len(quotes)
        lines.append(f"| {cell(name)} | {' '.join(cells) or _SILENT} |")
    return "\n".join(lines)


def _remark(inquiry: Inquiry, sides: Sequence[Side]) -> str:
    """Return that sides measure different things, else, where it is asked, which side has more, or ""."""
    known = [(side.name, level) for side in sides if (level := _figure(inquiry.library, side)) is not None]
    units = {level.indicator.normal_unit for _, level in known}
    if len(known) < max(2, len(sides)) or len(units) > 1:
        return ""
    if len({measured(level.indicator) for _, level in known}) > 1:
        named = "，".join(f"{name}为“{level.indicator.name}”" for name, level in known)
        return answer_line(f"口径不同，不宜直接比较：{named}。")
    values = {name: Decimal(level.indicator.normal_value) for name, level in known}
    if not _WHICH_MORE.search(inquiry.folded) or len(set(values.values())) < len(known):
        return ""
    known.sort(key=lambda one: values[one[0]], reverse=True)
    most, least = known[0][0], known[-1][0]
    told = "，".join(f"{name}{level.told}" for name, level in known)
    if len({level.indicator.name for _, level in known}) > 1:
        return answer_line(f"按所载数值，{most}高于{least}（{told}）；两者指标名称不同，仅供参考。")
    return answer_line(f"按所载数值，{most}高于{least}（{told}）。")


def _figure(library: PolicyLibrary, side: Side) -> Level | None:
    """Return the figure of a side's first quote whose name tells most of what is asked."""
    if not side.quotes:
        return None
    asked, years = asked_of(side.question), years_in(fold(side.question.query))
    within = [one for one in levels(library, side.quotes[0].document.id) if stands_in(one, side.quotes[0])]
    return max(within, key=lambda one: (one.year in years, one.share(asked), -len(one.tokens)), default=None)
