"""Two documents compared: what matters first, then provision by provision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.comparing.alignment import Fate, Match, align
from assistant.comparing.matters import Change, Matter, changes
from assistant.comparing.provisions import provisions
from assistant.understanding.versions import is_version
from vectorstore.types import PolicyDocument, Status

_ORDER = {matter: place for place, matter in enumerate(Matter)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two documents have in common and what not.

    Attributes:
        before, after: the documents.
        matches: their provisions laid beside each other.
        matters: what matters, the gravest kinds first, each kind in the order of the text.
    """

    before: PolicyDocument
    after: PolicyDocument
    matches: tuple[Match, ...]
    matters: tuple[Change, ...]

    @property
    def changed(self) -> tuple[tuple[int, Match], ...]:
        """The matches in which something changed or moved, each with its place."""
        return tuple(
            (number, match)
            for number, match in enumerate(self.matches)
            if match.fate is not Fate.SAME or match.moved
        )

    @property
    def kept(self) -> int:
        """How many provisions stayed word for word."""
        return Counter(match.fate for match in self.matches)[Fate.SAME]


def compare(before: PolicyDocument, after: PolicyDocument, old_text: str, new_text: str) -> Comparison:
    """Compare two documents.

    Args:
        before: the earlier one, or the draft.
        after: the later one, or the final text.
        old_text, new_text: their clean texts.
    """
    matches = align(provisions(old_text), provisions(new_text))
    found = [change for number, match in enumerate(matches) for change in changes(match, number)]
    matters = sorted(found, key=lambda change: (_ORDER[change.matter], change.number))
    return Comparison(before, after, matches, tuple(matters))


def in_order(one: PolicyDocument, other: PolicyDocument) -> tuple[PolicyDocument, PolicyDocument]:
    """Return two documents, the earlier one or the draft first."""
    if one.id in other.superseded_by or (one.status is not Status.DRAFT and other.status is Status.DRAFT):
        return other, one
    if other.id in one.superseded_by or other.status is not Status.DRAFT is one.status:
        return one, other
    later = one.issued_on and other.issued_on and one.issued_on > other.issued_on
    return (other, one) if later else (one, other)


def counterparts(document: PolicyDocument, documents: Iterable[PolicyDocument]) -> tuple[PolicyDocument, ...]:
    """Return the other versions of a document: earlier and later ones, its draft or its final text.

    Args:
        document: the document.
        documents: those of the library.
    """
    return tuple(other for other in documents if other.id != document.id and is_version(document, other))
