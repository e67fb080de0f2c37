"""What a figure measures: growth, a share, so much a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.proof.faults import Fault
from assistant.proof.figure_mentions import Place, places_of
from assistant.proof.sources import Source
from vectorstore.quantities import Quantity, quantities
from vectorstore.units import DAY, YEAR

_GROWTH = re.compile("增长|增加|提高|提升|上升|下降|降低|减少|增幅|增速|净增|[增减降升]至?|涨|翻")
_SHARE = re.compile("占|比重|比例|份额|率|比")
_YEARLY = re.compile("每年|年均|逐年|年度|/年|一年")
# How it is said, what the source's sentence must say then, and how far before the figure it stands.
_MEASURES = (
    (re.compile("增长|增加|提高|提升|上升|下降|降低|减少|增幅|增速"), _GROWTH, 8),
    (re.compile("占(?!地)|比重"), _SHARE, 14),
    (re.compile("每年|年均"), _YEARLY, 20),
)
_SIGNS = "，,。；;（）()\n"
_STOPS = "。；;\n"


def measure_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each figure that the sources state, but of which they do not say what it measures.

    Args:
        statement: a sentence without marks.
        sources: what it cites.
    """
    for claimed in quantities(statement):
        places = [place for source in sources for place in places_of(claimed, source)]
        if claimed.kind in (YEAR, DAY) or not places:
            continue
        before = _before(statement, claimed)
        for said, told, reach in _MEASURES:
            word = said.search(before[-reach:])
            if word and not any(told.search(_sentence(place)) for place in places):
                yield Fault(f"资料中“{claimed.text}”说的不是“{word.group()}”", contradicted=True)
                return
        if claimed.unit == "%" and _MEASURES[0][0].search(before[-8:]) and all(map(_is_share, places)):
            yield Fault(f"资料中“{claimed.text}”是占比，不是增减", contradicted=True)
            return


def _before(text: str, quantity: Quantity) -> str:
    """Return the clause of a quantity up to it."""
    begin = max(text.rfind(sign, 0, quantity.start) for sign in _SIGNS) + 1
    return text[begin : quantity.start]


def _sentence(place: Place) -> str:
    text, quantity = place.text, place.quantity
    begin = max(text.rfind(sign, 0, quantity.start) for sign in _STOPS) + 1
    ends = [at for sign in _STOPS if (at := text.find(sign, quantity.end)) >= 0]
    return text[begin : min(ends, default=len(text))]


def _is_share(place: Place) -> bool:
    before = _before(place.text, place.quantity)
    return "占" in before and not _GROWTH.search(before)
