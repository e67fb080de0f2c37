"""A sentence's figure held against the ledger's figure of the same indicator, place and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger.levels import Level, levels
from assistant.proof.proper_names import proper_names
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.quantities import Quantity, quantities
from vectorstore.segmentation import fold, words
from vectorstore.units import YEAR

_DOCUMENTS = 2
_PLACE = re.compile(r"(?:[省市县区镇乡州旗盟])$")


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A figure of a sentence with what the ledger has in its place.

    Attributes:
        claimed: the sentence's figure.
        level: the ledger's, of the indicator that the sentence names, in its year.
        hit: the passage that proves it.
        agrees: whether both are the same number.
    """

    claimed: Quantity
    level: Level
    hit: Hit
    agrees: bool


def claim_of(library: PolicyLibrary, text: str, hits: Sequence[Hit]) -> LedgerClaim | None:
    """Return a sentence's only figure of a unit with the ledger's, None where no indicator is named wholly.

    Args:
        library: the policy library.
        text: the sentence; one year, and one figure of the indicator's unit.
        hits: the passages found for it, best first.
    """
    found = quantities(text)
    years = {int(one.value) for one in found if one.kind == YEAR and one.value}
    if len(years) != 1:
        return None
    said = frozenset(words(fold(text)))
    for document in list(dict.fromkeys(hit.document.id for hit in hits))[:_DOCUMENTS]:
        named = _of_place(
            text,
            [one for one in levels(library, document, year=min(years)) if _name(one) <= said],
        )
        if not named:
            continue
        longest = max(len(_name(level)) for level in named)
        best = [level for level in named if len(_name(level)) == longest]
        if len({level.indicator.normal_value for level in best}) == 1:
            return _held(found, best[0])
    return None


def _held(found: Sequence[Quantity], level: Level) -> LedgerClaim | None:
    unit = level.indicator.normal_unit
    alike = [one for one in found if one.unit == unit and one.kind != YEAR]
    if len(alike) != 1:
        return None
    hit = Hit(level.found.passage, level.found.document, 0.0)
    return LedgerClaim(alike[0], level, hit, alike[0].value == Decimal(level.indicator.normal_value))


def _of_place(text: str, named: Sequence[Level]) -> list[Level]:
    """Return the figures of the place that a sentence names; of none, those of the documents' own place."""
    places = [name for name in proper_names(fold(text)) if _PLACE.search(name)]
    if not places:
        return [one for one in named if one.indicator.region == one.found.document.region]
    return [one for one in named if fold(one.indicator.region).endswith(places[-1])]


def _name(level: Level) -> frozenset[str]:
    return frozenset(word for word in words(fold(level.indicator.normal_name)) if len(word) > 1)
