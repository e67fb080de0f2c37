"""Which facts are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_

from vectorstore import tables
from vectorstore.facts import FactKind, ValueKind
from vectorstore.languages.language import own_words

_FACTS = tables.facts.c


class BodyRole(StrEnum):
    """What a body has to do with a duty."""

    LEAD = "lead"
    DUTY = "duty"
    PARTNER = "partner"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {"lead": "牵头", "duty": "责任单位", "partner": "配合"}[self.value]


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are wanted; what is empty does not matter.

    Attributes:
        kind: what they are about.
        region: words of the region's name.
        name: words of the indicator's name.
        year: the year they are of, or one within their period.
        value_kind: actual, target or estimate.
        document: id of their document.
        text: words of what proves them.
        relation: how a deadline or a reference is meant.
        body: words of the name of a body that has the duty.
        role: what that body has to do with it; of any body where none is named.
        since: only deadlines of that day and later ones, those without a day with them.
        before: only deadlines of earlier days.
        rejected: whether those that staff called misread are wanted too.
    """

    kind: FactKind | None = None
    region: str = ""
    name: str = ""
    year: int | None = None
    value_kind: ValueKind | None = None
    document: str = ""
    text: str = ""
    relation: str = ""
    body: str = ""
    role: BodyRole | None = None
    since: date | None = None
    before: date | None = None
    rejected: bool = False

    @property
    def narrows(self) -> bool:
        """Whether more than the kind is asked for."""
        return replace(self, kind=None, rejected=False) != FactFilter()

    def conditions(self, *, common: bool = False) -> Iterator[ColumnElement[bool]]:
        """Yield what a row of the facts wanted meets.

        Args:
            common: whether so many are wanted that the first in the ledger's order are soon found.
        """
        kinds = {self.kind} if self.kind else set()
        kinds |= {FactKind.INDICATOR} if self.name else set()
        kinds |= {FactKind.TASK} if self.body or self.role else set()
        kinds |= {FactKind.DEADLINE} if self.since or self.before else set()
        yield from (self.kind_of(common=common) == kind.value for kind in kinds)
        if self.year is not None:
            yield _FACTS.year <= self.year
            yield _FACTS.until >= self.year
        if self.body or self.role:
            yield self._with_body()
        if not self.rejected:
            yield ~_FACTS.rejected
        yield from self._words()
        yield from self._days()

    def kind_of(self, *, common: bool = False) -> ColumnElement[str]:
        """Return the kind of a row, as it is compared and put in order.

        The index in the ledger's order leads from one row to another all over the file where it does not hold
        what is asked for; a kind that it does not know leaves the rows of one document, or those in their own
        order, which are read many times quicker.

        Args:
            common: as for `conditions`.
        """
        scattered = self.document or (not common and (self.text or self.body))
        return func.coalesce(_FACTS.kind, "") if scattered else _FACTS.kind

    def _words(self) -> Iterator[ColumnElement[bool]]:
        held = {_FACTS.region: self.region, _FACTS.name: self.name, _FACTS.quote: self.text}
        yield from (column.contains(words, autoescape=True) for column, words in held.items() if words)
        same = {_FACTS.document_id: self.document, _FACTS.variety: self.relation or self.value_kind}
        yield from (column == str(value) for column, value in same.items() if value)

    def _days(self) -> Iterator[ColumnElement[bool]]:
        if self.since:
            yield _FACTS.rank >= self.since.toordinal()
        if self.before:
            yield _FACTS.rank < self.before.toordinal()

    def _with_body(self) -> ColumnElement[bool]:
        leading = _FACTS.name.contains(self.body, autoescape=True)
        helping = (_FACTS.partners != "") & _FACTS.partners.contains(self.body, autoescape=True)
        if self.role is BodyRole.PARTNER:
            return helping
        if self.role:
            return (_FACTS.variety == self.role.value) & leading
        return or_(leading, helping)
