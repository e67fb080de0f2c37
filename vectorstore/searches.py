"""Searches through what somebody may see of one generation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vectorstore.catalogue import Catalogue
from vectorstore.engines import PassageVectorsReading
from vectorstore.errors import LibraryError
from vectorstore.hashing import Vectors
from vectorstore.opened_indexes import OpenedIndexes
from vectorstore.sampling import yardstick_of
from vectorstore.similarity import Similarities
from vectorstore.types import PassageHit, PolicyDocument, passage_id
from vectorstore.vectors import VectorStore
from vectorstore.yardstick import Yardstick

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection

# Of so few passages the vectors themselves are compared (2 to 12 ms), and of more (up to 100 ms) where they
# are of so small a share of the documents: an index that must pass over a hundred thousand others takes 30 to
# 140 ms, over a million 170 to 1,000.
_FEW, _MORE, _SHARE = 500, 5_000, 0.01
_DIGITS = 4


class Searches:
    """Searches by keywords and by vectors (what each takes and returns: `PolicyLibrary`).

    Args:
        opened: the indexes of the generation.
        catalogue: None for a library that does not exist yet.
        stated: gives all documents of the generation, whoever may see them.
        visible: ids of the documents that are shown.
        hidden: ids of the generation's other documents.
        limited: whether somebody looks who may not see all, hidden or still to come.
    """

    def __init__(
        self,
        opened: OpenedIndexes,
        catalogue: Catalogue | None,
        stated: Callable[[], list[PolicyDocument]],
        visible: frozenset[str],
        hidden: frozenset[str] = frozenset(),
        *,
        limited: bool = False,
    ) -> None:
        self._opened = opened
        self._catalogue = catalogue
        self._stated = stated
        self._visible = visible
        self._hidden = hidden
        self._limited = limited

    def search_keywords(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by BM25."""
        index, within = self._opened.keywords, self._within(documents)
        if index is None or within is None:
            return []
        found = self._shown(lambda most: index.search(query, most, *within), limit)
        # Engines agree in scores to so many digits, and each has an order of its own for equal ones.
        return sorted(found, key=lambda hit: (-round(hit.score, _DIGITS), hit.passage_id))

    def score_documents(self, query: str, limit: int) -> dict[str, float]:
        """Score whole documents by BM25."""
        within = self._within(())
        if self._opened.keywords is None or within is None:
            return {}
        scores = self._opened.keywords.score(query, limit, *within)
        return {document_id: score for document_id, score in scores.items() if self._shows(document_id)}

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are."""
        return self._opened.keywords.rarity(query) if self._opened.keywords else {}

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """Count the passages that hold each of some words or bigrams."""
        return self._opened.keywords.frequencies(terms) if self._opened.keywords else [0] * len(terms)

    def search_vectors(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by cosine similarity."""
        if not self._visible:
            return []
        vector = self._opened.vector(query)
        with self._opened.store() as store:
            return self._nearest(store, vector, limit, documents)

    def similarities(
        self, query: str, limit: int, documents: Collection[str], others: Collection[str]
    ) -> Similarities:
        """Find passages by similarity, on the scale that all embeddings share."""
        if not self._visible:
            return Similarities()
        with self._opened.store() as store:
            yardstick = self._opened.yardstick(store, self._measured)
        # What tells less than words do is better left out; `doctor` says so.
        if yardstick is None or (self._opened.costly and yardstick.misleading):
            return Similarities()
        vector = self._opened.vector(query)
        if not vector.any():
            return Similarities()
        with self._opened.store() as store:
            nearest = self._nearest(store, vector, limit, documents)
            found = {hit.passage_id for hit in nearest}
            rest = store.vectors([key for key in others if key not in found])
        return yardstick.similarities(vector, nearest, rest, trusted=self._opened.costly)

    @contextmanager
    def collection(self) -> Iterator[ChromaCollection]:
        """Give Chroma's collection for the length of a call.

        Raises:
            LibraryError: the library is empty, or its vectors are not in Chroma.
        """
        if not self._visible:
            raise LibraryError("资料库为空，请先运行 policy-assistant ingest 收录文件")
        if self._limited:
            raise LibraryError("这里只能看到部分文件，不能直接使用 Chroma，请使用资料库自己的查找")
        with self._opened.store() as store:
            if not isinstance(store, VectorStore):
                raise LibraryError("这个检索引擎不是 Chroma，请使用资料库自己的查找")
            yield store.collection

    def _nearest(
        self, store: PassageVectorsReading, vector: Vectors, limit: int, documents: Collection[str]
    ) -> list[PassageHit]:
        within = self._within(documents)
        if within is None:
            return []
        wanted = within[0]
        if self._catalogue and wanted and len(wanted) <= _FEW:
            counts = self._catalogue.passage_counts([one for one in wanted if self._shows(one)])
            few = _MORE if len(wanted) <= _SHARE * len(self._visible) else _FEW
            if sum(counts.values()) <= few:
                keys = [passage_id(one, place) for one, count in counts.items() for place in range(count)]
                return store.compare(vector, limit, keys)
        return self._shown(lambda most: store.search(vector, most, *within), limit)

    def _within(self, documents: Collection[str]) -> tuple[Collection[str], Collection[str]] | None:
        """The only documents that an engine searches, and those that it does not; None: it searches none."""
        if not self._hidden:
            return documents, ()
        if documents:
            # None of these must not become all.
            seen = [one for one in documents if one in self._visible]
            return (seen, ()) if seen else None
        if len(self._visible) <= len(self._hidden):
            return (self._visible, ()) if self._visible else None
        return (), self._hidden

    def _measured(self, store: PassageVectorsReading) -> Yardstick | None:
        return yardstick_of(self._catalogue, store, self._stated()) if self._catalogue else None

    @property
    def _damaged(self) -> frozenset[str]:
        return self._catalogue.damaged if self._catalogue else frozenset()

    def _shows(self, document_id: str) -> bool:
        return document_id in self._visible and document_id not in self._damaged

    def _shown(self, search: Callable[[int], list[PassageHit]], limit: int) -> list[PassageHit]:
        # An index may hold what is not shown yet or no longer; then ask for more.
        most = limit
        while True:
            found = search(most)
            shown = [hit for hit in found if self._shows(hit.document_id)]
            if len(shown) >= limit or len(found) < most:
                return shown[:limit]
            most *= 2
