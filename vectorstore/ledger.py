"""The ledger of facts: what the documents of one generation state, each with its passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vectorstore.fact_filter import BodyRole as BodyRole
from vectorstore.fact_filter import FactFilter as FactFilter
from vectorstore.fact_queries import FactKey, FactQueries
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import Fact, FactKind, Reference
from vectorstore.succession import Names
from vectorstore.types import Passage, PolicyDocument, passage_id

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact with where it stands.

    Attributes:
        fact: what is stated.
        document: the document that states it.
        passage: the passage that holds it.
        disputed: whether other facts of the library give the same figure another value.
    """

    fact: Fact
    document: PolicyDocument
    passage: Passage
    disputed: bool = False


class Ledger:
    """Answers questions about facts.

    Args:
        documents: those that count, by id.
        queries: finds facts in the catalogue; None where there is none.
        load: gives passages by id, those that are not as they were stored left out.
    """

    def __init__(
        self,
        documents: Mapping[str, PolicyDocument],
        queries: FactQueries | None,
        load: Callable[[Sequence[str]], list[Passage]],
    ) -> None:
        self._documents = documents
        self._queries = queries
        self._load = load
        self._regions: dict[FactKind, tuple[str, ...]] = {}

    def facts(self, wanted: FactFilter, offset: int = 0, limit: int = 50) -> list[FoundFact]:
        """Return facts, figures that contradict each other first.

        Args:
            wanted: which ones.
            offset: how many of them to pass over.
            limit: most to return.
        """
        if self._queries is None:
            return []
        return list(self._found(self._queries, self._queries.keys(wanted, offset, limit)))

    def every(self, wanted: FactFilter) -> Iterator[FoundFact]:
        """Yield all facts as wanted, in the order of `facts`."""
        if self._queries is None:
            return
        keys = self._queries.keys(wanted)
        for start in range(0, len(keys), _AT_ONCE):
            yield from self._found(self._queries, keys[start : start + _AT_ONCE])

    def _found(self, queries: FactQueries, keys: Sequence[FactKey]) -> Iterator[FoundFact]:
        found = list(queries.load(keys))
        ids = [passage_id(document_id, fact.passage) for document_id, fact, _ in found]
        passages = {passage.id: passage for passage in self._load(list(dict.fromkeys(ids)))}
        for (document_id, fact, disputed), of in zip(found, ids, strict=True):
            if of in passages and document_id in self._documents:
                yield FoundFact(fact, self._documents[document_id], passages[of], disputed)

    @cached_property
    def _names(self) -> Names:
        return Names(self._documents.values())

    def named(self, reference: Reference, by: PolicyDocument | None = None) -> PolicyDocument | None:
        """Return the document of the library that a reference means, or None where it is missing.

        Args:
            reference: what is named.
            by: the document that names it, which tells versions of one title apart.
        """
        return self._names.named(reference.title, reference.document_number, by)

    def count(self, wanted: FactFilter) -> int:
        """Return how many facts are as wanted."""
        return self._queries.count(wanted) if self._queries else 0

    def regions(self, kind: FactKind = FactKind.INDICATOR) -> tuple[str, ...]:
        """Return the regions of which there are facts of a kind, in order."""
        if kind not in self._regions:
            self._regions[kind] = tuple(self._queries.regions(kind)) if self._queries else ()
        return self._regions[kind]

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that have duties, in order."""
        return tuple(self._queries.bodies()) if self._queries else ()

    @cached_property
    def idle(self) -> tuple[FactRevision, ...]:
        """What staff said of facts that are not there any more."""
        return tuple(self._queries.idle()) if self._queries else ()

    @cached_property
    def unread(self) -> dict[str, str]:
        """Id of each document without facts → why, "" where nobody looked for them yet."""
        return self._queries.unread() if self._queries else {}

    @property
    def failed(self) -> list[tuple[PolicyDocument, str]]:
        """The documents whose facts could not be read, each with the reason."""
        reasons = self.unread.items()
        return [
            (self._documents[key], reason) for key, reason in reasons if reason and key in self._documents
        ]

    @property
    def waiting(self) -> int:
        """How many documents nobody has read for facts yet."""
        return sum(not reason for reason in self.unread.values())
