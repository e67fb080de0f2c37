"""Levels of indicators in the ledger, from which a question is worked out, and how two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from assistant.citations import Quote, quote_of
from assistant.selecting.sentences import split_sentences
from vectorstore.facts import FactKind, Indicator, ValueKind
from vectorstore.languages.language import answer_line
from vectorstore.ledger import FactFilter, FoundFact
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens, words

_BOUNDS = {"≥": "以上", "≤": "以内", "≈": "左右"}
_AIM = "力争"
_HUNDRED = Decimal(100)
_TENTH, _SMALL = Decimal("0.1"), Decimal("0.0001")
_SHARE = "%"
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

    def share(self, asked: frozenset[str]) -> float:
        """Return the share of the words asked for that the name has."""
        return len(self.tokens & asked) / len(asked) if asked else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure goes from one year to a later one.

    Attributes:
        earlier, later: the two levels, of one unit.
    """

    earlier: Level
    later: Level

    @property
    def years(self) -> int:
        """Years between the two."""
        return self.later.indicator.year - self.earlier.indicator.year

    @property
    def difference(self) -> Decimal:
        """By how much the figure changes, in the unit that the later one is written in."""
        earlier, later = self.earlier.indicator, self.later.indicator
        if earlier.unit == later.unit:
            return self.later.value - self.earlier.value
        return (self.later.value - Decimal(earlier.normal_value) / _scale(later)).quantize(_SMALL)

    @property
    def growth(self) -> Decimal | None:
        """The growth in per cent; None for shares, which change by points, and where it says nothing."""
        first, last = (Decimal(one.indicator.normal_value) for one in (self.earlier, self.later))
        if self.later.indicator.normal_unit == _SHARE or first <= 0 or last <= 0:
            return None
        return (last / first - 1) * _HUNDRED

    @property
    def yearly(self) -> Decimal | None:
        """The average growth a year in per cent, geometric; None where there is no growth to tell."""
        growth = self.growth
        if growth is None or self.years < 2:
            return growth
        ratio = 1 + growth / _HUNDRED
        return (ratio ** (Decimal(1) / self.years) - 1) * _HUNDRED

    @property
    def alike(self) -> bool:
        """Whether both are of one indicator by name."""
        return self.earlier.indicator.normal_name == self.later.indicator.normal_name

    @property
    @answer_line
    def told(self) -> str:
        """The difference and the growth, as the end of a line that names both figures."""
        size, rising = plain(abs(self.difference)), self.difference >= 0
        if self.later.indicator.normal_unit == _SHARE:
            return f"，推算提高{size}个百分点。" if rising else f"，推算下降{size}个百分点。"
        size += self.later.indicator.unit
        if self.growth is None or self.yearly is None or not self.difference:
            return f"，推算增加{size}。" if rising else f"，推算减少{size}。"
        growth, yearly = rounded(abs(self.growth)), rounded(abs(self.yearly))
        if self.years == 1:
            return f"，推算增加{size}，增长{growth}%。" if rising else f"，推算减少{size}，下降{growth}%。"
        if rising:
            return f"，推算增加{size}，增长{growth}%，年均增长{yearly}%。"
        return f"，推算减少{size}，下降{growth}%，年均下降{yearly}%。"


def levels(library: PolicyLibrary, document: str, measure: str = "") -> list[Level]:
    """Return the figures of single years that a document states of its indicators.

    Args:
        library: the policy library.
        document: its id.
        measure: growth or share in the place of levels.
    """
    wanted = FactFilter(FactKind.INDICATOR, document=document)
    found = (level_of(fact, measure) for fact in library.ledger.every(wanted))
    return [level for level in found if level]


def level_of(found: FoundFact, measure: str = "") -> Level | None:
    """Return a fact as a level, or None where it is of another measure, a range or a period."""
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
    return Level(one, found, frozenset(tokens(fold(one.name))))


