"""The ledger's figures behind the sides of a comparison: growth worked out, one thing measured or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.citations import Quote
from assistant.drafting.growth import asked_of
from assistant.drafting.side_questions import without_growth
from assistant.drafting.sides import Side, SideFigure
from assistant.ledger.changes import pair, rounded, same_thing
from assistant.ledger.levels import HALF, Level, levels, measured, stands_in
from assistant.question import AnswerKind, Question
from assistant.retriever import find
from assistant.selecting.answer_types import years_in
from assistant.types import Scope
from vectorstore.facts import ValueKind
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_DOCUMENTS, _HITS = 2, 8
_GROWTH, _PER_CENT = "growth", "%"
_GOAL = "目标"
_WHICH_MORE = re.compile(r"(?:哪|谁)\S{0,14}?(?P<more>[高大多快低小少慢])(?=[些?吗呢]|$)")


def grown(library: PolicyLibrary, side: Side) -> Side | None:
    """Return a side that states no growth with the one that follows from two of its figures.

    Args:
        library: the policy library.
        side: a silent side whose question asks for growth up to a year.

    Returns:
        The side with both figures as its quotes, and the growth; None where they are not stated.
    """
    years = years_in(fold(side.question.query))
    plain = without_growth(side.question)
    if plain is None or not side.documents or not years:
        return None
    for document in _documents(library, side, plain):
        last = max(years)
        change = pair(
            levels(library, document), min(years) if len(years) == 2 else None, last, asked_of(plain)
        )
        if change is None or change.yearly is None:
            continue
        yearly, name = rounded(change.yearly), change.later.indicator.name
        ends = (change.earlier, change.later)
        said = "，".join(f"{one.year}年{one.told}" for one in ends)
        quotes = tuple(dict.fromkeys(one.quote(library) for one in ends))
        figure = SideFigure(_GROWTH, name, f"{yearly}%", change.yearly, _PER_CENT)
        line = answer_line(f"{name}：{said}，推算年均增长{yearly}%")
        return replace(side, quotes=quotes, reckoned=line, figure=figure)
    return None


def of_year(library: PolicyLibrary, side: Side) -> Side:
    """Return a side that is silent about the year it is asked for with what the ledger has of that year.

    One that is asked for a goal without a year gets that of every year it is set for.

    Args:
        library: the policy library.
        side: with what was found for it.
    """
    years = set(side.question.firm_years)
    if not side.documents or side.question.kind is not AnswerKind.NUMBER:
        return side
    if not years:
        return _with_later_goals(library, side)
    if len(years) != 1:
        return side
    (year,) = years
    if any(_tells(library, quote, side, year) for quote in side.quotes):
        return side
    if without_growth(side.question) is not None:
        return grown(library, side) or side
    asked = asked_of(side.question)
    best = max(
        (
            level
            for document in _documents(library, side, side.question)
            for level in levels(library, document, year=year)
            if level.is_of([fold(side.name)])
        ),
        key=lambda level: (level.share(asked), -len(level.tokens)),
        default=None,
    )
    return replace(side, quotes=(best.quote(library),)) if best and best.share(asked) >= HALF else side


def _with_later_goals(library: PolicyLibrary, side: Side) -> Side:
    """Return a side that tells a goal without being asked for its year with the same goal of other years."""
    if not side.quotes or _GOAL not in side.question.query:
        return side
    known, asked = levels(library, side.quotes[0].document.id), asked_of(side.question)
    goals = [
        one for one in known if one.indicator.value_kind is ValueKind.TARGET and one.share(asked) >= HALF
    ]
    told = [one for one in goals if any(stands_in(one, quote) for quote in side.quotes)]
    if not told:
        return side
    first = max(told, key=lambda one: (one.share(asked), -len(one.tokens)))
    more = {
        one.year: one.quote(library)
        for one in goals
        if same_thing(one.indicator, first.indicator)
        and one.tokens == first.tokens
        and one.year not in {other.year for other in told}
    }
    return replace(side, quotes=tuple(dict.fromkeys((*side.quotes, *(more[year] for year in sorted(more))))))


def measured_sides(library: PolicyLibrary, sides: Sequence[Side]) -> list[Side]:
    """Return sides with the figures of their first quotes that are asked for, where all are of one unit."""
    found = [(side.figure,) if side.figure else _figures_of(library, side) for side in sides]
    units = [figure.unit for figure in found[0]] if found else []
    shared = next((unit for unit in units if all(unit in {one.unit for one in side} for side in found)), None)
    if shared is None:
        return list(sides)
    best = [next(figure for figure in figures if figure.unit == shared) for figures in found]
    return [replace(side, figure=figure) for side, figure in zip(sides, best, strict=True)]


def remark(query: str, sides: Sequence[Side]) -> str:
    """Return what the reader of a comparison should know of its figures, or "".

    Args:
        query: what is asked.
        sides: with their figures.

    Returns:
        That they measure different things; else, where it is asked, which side has more.
    """
    known = [(side.name, side.figure) for side in sides if side.figure]
    if len(known) < 2 or len(known) < len(sides):
        return ""
    figures = [figure for _, figure in known]
    if len({one.measured for one in figures}) > 1:
        named = "，".join(f"{name}为“{figure.indicator}”" for name, figure in known)
        return answer_line(f"口径不同，不宜直接比较：{named}。")
    more = _WHICH_MORE.search(fold(query))
    if more is None or len({one.value for one in figures}) < len(figures):
        return ""
    few = more["more"] in "低小少慢"
    ranked = sorted(known, key=lambda one: one[1].value, reverse=not few)
    told = "，".join(f"{name}{figure.told}" for name, figure in ranked)
    apart = len({one.indicator for one in figures}) > 1
    most, least = ranked[0][0], ranked[-1][0]
    if few:
        most, least = least, most
    if apart:
        return answer_line(f"按所载数值，{most}高于{least}（{told}）；两者指标名称不同，仅供参考。")
    return answer_line(f"按所载数值，{most}高于{least}（{told}）。")


def _tells(library: PolicyLibrary, quote: Quote, side: Side, year: int) -> bool:
    """Return whether a quote tells of a year, and of the place itself where it tells figures."""
    if year not in years_in(fold(quote.text)):
        return False
    asked = asked_of(side.question)
    within = [
        level
        for level in levels(library, quote.document.id, year=year)
        if level.share(asked) >= HALF and stands_in(level, quote)
    ]
    return not within or any(level.is_of([fold(side.name)]) for level in within)


def _documents(library: PolicyLibrary, side: Side, question: Question) -> list[str]:
    hits = find(library, question, _HITS, Scope(documents=tuple(sorted(side.documents or ()))))
    return list(dict.fromkeys(hit.document.id for hit in hits))[:_DOCUMENTS]


def _figures_of(library: PolicyLibrary, side: Side) -> tuple[SideFigure, ...]:
    """Return the figures of a side's first quote, those first whose names tell most of what is asked."""
    if not side.quotes:
        return ()
    quote, query = side.quotes[0], fold(side.question.query)
    measure = _GROWTH if without_growth(side.question) is not None else ""
    known = levels(library, quote.document.id, measure)
    within = [level for level in known if stands_in(level, quote)]
    years, asked = years_in(query), asked_of(side.question)
    of_year = [level for level in within if level.year in years] or within
    if len(of_year) > 1:
        of_year = [level for level in of_year if level.share(asked)]
    of_year.sort(key=lambda level: (-level.share(asked), len(level.tokens)))
    return tuple(_figure(level, measure) for level in of_year)


def _figure(level: Level, measure: str) -> SideFigure:
    one = level.indicator
    thing = measure or measured(one)
    return SideFigure(thing, one.name, level.told, Decimal(one.normal_value), one.normal_unit)
