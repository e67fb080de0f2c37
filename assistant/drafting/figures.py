"""What figures of the ledger answer: one of them, the change between two, the whole behind a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.drafting.draft import Draft, numbered
from assistant.drafting.inquiry import Inquiry
from assistant.drafting.sides import sides_of
from assistant.ledger.changes import Change, pair, plain, rounded
from assistant.ledger.levels import HALF, Level, levels
from assistant.question import AnswerKind, Question, unasked
from assistant.selecting.answer_types import answer_types_of
from vectorstore.facts import ValueKind
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens, words

_MOVES = r"增加|增长|提高|提升|上升|减少|下降|降低|增幅|降幅|增速|增长率|增量|翻|变化"
_CHANGE = re.compile(rf"{_MOVES}|[年平]均|[比差].{{0,10}}[多少高低大小几]")
# What a question says of the reckoning is no part of an indicator's name.
_RECKONING = re.compile(
    r"(?:目标|达到|只有|共有)\d[\d,.]*(?:[%家个名项条种届所座位人]|[万亿]*元)?|比?(?:19|20)\d{2}年?|"
    rf"{_MOVES}|年均|平均|大约|约|实际|目标|预计|现状|基期|期末|分别|每年|同比|指标|完成|达到|实现|要求|"
    r"数量|个数|总数|是不是|是否|[多少高低]?了?多少(?:[家个名项条种届所座位]|[万亿]*元)?|推算|计算|从|到"
)
_WORKED_OUT = re.compile(r"推算|折算|估算|测算|反推")
_SHARE = "share"
_PART = re.compile(r"(?P<part>.+?)占(?P<whole>.+)")
_HUNDRED = Decimal(100)


def figure(inquiry: Inquiry) -> Draft | None:
    """Return the sentence or row of the one figure that has the place, year and name asked for."""
    question = inquiry.question
    asked = asked_of(question)
    if question.kind is not AnswerKind.NUMBER or len(question.years) != 1 or len(question.parts) > 1:
        return None
    if not asked or sides_of(question):
        return None
    places = [mention.text for mention in question.mentions]
    forms = answer_types_of(inquiry.folded)
    for document in inquiry.documents():
        named = [
            level
            for level in levels(inquiry.library, document, year=question.years[0])
            if level.share(asked) == 1.0 and level.is_of(places) and not _is_unlike(level, forms)
        ]
        shortest = min((len(level.tokens) for level in named), default=0)
        best = [level for level in named if len(level.tokens) == shortest]
        if best:
            quotes = (best[0].quote(inquiry.library),)
            alone = len({level.indicator.normal_value for level in best}) == 1
            return Draft("\n".join(numbered(quotes)), quotes) if alone else None
    return None


def growth(inquiry: Inquiry) -> Draft | None:
    """Return how a figure changes between the two years that are asked about, with both cited."""
    years = sorted(inquiry.question.years)
    if len(years) != 2 or not _CHANGE.search(inquiry.folded):
        return None
    for document in inquiry.documents():
        known = levels(inquiry.library, document)
        change = pair(known, years[0], years[1], asked_of(inquiry.question))
        if change:
            return _changed(inquiry.library, change)
    return None


def whole(inquiry: Inquiry) -> Draft | None:
    """Return the whole that follows from a part and its share, both cited, where it is to be worked out."""
    question, library = inquiry.question, inquiry.library
    if len(question.years) != 1 or not _WORKED_OUT.search(inquiry.folded):
        return None
    # 按资料给出的占比推算 says nothing of what is asked for.
    bare = max(_WORKED_OUT.split(inquiry.folded), key=len)
    year, asked = question.years[0], asked_of(replace(question, query=bare))
    for document in inquiry.documents():
        parts = levels(library, document, year=year)
        for share in sorted(levels(library, document, _SHARE, year), key=lambda one: -one.share(asked)):
            named = _PART.fullmatch(share.indicator.name)
            part = _of_name(parts, named["part"]) if named else None
            if named and part and share.value and share.share(asked) >= HALF:
                return _reckoned(library, part, share, named["whole"])
    return None


def asked_of(question: Question) -> frozenset[str]:
    """Return the words by which a question names an indicator, without places, years and the reckoning."""
    query = fold(question.query)
    for mention in question.mentions:
        query = query.replace(mention.text, " ")
    return frozenset(word for word in words(unasked(_RECKONING.sub(" ", query))) if len(word) > 1)


def _is_unlike(level: Level, forms: frozenset[str]) -> bool:
    """Return whether a figure is aimed at where what was reached is asked for, or the other way round."""
    reached = level.indicator.value_kind is ValueKind.ACTUAL
    return ("actual" in forms and not reached) or ("goal" in forms and reached)


def _changed(library: PolicyLibrary, change: Change) -> Draft:
    one, other = change.earlier.indicator, change.later.indicator
    quotes = tuple(dict.fromkeys(level.quote(library) for level in (change.earlier, change.later)))
    first, last = (f"{level.year}年{_aimed(level)}{level.told}" for level in (change.earlier, change.later))
    lines = [f"{other.name}：{first}[1]，{last}[{len(quotes)}]{change.told}"]
    if not change.alike:
        lines.append(
            answer_line(
                f"口径不同：{one.year}年为“{one.name}”，{other.year}年为“{other.name}”，推算仅供参考。"
            )
        )
    return Draft("\n".join(lines), quotes, whole=True)


def _aimed(level: Level) -> str:
    kind = level.indicator.value_kind
    return "" if kind is ValueKind.ACTUAL else kind.label


def _of_name(parts: Sequence[Level], name: str) -> Level | None:
    """Return the figure whose name has all words of a name and the fewest others."""
    wanted = frozenset(tokens(fold(name)))
    held = [one for one in parts if wanted <= one.tokens]
    return min(held, key=lambda one: len(one.tokens), default=None)


def _reckoned(library: PolicyLibrary, part: Level, share: Level, of: str) -> Draft:
    quotes = tuple(dict.fromkeys(one.quote(library) for one in (part, share)))
    name, unit = part.indicator.name, part.indicator.unit
    value = part.value * _HUNDRED / share.value
    size = rounded(value) if value < _HUNDRED else plain(value.quantize(Decimal(1), ROUND_HALF_UP))
    line = answer_line(
        f"{part.year}年{name}{part.told}[1]，占{of}{share.told}[{len(quotes)}]，由此推算{of}约{size}{unit}。"
    )
    return Draft(line, quotes, whole=True)
