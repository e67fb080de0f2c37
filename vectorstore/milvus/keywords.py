"""The keyword index in Milvus, for reading: BM25 over words and bigrams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from vectorstore.milvus.connection import Connection
from vectorstore.milvus.counts import Counts, Totals
from vectorstore.milvus.weighed_texts import WeighedTexts
from vectorstore.milvus.words import number_of
from vectorstore.rarity import inverse_frequency, rarities
from vectorstore.segmentation import tokens
from vectorstore.types import PassageHit, document_of

# A question has some thirty tokens; of a pasted page the rarest of them tell enough.
_MOST_TERMS = 160
# Of words that questions asked for; a spelling checked goes through many.
_MOST_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class KeywordCollections:
    """Where one keyword index is.

    Attributes:
        passages, documents: names of the collections of texts.
        counts: name of the collection of what is known of all of them.
    """

    passages: str
    documents: str
    counts: str


class MilvusKeywords:
    """One keyword index; Milvus is asked when something is looked for, and not before.

    Args:
        connection: to Milvus.
        names: of its collections.
    """

    def __init__(self, connection: Connection, names: KeywordCollections) -> None:
        self._passages = WeighedTexts(connection, names.passages)
        self._documents = WeighedTexts(connection, names.documents)
        self._counts = Counts(connection, names.counts)
        self._known: dict[str, tuple[int, int]] = {}
        self._totals: Totals | None = None

    def passage_ids(self) -> set[str]:
        """Return the ids of all passages."""
        return self._passages.ids()

    def document_ids(self) -> set[str]:
        """Return the ids of all documents."""
        return self._documents.ids()

    def search(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find passages by BM25.

        Args:
            query: what is looked for; never read as query syntax.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.
            without: ids of documents that are not searched.

        Returns:
            Hits, best first; the score is BM25.
        """
        found = self._passages.search(self._weights(query, 0), limit, documents, without)
        return [PassageHit(key, document_of(key), score) for key, _, score in found]

    def score(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> dict[str, float]:
        """Score whole documents by BM25; gives document id → score, best first."""
        found = self._documents.search(self._weights(query, 1), limit, documents, without)
        return {key: score for key, _, score in found}

    def rarity(self, query: str) -> dict[str, float]:
        """Return token of a query → its count times how rare it is (see `vectorstore.rarity`)."""
        holding = self._holding(tokens(query))
        return rarities(query, lambda token: holding[token][0], self._known_totals().passages)

    def frequencies(self, terms: Iterable[str]) -> list[int]:
        """Count the passages that hold each of some folded words or bigrams."""
        wanted = list(terms)
        holding = self._holding(wanted)
        return [holding[term][0] for term in wanted]

    def _weights(self, query: str, place: int) -> dict[int, float]:
        counts = Counter(tokens(query))
        totals = self._known_totals()
        texts = (totals.passages, totals.documents)[place]
        known = self._holding(counts)
        worth = {
            token: count * inverse_frequency(known[token][place], texts)
            for token, count in counts.items()
            if known[token][place]
        }
        weights: dict[int, float] = {}
        for token in sorted(worth, key=lambda token: (-worth[token], token))[:_MOST_TERMS]:
            number = number_of(token)
            weights[number] = weights.get(number, 0.0) + worth[token]
        return weights

    def _known_totals(self) -> Totals:
        if self._totals is None:
            self._totals = self._counts.totals()
        return self._totals

    def _holding(self, terms: Iterable[str]) -> dict[str, tuple[int, int]]:
        wanted = dict.fromkeys(terms)
        known = self._known
        if new := [term for term in wanted if term not in known]:
            found = self._counts.holding(map(number_of, new))
            if len(known) > _MOST_KNOWN:
                known = {term: known[term] for term in wanted if term in known}
            known = {**known, **{term: found[number_of(term)] for term in new}}
            self._known = known
        return {term: known[term] for term in wanted}
