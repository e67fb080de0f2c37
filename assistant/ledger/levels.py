"""The levels of indicators in the ledger: what one figure of one year says, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.citations import Quote, quote_of
from assistant.selecting.sentences import split_sentences
from vectorstore.facts import FactKind, Indicator
from vectorstore.ledger import FactFilter, FoundFact
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens, words

_BOUNDS = {"≥": "以上", "≤": "以内", "≈": "左右"}
_AIM = "力争"
HALF = 0.5
"""The share of what is asked that a figure's name must tell at least."""


@dataclass(frozen=True, slots=True)
class Level:
    """The value of an indicator in one year.

    Attributes:
        indicator: what is stated.
        found: the fact, with its document and passage.
        tokens: of the indicator's name.
    """

    indicator: Indicator
    found: FoundFact
    tokens: frozenset[str]

    @property
    def value(self) -> Decimal:
        """The figure, in the unit it is written in."""
        return Decimal(self.indicator.value.replace(",", ""))

    @property
    def year(self) -> int:
        """The year of the figure."""
        return self.indicator.year

    @property
    def told(self) -> str:
        """The figure with its bound, as a reader sees it."""
        aim = _AIM if self.indicator.comparator == _AIM else ""
        return f"{aim}{self.bounded}"

    @property
    def bounded(self) -> str:
        """The figure with its bound, whether it is only aimed at or not."""
        return f"{self.indicator.value}{self.indicator.unit}{_BOUNDS.get(self.indicator.comparator, '')}"

    def quote(self, library: PolicyLibrary) -> Quote:
        """Return the row or the sentences that prove it: its name may stand in one before its value."""
        fact, document = self.found.fact, self.found.document
        sentences = split_sentences(self.found.passage)
        behind = [one for one in sentences if one.start < fact.end and fact.start < one.end] or sentences[:1]
        if len(behind) == 1:
            return quote_of(library, behind[0], document)
        start, end = behind[0].start, behind[-1].end
        verbatim = library.text(document.id)[start:end]
        return Quote(self.found.passage, document, verbatim, verbatim, start, end)

    def is_of(self, names: Iterable[str]) -> bool:
        """Return whether it is of a named place, or of its document's own, and not of a part of them.

        Args:
            names: folded names of places.
        """
        region = fold(self.indicator.region)
        own = fold(self.found.document.region)
        return region == own or any(region.endswith(name) for name in names)

    def share(self, asked: frozenset[str]) -> float:
        """Return the share of the words asked for that the name has."""
        return len(self.tokens & asked) / len(asked) if asked else 0.0


def levels(library: PolicyLibrary, document: str, measure: str = "", year: int | None = None) -> list[Level]:
    """Return the figures of single years that a document states of its indicators.

    Args:
        library: the policy library.
        document: its id.
        measure: growth or share in the place of levels.
        year: the only one wanted.
    """
    wanted = FactFilter(FactKind.INDICATOR, document=document, year=year)
    found = (level_of(fact, measure) for fact in library.ledger.every(wanted))
    return [level for level in found if level]


def level_of(found: FoundFact, measure: str = "") -> Level | None:
    """Return a fact as a level, or None where it is of another measure, a range, a period, or unproved."""
    one = found.fact.statement
    if (
        not isinstance(one, Indicator)
        or one.measure != measure
        or one.until
        or not one.year
        or not one.normal_unit
    ):
        return None
    if one.comparator == "range" or "-" in one.normal_value[1:]:
        return None
    # Staff may correct a figure to what its proof does not say; an answer tells what can be proved.
    if one.value not in found.fact.quote:
        return None
    return Level(one, found, frozenset(tokens(fold(one.name))))


def stands_in(level: Level, quote: Quote) -> bool:
    """Return whether a quote holds the place that a figure stands in."""
    fact = level.found.fact
    same = level.found.document.id == quote.document.id
    return same and fact.start < quote.end and quote.start < fact.end


def measured(one: Indicator) -> str:
    """Return what an indicator measures: the last word of its name, such as 总产值."""
    cut = words(fold(one.normal_name))
    return cut[-1] if cut else one.normal_name