def usual_years(of: Iterable[Level], last: int | None) -> tuple[int, int] | None:
    """Return the year that most indicators were reached in and the one that they are aimed at.

    Args:
        of: the levels of one document.
        last: the later year where it is known.

    Returns:
        The years that most indicators have both of, of equals those furthest apart; None where none has two.
    """
    spans = Counter(
        (_year(earlier), _year(later))
        for named in _by_name(of)
        for earlier, later in combinations(named, 2)
        if earlier.indicator.value_kind is ValueKind.ACTUAL
        and later.indicator.value_kind is not ValueKind.ACTUAL
        and last in (None, _year(later))
        and _year(earlier) < _year(later)
    )
    return max(spans, key=lambda span: (spans[span], span[1] - span[0]), default=None)


def changes(of: Iterable[Level], first: int, last: int) -> list[Change]:
    """Return how each indicator that has a figure for both years changes.

    Args:
        of: the levels of one document.
        first, last: the two years.
    """
    found = []
    for named in _by_name(of):
        earlier = next((one for one in named if _year(one) == first), None)
        later = next((one for one in named if _year(one) == last), None)
        if earlier and later:
            found.append(Change(earlier, later))
    return found


def pair(of: Sequence[Level], first: int | None, last: int, asked: frozenset[str]) -> Change | None:
    """Return the two figures whose names tell most of what is asked, of one unit and one thing.

    Args:
        of: the levels to choose from.
        first, last: the two years; without a first one it is the latest that was reached before.
        asked: the words of what is asked.

    Returns:
        The change between them, or None where no two names tell half of what is asked.
    """

    def is_first(level: Level) -> bool:
        reached = level.indicator.value_kind is ValueKind.ACTUAL and _year(level) < last
        return reached if first is None else _year(level) == first

    pairs = [
        Change(earlier, later)
        for earlier in of
        if is_first(earlier)
        for later in of
        if _year(later) == last and same_thing(earlier.indicator, later.indicator)
    ]

    def told(change: Change) -> float:
        return min(change.earlier.share(asked), change.later.share(asked))

    def fit(change: Change) -> tuple[float, bool, int, int]:
        named = change.earlier.tokens | change.later.tokens
        return told(change), change.alike, -len(named), _year(change.earlier)

    best = max(pairs, key=fit, default=None)
    return best if best and told(best) >= HALF else None


def stands_in(level: Level, quote: Quote) -> bool:
    """Return whether a quote holds the place that a figure stands in."""
    fact = level.found.fact
    same = level.found.document.id == quote.document.id
    return same and fact.start < quote.end and quote.start < fact.end


def same_thing(one: Indicator, other: Indicator) -> bool:
    """Return whether two figures measure one thing: one region, unit, and word at the name's end."""
    return one.normal_unit == other.normal_unit and measured(one) == measured(other)


def measured(one: Indicator) -> str:
    """Return what an indicator measures: the last word of its name, such as 总产值."""
    cut = words(fold(one.normal_name))
    return cut[-1] if cut else one.normal_name


def plain(number: Decimal) -> str:
    """Return a number as people write it, without noughts at its end."""
    return f"{number.normalize():f}"


def rounded(number: Decimal) -> str:
    """Return a number to one decimal place, halves upwards."""
    return plain(number.quantize(_TENTH, ROUND_HALF_UP))


def _by_name(of: Iterable[Level]) -> list[list[Level]]:
    """Return the levels of each indicator, by year."""
    by_name: dict[tuple[str, str, str], list[Level]] = {}
    for level in of:
        one = level.indicator
        by_name.setdefault((one.region, one.normal_name, one.normal_unit), []).append(level)
    return [sorted(named, key=_year) for named in by_name.values()]


def _year(level: Level) -> int:
    return level.indicator.year


def _scale(one: Indicator) -> Decimal:
    written = Decimal(one.value.replace(",", ""))
    return Decimal(one.normal_value) / written if written else Decimal(1)
