"""The ledger of facts: what the documents of one generation state, each with its passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vectorstore.fact_queries import FactFilter as FactFilter
from vectorstore.fact_queries import FactQueries
from vectorstore.facts import Fact
from vectorstore.types import Passage, PolicyDocument, passage_id


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

    def facts(self, wanted: FactFilter, offset: int = 0, limit: int = 50) -> list[FoundFact]:
        """Return facts, figures that contradict each other first.

        Args:
            wanted: which ones.
            offset: how many of them to pass over.
            limit: most to return.
        """
        if self._queries is None:
            return []
        found = list(self._queries.load(self._queries.keys(wanted, offset, limit)))
        ids = [passage_id(document_id, fact.passage) for document_id, fact, _ in found]
        passages = {passage.id: passage for passage in self._load(list(dict.fromkeys(ids)))}
        return [
            FoundFact(fact, self._documents[document_id], passages[of], disputed)
            for (document_id, fact, disputed), of in zip(found, ids, strict=True)
            if of in passages
        ]

    def count(self, wanted: FactFilter) -> int:
        """Return how many facts are as wanted."""
        return self._queries.count(wanted) if self._queries else 0

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions of which there are indicators, in order."""
        return tuple(self._queries.regions()) if self._queries else ()

    @cached_property
    def unread(self) -> dict[str, str]:
        """Id of each document without facts → why, "" where nobody looked for them yet."""
        return self._queries.unread() if self._queries else {}
