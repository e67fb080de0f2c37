"""The whole that follows from a part and its share, where a question asks to work it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.drafting.draft import Draft
from assistant.drafting.growth import asked_of, documents_for
from assistant.ledger.changes import plain, rounded
from assistant.ledger.levels import HALF, Level, levels
from assistant.question import Question
from assistant.types import Hit
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

_RECKONING = re.compile(r"推算|折算|估算|测算|反推")
_ASKED = re.compile(r"多[少大]")
_SHARE = "share"
_PART = re.compile(r"(?P<part>.+?)占(?P<whole>.+)")
_HUNDRED = Decimal(100)


def whole(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], allowed: frozenset[str] | None
) -> Draft | None:
    """Return the whole that follows from a part and its share, both cited, or None where none is asked for.

    Args:
        library: the policy library.
        question: what is asked; of one year, else there is no answer of this form.
        hits: the passages found for it, best first.
        allowed: ids of the documents that may be told of; None is all.
    """
    query = fold(question.query)
    if len(question.years) != 1 or not (_RECKONING.search(query) and _ASKED.search(query)):
        return None
    # 按资料给出的占比推算 says nothing of what is asked for.
    bare = max(_RECKONING.split(query), key=len)
    year, asked = question.years[0], asked_of(replace(question, query=bare))
    for document in documents_for(question, hits, allowed):
        parts = levels(library, document, year=year)
        shares = levels(library, document, _SHARE, year)
        for share in sorted(shares, key=lambda one: -one.share(asked)):
            named = _PART.fullmatch(share.indicator.name)
            part = _of_name(parts, named["part"]) if named else None
            if named and part and share.value and share.share(asked) >= HALF:
                return _laid_out(library, part, share, named["whole"])
    return None


def _of_name(parts: Sequence[Level], name: str) -> Level | None:
    """Return the figure whose name has all words of a name and the fewest others."""
    words = frozenset(tokens(fold(name)))
    held = [one for one in parts if words <= one.tokens]
    return min(held, key=lambda one: len(one.tokens), default=None)


def _laid_out(library: PolicyLibrary, part: Level, share: Level, of: str) -> Draft:
    quotes = tuple(dict.fromkeys(one.quote(library) for one in (part, share)))
    name, unit = part.indicator.name, part.indicator.unit
    value = part.value * _HUNDRED / share.value
    size = rounded(value) if value < _HUNDRED else plain(value.quantize(Decimal(1), ROUND_HALF_UP))
    line = answer_line(
        f"{part.year}年{name}{part.told}[1]，占{of}{share.told}[{len(quotes)}]，由此推算{of}约{size}{unit}。"
    )
    return Draft(line, quotes, whole=True)
