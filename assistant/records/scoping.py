"""What a reader limits the search to, told in the words of the page and turned into a scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Scope
from vectorstore.types import PolicyDocument, Status

_NOT_IN_FORCE = frozenset({Status.DRAFT, Status.EXPIRED, Status.SUPERSEDED, Status.NOT_POLICY})


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose; whatever is left empty limits nothing.

    Attributes:
        regions: region names.
        documents: ids of documents.
        in_force_only: leave out what is known not to be in force on the day.
        years: first and last year; a document belongs where its period or its validity meets them.
    """

    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    in_force_only: bool = False
    years: tuple[int, int] | None = None

    def fits(self, document: PolicyDocument, today: date) -> bool:
        """Whether a document is among what was chosen on a day."""
        if self.regions and document.region not in self.regions:
            return False
        if self.documents and document.id not in self.documents:
            return False
        if self.in_force_only and document.standing(today) in _NOT_IN_FORCE:
            return False
        return self.years is None or _meets(document, self.years)


def scope_of(choice: Choice, documents: Sequence[PolicyDocument], today: date) -> Scope | None:
    """Return the scope of a choice.

    Args:
        choice: what the reader chose.
        documents: all documents of the library.
        today: day on which a document's standing counts.

    Returns:
        The scope, or None where no document fits.
    """
    if choice == Choice():
        return Scope()
    fitting = tuple(document.id for document in documents if choice.fits(document, today))
    return Scope(documents=fitting) if fitting else None


def _meets(document: PolicyDocument, years: tuple[int, int]) -> bool:
    """Whether a document's years meet the years; one that states none is placed by its date."""
    start, end = document.years.start, document.years.end
    if start is None and end is None:
        return document.issued_on is not None and years[0] <= document.issued_on.year <= years[1]
    return (start is None or start <= years[1]) and (end is None or end >= years[0])
