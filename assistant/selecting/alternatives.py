"""Further units, where the chosen ones leave years of a question open or are not sure to answer it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.selecting.answer_types import years_in
from assistant.selecting.candidates import Candidate
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.sentence_features import share
from assistant.selecting.units import Unit
from vectorstore.segmentation import tokens

ALONE = 0.8
"""The probability below which the best unit does not stand alone."""
# The sentence of another year must tell so much of what the chosen one tells.
_AS_MUCH = 0.6
# A unit beside an unsure one must be so likely, and its best sentence not be known to so large a part.
_INSTEAD, _OTHERS, _MOST_OTHERS, _SAME = 0.1, 2, 3, 0.8
# Characters of an answer up to which more units than that stand in it.
_TOGETHER = 560


def units_of_years(
    profile: QueryProfile, passages: Sequence[Candidate], chosen: Sequence[Unit]
) -> list[Unit]:
    """Return the sentences that tell as much of a question with several years, of those that are left out."""
    told = frozenset[int]().union(*(_years(unit) for unit in chosen))
    least = _AS_MUCH * share(chosen[0].passage.held[chosen[0].peak], profile.weights)
    added: list[Unit] = []
    for year in sorted(profile.firm_years - told) if len(profile.firm_years) > 1 else ():
        of_year = [
            Unit(passage, at, at, 0.0, at, share(passage.held[at], profile.weights))
            for passage in passages
            for at in range(len(passage.sentences))
            if year in years_in(passage.led(at))
        ]
        best = max(of_year, key=lambda unit: unit.top, default=None)
        if best and best.top >= least and not any(best.touches(other) for other in (*chosen, *added)):
            added.append(best)
    return added


def alternative_units(
    units: Sequence[Unit], chosen: Sequence[Unit], as_likely: float = _INSTEAD
) -> list[Unit]:
    """Return the best units that may answer in place of the chosen ones and say what those before do not.

    Args:
        units: to choose from, best first.
        chosen: those already shown.
        as_likely: how likely they must be beside these.
    """
    least = as_likely * max(unit.top for unit in chosen)
    said = [_tokens(unit, unit.first, unit.last) for unit in chosen]
    room = _TOGETHER - sum(unit.length for unit in chosen)
    added: list[Unit] = []
    for unit in (unit for unit in units if unit.top >= least):
        peak = _tokens(unit, unit.peak, unit.peak)
        fits = len(chosen) + len(added) <= _OTHERS or unit.length <= room
        if fits and all(len(peak & other) < _SAME * len(peak) for other in said):
            added.append(unit)
            said.append(_tokens(unit, unit.first, unit.last))
            room -= unit.length
        if len(added) == _MOST_OTHERS:
            break
    return added


def _tokens(unit: Unit, first: int, last: int) -> frozenset[str]:
    return frozenset(token for text in unit.passage.folded[first : last + 1] for token in tokens(text))


def _years(unit: Unit) -> frozenset[int]:
    return years_in("".join(unit.passage.folded[unit.first : unit.last + 1]))
