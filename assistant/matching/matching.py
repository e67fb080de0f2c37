"""Measures held against what is known of an applicant: fits, does not fit, or still to be found out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.matching.conditions import Condition, conditions_of
from vectorstore.facts import FactKind, Measure
from vectorstore.languages.language import own_words
from vectorstore.ledger import FactFilter, FoundFact
from vectorstore.library import PolicyLibrary
from vectorstore.types import Status

_OVER = (Status.EXPIRED, Status.SUPERSEDED)


class Fit(StrEnum):
    """Whether a measure fits; the order is the one they are shown in."""

    FITS = "fits"
    OPEN = "open"
    FAILS = "fails"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {Fit.FITS: "符合", Fit.OPEN: "待核实", Fit.FAILS: "不符合"}[self]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of an applicant.

    Attributes:
        holds: key of a condition → whether it holds; what is not known is left out.
        numbers: key of a threshold → the applicant's number in the base unit.
    """

    holds: Mapping[str, bool] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A measure that somebody may apply for.

    Attributes:
        found: the measure with its proof.
        conditions: what it asks, and what its document excludes.
    """

    found: FoundFact
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An offer held against an applicant.

    Attributes:
        offer: the measure.
        fit: the outcome.
        applicant: whom it was held against.
    """

    offer: Offer
    fit: Fit
    applicant: Applicant

    @property
    def clauses(self) -> tuple[tuple[Condition, Fit], ...]:
        """Each condition with its own outcome, in the order of the document."""
        return tuple((one, _outcome(one, self.applicant)) for one in self.offer.conditions)

    @property
    def is_for_others(self) -> bool:
        """Whether the applicant is not known to be whom it is for."""
        return any(one.is_subject and outcome is not Fit.FITS for one, outcome in self.clauses)


def offers(library: PolicyLibrary, region: str, today: date) -> list[Offer]:
    """Return the measures of a region's documents that are not over, with what their documents exclude.

    Args:
        library: the policy library.
        region: words of the documents' region; "" is all.
        today: the day on which documents are in force or not.
    """
    by_document: dict[str, list[FoundFact]] = {}
    for found in library.ledger.every(FactFilter(FactKind.MEASURE, region)):
        if found.document.standing(today) not in _OVER:
            by_document.setdefault(found.document.id, []).append(found)
    listed = []
    for facts in by_document.values():
        facts.sort(key=lambda found: found.fact.start)
        excluded = [one for found in facts for one in _conditions(found) if one.excludes]
        before: list[Condition] = []
        for found in facts:
            asked = [one for one in _conditions(found) if not one.excludes]
            if asked:
                # 其中 narrows what the clause before it grants.
                asked = _narrowed(before, asked) if _narrows(found) else asked
                before = asked
                listed.append(Offer(found, (*asked, *excluded)))
    return listed


def match(listed: Sequence[Offer], applicant: Applicant) -> list[Match]:
    """Hold offers against an applicant.

    Those that fit come first, then those to be checked, of which those for what the applicant is come first.

    Args:
        listed: the offers.
        applicant: what is known of whoever applies.
    """
    matched = [Match(offer, _fit(offer, applicant), applicant) for offer in listed]
    return sorted(matched, key=lambda one: (list(Fit).index(one.fit), one.is_for_others))


def _fit(offer: Offer, applicant: Applicant) -> Fit:
    fit = Fit.FITS
    for one in offer.conditions:
        outcome = _outcome(one, applicant)
        if outcome is Fit.FAILS:
            return outcome
        fit = Fit.OPEN if outcome is Fit.OPEN else fit
    return fit


def _outcome(condition: Condition, applicant: Applicant) -> Fit:
    if (bound := condition.threshold) is not None:
        number = applicant.numbers.get(condition.key)
        if number is None:
            return Fit.OPEN
        enough = number <= bound.value if bound.most else number >= bound.value
    else:
        known = applicant.holds.get(condition.key)
        if known is None:
            return Fit.OPEN
        enough = known is not condition.excludes
    return Fit.FITS if enough else Fit.FAILS


def _narrowed(before: list[Condition], asked: list[Condition]) -> list[Condition]:
    """What narrows a clause is said of whom the clause is for, where it names nobody itself."""
    subject = next((one.text for one in before if one.is_subject), "")
    if not any(one.is_subject for one in asked):
        asked = [one if one.threshold else replace(one, of=subject) for one in asked]
    return [*before, *asked]


def _narrows(found: FoundFact) -> bool:
    return found.fact.quote.lstrip("，,。；").startswith("其中")


def _conditions(found: FoundFact) -> tuple[Condition, ...]:
    statement = found.fact.statement
    return conditions_of(statement) if isinstance(statement, Measure) else ()
