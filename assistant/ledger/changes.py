"""How an indicator of the ledger changes from one year to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.ledger.levels import HALF, Level, measured
from vectorstore.facts import Indicator
from vectorstore.languages.language import answer_line

_HUNDRED = Decimal(100)
_TENTH, _SMALL = Decimal("0.1"), Decimal("0.0001")
_SHARE = "%"


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
        return self.later.year - self.earlier.year

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


def pair(of: Sequence[Level], first: int, last: int, asked: frozenset[str]) -> Change | None:
    """Return the two figures whose names tell most of what is asked, of one unit and one thing.

    Args:
        of: the levels to choose from.
        first, last: the two years.
        asked: the words of what is asked.

    Returns:
        The change between them, or None where no two names tell half of what is asked.
    """

    pairs = [
        Change(earlier, later)
        for earlier in of
        if earlier.year == first
        for later in of
        if later.year == last and same_thing(earlier.indicator, later.indicator)
    ]

    def told(change: Change) -> float:
        return min(change.earlier.share(asked), change.later.share(asked))

    def fit(change: Change) -> tuple[float, bool, int, int]:
        named = change.earlier.tokens | change.later.tokens
        return told(change), change.alike, -len(named), change.earlier.year

    best = max(pairs, key=fit, default=None)
    return best if best and told(best) >= HALF else None


def same_thing(one: Indicator, other: Indicator) -> bool:
    """Return whether two figures measure one thing: one region, unit, and word at the name's end."""
    return (
        one.region == other.region
        and one.normal_unit == other.normal_unit
        and measured(one) == measured(other)
    )


def plain(number: Decimal) -> str:
    """Return a number as people write it, without noughts at its end."""
    return f"{number.normalize():f}"


def rounded(number: Decimal) -> str:
    """Return a number to one decimal place, halves upwards."""
    return plain(number.quantize(_TENTH, ROUND_HALF_UP))


def _scale(one: Indicator) -> Decimal:
    written = Decimal(one.value.replace(",", ""))
    return Decimal(one.normal_value) / written if written else Decimal(1)
