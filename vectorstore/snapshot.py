"""One generation of the library, as a reader sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import EmbeddingModel
from vectorstore.errors import LibraryError
from vectorstore.keywords import KeywordIndex
from vectorstore.places import chroma_place, keyword_folder
from vectorstore.settings import LibrarySettings
from vectorstore.succession import resolve
from vectorstore.types import Passage, PassageHit, PolicyDocument
from vectorstore.vectors import VectorStore


class Snapshot:
    """What was complete when the generation was published; later changes do not show.

    Args:
        settings: where the indexes are.
        catalogue: None for a library that does not exist yet.
        generation: the one to show.
        embedding: of the queries.
    """

    def __init__(
        self,
        settings: LibrarySettings,
        catalogue: Catalogue | None,
        generation: int,
        embedding: EmbeddingModel,
    ) -> None:
        self.generation = generation
        self._settings = settings
        self._catalogue = catalogue
        self._embedding = embedding
        self._facts = catalogue.facts() if catalogue else {}
        folder = keyword_folder(settings, self._facts)
        # Opened here and not when first used: it must be of this generation.
        self._keywords = KeywordIndex(folder) if generation and KeywordIndex.exists(folder) else None
        self._visible = catalogue.visible(generation) if catalogue else frozenset()
        self._vectors: VectorStore | None = None
        self._guard = threading.Lock()

    def close(self) -> None:
        """Let go of what was opened."""
        with self._guard:
            if self._vectors:
                self._vectors.close()
            self._vectors = None

    @cached_property
    def documents(self) -> dict[str, PolicyDocument]:
        """Id → document, in the order of their sources."""
        if self._catalogue is None:
            return {}
        return {document.id: document for document in resolve(self._catalogue.documents(self.generation))}

    def text(self, document_id: str) -> str:
        """Return a document's clean text."""
        return (self._catalogue.text(document_id) if self._catalogue else None) or ""

    def passages(self, document_ids: Sequence[str]) -> Iterator[Passage]:
        """Give the passages of documents."""
        return self._catalogue.passages(document_ids) if self._catalogue else iter(())

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order asked for; unknown ids are left out."""
        return self._catalogue.load(passage_ids) if self._catalogue else []

    def search_keywords(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by BM25."""
        index = self._keywords
        if index is None:
            return []
        return self._shown(lambda most: index.search(query, most, documents), limit)

    def score_documents(self, query: str, limit: int) -> dict[str, float]:
        """Score whole documents by BM25."""
        if self._keywords is None:
            return {}
        scores = self._keywords.score(query, limit)
        return {document_id: score for document_id, score in scores.items() if document_id in self._visible}

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are."""
        return self._keywords.rarity(query) if self._keywords else {}

    def search_vectors(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by cosine similarity."""
        if not self._visible:
            return []
        recorded = self._facts.get("embedding_model", self._embedding.name)
        if recorded != self._embedding.name:
            raise LibraryError(different_model(recorded, self._embedding.name))
        vector = self._embedding.embed([query])[0]
        with self._guard:
            if self._vectors is None:
                self._vectors = VectorStore(chroma_place(self._settings), self._facts["collection"])
            store = self._vectors
        return self._shown(lambda most: store.search(vector, most, documents), limit)

    def _shown(self, search: Callable[[int], list[PassageHit]], limit: int) -> list[PassageHit]:
        # An index may hold what is not shown yet or no longer; then ask for more.
        most = limit
        while True:
            found = search(most)
            shown = [hit for hit in found if hit.document_id in self._visible]
            if len(shown) >= limit or len(found) < most:
                return shown[:limit]
            most *= 2


def different_model(recorded: str, wanted: str) -> str:
    """Say what to do when the library was filled with another embedding model."""
    return (
        f"政策库的向量由 {recorded} 生成，与设置 POLICY_EMBEDDING_MODEL（{wanted}）不同，"
        "请改回设置，或运行 policy-assistant reembed"
    )
