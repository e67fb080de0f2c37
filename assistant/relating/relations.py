"""What the documents of the library have to do with each other, and which rest on what no longer holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vectorstore.facts import FactKind, Reference
from vectorstore.languages.language import own_words
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.types import PolicyDocument, Status

LABELS = own_words(
    {"basis": "依据", "forwards": "转发", "revises": "修订", "repeals": "废止", "interprets": "解读"}
)
WARNING = own_words("《{title}》所依据的{basis}：{standing}，请核实是否仍可适用。")
_OVER = (Status.SUPERSEDED, Status.EXPIRED)


@dataclass(frozen=True, slots=True)
class Relation:
    """One document names another.

    Attributes:
        found: the fact that says so, with its proof.
        reference: what it says.
        target: the document named, None where the library lacks it.
    """

    found: FoundFact
    reference: Reference
    target: PolicyDocument | None

    @property
    def source(self) -> PolicyDocument:
        """The document that names the other."""
        return self.found.document

    @property
    def named(self) -> str:
        """What the other is called: by its own title, else as it is named."""
        if self.target is not None and self.target.title:
            return f"《{self.target.title}》"
        title = f"《{self.reference.title}》" if self.reference.title else ""
        return title or self.reference.document_number

    def touches(self, document: str) -> bool:
        """Return whether a document, by its id, is one of the two."""
        return document in (self.source.id, self.target.id if self.target else "")

    def is_unsound(self, today: date) -> bool:
        """Return whether a document rests on one that is repealed or has expired."""
        basis = self.reference.relation == "basis" and self.target is not None
        return basis and self.target is not None and self.target.standing(today) in _OVER

    def warning(self, today: date) -> str:
        """Return the line that tells so."""
        standing = self.target.standing_label(today) if self.target else ""
        title = self.source.title or self.source.source
        return WARNING.format(title=title, basis=self.named, standing=standing)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a document has to do with others.

    Attributes:
        document: the document.
        names: its relations to those that it names.
        named_by: the relations of those that name it.
    """

    document: PolicyDocument
    names: tuple[Relation, ...]
    named_by: tuple[Relation, ...]


def relations(ledger: Ledger, document: str = "") -> tuple[Relation, ...]:
    """Return what documents have to do with each other.

    Args:
        ledger: where the references are.
        document: id of the only document whose references count; "" for all.

    Returns:
        Each relation of two documents once, with its first proof.
    """
    return tuple(_told_once(ledger, document))


def _told_once(ledger: Ledger, document: str) -> Iterator[Relation]:
    seen: set[tuple[str, str, str]] = set()
    for found in ledger.every(FactFilter(FactKind.REFERENCE, document=document)):
        reference = found.fact.statement
        if not isinstance(reference, Reference):
            continue
        target = ledger.named(reference, found.document)
        other = target.id if target else reference.title or reference.document_number
        key = (found.document.id, reference.relation, other)
        if key not in seen:
            seen.add(key)
            yield Relation(found, reference, target)


def changing(found: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return the relations by which a document repeals or revises another, the newest first."""
    changes = [one for one in found if one.reference.relation in ("repeals", "revises")]
    return tuple(sorted(changes, key=lambda one: one.source.issued_on or date.min, reverse=True))


def unsound(found: Iterable[Relation], today: date) -> tuple[Relation, ...]:
    """Return the relations that a reader must be warned of, those of documents that hold themselves first."""
    warned = [one for one in found if one.is_unsound(today)]
    return tuple(sorted(warned, key=lambda one: one.source.standing(today) in _OVER))


def neighbours(document: PolicyDocument, found: Sequence[Relation], today: date) -> Neighbours:
    """Return what a document has to do with others, unsound bases first, then what the library holds."""

    def order(one: Relation) -> tuple[bool, bool]:
        return not one.is_unsound(today), one.target is None

    names = sorted((one for one in found if one.source.id == document.id), key=order)
    named_by = sorted((one for one in found if one.target and one.target.id == document.id), key=order)
    return Neighbours(document, tuple(names), tuple(named_by))


def most_related(found: Sequence[Relation]) -> str:
    """Return the id of the document that most relations touch, or "" where there are none."""
    counted = Counter(one.source.id for one in found)
    counted.update(one.target.id for one in found if one.target)
    return max(counted, key=lambda key: (counted[key], key), default="")
