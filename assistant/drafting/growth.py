"""Questions that two figures of the ledger answer: a change, the fastest one, a goal that is met early."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting.draft import Draft
from assistant.ledger.changes import Change, changes, pair, usual_years
from assistant.ledger.levels import Level, levels
from assistant.question import Question, unasked
from assistant.selecting.places import holds_for
from assistant.types import Hit
from vectorstore.facts import ValueKind
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, words

_MOVES = r"增加|增长|提高|提升|上升|减少|下降|降低|增幅|降幅|增速|增长率|增量|翻|变化"
_CHANGE = re.compile(
    rf"(?:{_MOVES}|多|少|高|低|差)了?[^,。?]{{0,6}}(?:多少|多大|几)|(?:多少|多大|几).{{0,4}}(?:{_MOVES})|"
    r"(?:年均|平均每年).{0,6}(?:多少|多大|几)|(?:增幅|增速|增长率|降幅)|"
    r"比[^,。?]{0,10}[多少高低大小]|(?:什么|哪些|怎样|怎么|如何)[^,。?]{0,4}变化|变化[^,。?]{0,4}(?:如何|怎样|怎么样|情况)"
)
_MOST = re.compile(
    r"(?:增长|增速|增幅|提高|提升|上升|增加|涨|长)得?的?(?:幅度)?(?P<most>最[快大高多]|最[慢小低少])"
)
_WHICH = re.compile(r"哪|什么指标")
_EARLY = re.compile(r"(?:达到|实现|完成|达成)\S{0,8}目标")
_INDICATORS = re.compile(r"指标")
# What a question says of the reckoning is no part of an indicator's name.
_RECKONING = re.compile(
    r"(?:目标|达到|只有|共有)\d[\d,.]*(?:[%家个名项条种届所座位人]|[万亿]*元)?|比?(?:19|20)\d{2}年?|"
    rf"{_MOVES}|年均|平均|大约|约|实际|目标|预计|现状|基期|期末|分别|每年|同比|指标|完成|达到|实现|要求|"
    r"数量|个数|总数|是不是|是否|[多少高低]?了?多少(?:[家个名项条种届所座位]|[万亿]*元)?|推算|计算|从|到"
)
# So many of the fastest are shown, and the documents of so many hits are looked at.
_SHOWN, _DOCUMENTS = 3, 3


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is worked out, before it is laid out.

    Attributes:
        head: the line above, or "".
        changes: the changes told, in order.
        plain: whether only the figures are told, not how they differ.
    """

    head: str
    changes: tuple[Change, ...]
    plain: bool = False


def reckoned(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], allowed: frozenset[str] | None
) -> Draft | None:
    """Return the answer that follows from two years' figures, each cited, or None where none is asked for.

    Args:
        library: the policy library.
        question: what is asked.
        hits: the passages found for it, best first.
        allowed: ids of the documents that may be told of; None is all.
    """
    query = fold(question.query)
    years = sorted(question.years)
    if not _asks(query, years):
        return None
    for document in documents_for(question, hits, allowed):
        known = levels(library, document)
        found = (
            _fastest(query, years, known) or _early(query, years, known) or _change(question, years, known)
        )
        if found:
            return _laid_out(library, found)
    return None


def _asks(query: str, years: Sequence[int]) -> bool:
    two = len(years) == 2
    fastest = _MOST.search(query) and _WHICH.search(query) and _INDICATORS.search(query)
    early = two and _EARLY.search(query) and _WHICH.search(query)
    return bool(fastest or early or (two and _CHANGE.search(query)))


def _change(question: Question, years: Sequence[int], known: Sequence[Level]) -> Reckoning | None:
    if len(years) != 2 or not _CHANGE.search(fold(question.query)):
        return None
    found = pair(known, years[0], years[1], asked_of(question))
    return Reckoning("", (found,)) if found else None


def documents_for(question: Question, hits: Sequence[Hit], allowed: frozenset[str] | None) -> list[str]:
    """Return ids of the documents found whose figures may answer, best first."""
    named = frozenset[str]().union(*(mention.documents for mention in question.mentions))
    found = dict.fromkeys(hit.document.id for hit in hits if holds_for(question, hit))
    kept = [one for one in found if (not named or one in named) and (allowed is None or one in allowed)]
    return kept[:_DOCUMENTS]


def asked_of(question: Question) -> frozenset[str]:
    """Return the words by which a question names an indicator, without places, years and the reckoning."""
    query = fold(question.query)
    for mention in question.mentions:
        query = query.replace(mention.text, " ")
    return frozenset(word for word in words(unasked(_RECKONING.sub(" ", query))) if len(word) > 1)


def _fastest(query: str, years: Sequence[int], known: Sequence[Level]) -> Reckoning | None:
    most = _MOST.search(query)
    if most is None or not _INDICATORS.search(query):
        return None
    both = (years[0], years[1]) if len(years) == 2 else usual_years(known, years[0] if years else None)
    grown = [(change.yearly, change) for change in changes(known, *both)] if both else []
    ranked = [(yearly, change) for yearly, change in grown if yearly is not None]
    if len(ranked) < 2:
        return None
    rising = most["most"][1] in "快大高多"
    ranked.sort(key=lambda one: one[0], reverse=rising)
    top = tuple(change for _, change in ranked[:_SHOWN])
    name = top[0].later.indicator.name
    first, last = both or (0, 0)
    head = (
        answer_line(f"按{first}年到{last}年的年均增长推算，增长最快的是“{name}”：")
        if rising
        else answer_line(f"按{first}年到{last}年的年均增长推算，增长最慢的是“{name}”：")
    )
    return Reckoning(head, top)


def _early(query: str, years: Sequence[int], known: Sequence[Level]) -> Reckoning | None:
    if len(years) != 2 or not (_EARLY.search(query) and _WHICH.search(query)):
        return None
    both = changes(known, years[0], years[1])
    met = tuple(change for change in both if change.difference == Decimal(0))
    if not met:
        return None
    return Reckoning(answer_line(f"{years[0]}年的数值已与{years[1]}年目标相同的指标："), met, plain=True)


def _laid_out(library: PolicyLibrary, found: Reckoning) -> Draft:
    quotes = []
    lines = [found.head] if found.head else []
    for change in found.changes:
        ends = []
        for level in (change.earlier, change.later):
            quote = level.quote(library)
            if quote not in quotes:
                quotes.append(quote)
            ends.append(f"{_of_year(level)}{level.told}[{quotes.index(quote) + 1}]")
        name = change.later.indicator.name
        lines.append(f"{name}：{'，'.join(ends)}{'。' if found.plain else change.told}")
        if not change.alike:
            lines.append(_differing(change))
    return Draft("\n".join(lines), tuple(quotes), whole=True)


def _of_year(level: Level) -> str:
    one = level.indicator
    kind = "" if one.value_kind is ValueKind.ACTUAL else one.value_kind.label
    return f"{one.year}年{kind}"


def _differing(change: Change) -> str:
    one, other = change.earlier.indicator, change.later.indicator
    return answer_line(
        f"口径不同：{one.year}年为“{one.name}”，{other.year}年为“{other.name}”，推算仅供参考。"
    )
