"""One generation of the library, as a reader sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from vectorstore.catalogue import Catalogue
from vectorstore.corrections import apply, corrections_in
from vectorstore.embeddings import EmbeddingModel
from vectorstore.engines import PassageVectorsReading, engine_of
from vectorstore.errors import LibraryError, damaged_document
from vectorstore.fitting import outdated, refuse_other_dimension, refuse_other_vectors
from vectorstore.hashing import Vectors, embedded_text
from vectorstore.ledger import Ledger
from vectorstore.passage_vectors import waiting_in
from vectorstore.session import VECTOR_WEIGHT
from vectorstore.settings import LibrarySettings
from vectorstore.similarity import Similarities
from vectorstore.succession import resolve
from vectorstore.types import DocumentTable, Passage, PassageHit, PolicyDocument, passage_id
from vectorstore.vectors import VectorStore
from vectorstore.yardstick import Yardstick, sampled

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection

# Of so few passages the vectors themselves are compared: 2 to 25 ms where an index that must pass over a
# hundred thousand others takes 45 to 140.
_FEW = 500


class Snapshot:
    """What was complete when the generation was published; later changes do not show.

    Args:
        settings: where the indexes are.
        catalogue: None for a library that does not exist yet.
        facts: what it says of the library; its generation is the one to show.
        embedding: of the queries.
    """

    def __init__(
        self,
        settings: LibrarySettings,
        catalogue: Catalogue | None,
        facts: Mapping[str, str],
        embedding: EmbeddingModel,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._embedding = embedding
        self._facts = facts
        self.generation = int(facts.get("generation", "0"))
        self.state = (facts.get("library", ""), self.generation)
        """Which library this is, and its generation."""
        self.number = self.generation
        """The generation, counted on from those of a library that stood here before."""
        # Opened here and not when first used: it must be of this generation.
        self._engine = engine_of(settings)
        self._keywords = self._engine.keywords(facts) if self.generation else None
        self._visible = catalogue.visible(self.generation) if catalogue else frozenset()
        self._checked: set[str] = set()
        self._vectors: PassageVectorsReading | None = None
        self._measured: tuple[Yardstick | None] | None = None
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
        documents = apply(self._catalogue.documents(self.generation), self._facts)
        return {document.id: document for document in resolve(documents)}

    def as_read(self, document_id: str) -> PolicyDocument:
        """Return a document as its file was read, without what was corrected by hand."""
        return self._read.get(document_id, self.documents[document_id])

    @cached_property
    def _read(self) -> dict[str, PolicyDocument]:
        corrected = corrections_in(self._facts)
        if self._catalogue is None or not corrected:
            return {}
        stored = self._catalogue.documents(self.generation)
        return {document.id: document for document in stored if document.source in corrected}

    def known_at(self, generation: int) -> frozenset[str]:
        """Return the ids of the documents that an earlier generation held and that are still kept."""
        return self._catalogue.visible(generation) if self._catalogue else frozenset()

    @property
    def damaged(self) -> frozenset[str]:
        """Ids of the documents that were found to be other than they were stored."""
        return self._catalogue.damaged if self._catalogue else frozenset()

    @property
    def vector_weight(self) -> float:
        """Weight of the share that a question gives to vector search: as calibrated, else the model's own."""
        if outdated(self._facts, self._embedding.name):
            return 0.0
        return float(self._facts.get(VECTOR_WEIGHT) or self._embedding.weight)

    @cached_property
    def unembedded(self) -> frozenset[str]:
        """Ids of the documents that have no vectors yet: only keywords find their passages."""
        return self._visible & waiting_in(self._facts)

    def left_out(self, document_id: str) -> tuple[str, ...]:
        """Return what a document's file holds and its text does not."""
        return self._catalogue.left_out(document_id) if self._catalogue else ()

    def text(self, document_id: str) -> str:
        """Return a document's clean text.

        Raises:
            DamagedError: it is not as it was stored.
        """
        text = self._catalogue.text(document_id) if self._catalogue else None
        if document_id in self.damaged:
            raise damaged_document(self.documents[document_id].source)
        return text or ""

    def passages(self, document_ids: Sequence[str]) -> Iterator[Passage]:
        """Give the passages of documents."""
        return self._catalogue.passages(document_ids) if self._catalogue else iter(())

    def passage_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Return document id → number of its passages."""
        return self._catalogue.passage_counts(document_ids) if self._catalogue else {}

    def tables(self, document_id: str) -> tuple[DocumentTable, ...]:
        """Return a document's tables, in its order."""
        return self._catalogue.document_tables(document_id) if self._catalogue else ()

    @cached_property
    def ledger(self) -> Ledger:
        """What the documents state."""
        queries = self._catalogue.fact_queries(self._visible) if self._catalogue else None
        return Ledger(self.documents, queries, self._stored)

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order asked for; unknown ids are left out."""
        if self._catalogue is None:
            return []
        passages = self._stored(passage_ids)
        for document_id in {passage.document_id for passage in passages} - self._checked:
            # What else is quoted with a passage: its document's facts, text and tables.
            self._catalogue.check(document_id)
            self._checked.add(document_id)
        return [passage for passage in passages if passage.document_id not in self.damaged]

    def _stored(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages that are as they were stored; the rest of their documents is not looked at.

        A page of the ledger names twenty documents and shows a row of each, which is checked when it is read.
        """
        passages = self._catalogue.load(passage_ids) if self._catalogue else []
        return [passage for passage in passages if passage.document_id not in self.damaged]

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
        return {document_id: score for document_id, score in scores.items() if self._shows(document_id)}

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are."""
        return self._keywords.rarity(query) if self._keywords else {}

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """Count the passages that hold each of some words or bigrams."""
        return self._keywords.frequencies(terms) if self._keywords else [0] * len(terms)

    def search_vectors(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by cosine similarity."""
        if not self._visible:
            return []
        vector = self._vector(query)
        with self._store() as store:
            return self._nearest(store, vector, limit, documents)

    def similarities(
        self, query: str, limit: int, documents: Collection[str], others: Collection[str]
    ) -> Similarities:
        """Find passages by similarity, on the scale that all embeddings share."""
        if not self._visible:
            return Similarities()
        vector = self._vector(query)
        if not vector.any():
            return Similarities()
        with self._store() as store:
            yardstick = self._yardstick(store)
            nearest = self._nearest(store, vector, limit, documents)
            found = {hit.passage_id for hit in nearest}
            rest = store.vectors([key for key in others if key not in found])
        return yardstick.similarities(vector, nearest, rest) if yardstick else Similarities()

    @contextmanager
    def collection(self) -> Iterator[ChromaCollection]:
        """Give Chroma's collection for the length of a call.

        Raises:
            LibraryError: the library is empty, or its vectors are not in Chroma.
        """
        if not self._visible:
            raise LibraryError("资料库为空，请先运行 policy-assistant ingest 收录文件")
        with self._store() as store:
            if not isinstance(store, VectorStore):
                raise LibraryError("这个检索引擎不是 Chroma，请使用资料库自己的查找")
            yield store.collection

    def _nearest(
        self, store: PassageVectorsReading, vector: Vectors, limit: int, documents: Collection[str]
    ) -> list[PassageHit]:
        if documents and len(documents) <= _FEW:
            counts = self.passage_counts([one for one in documents if self._shows(one)])
            if sum(counts.values()) <= _FEW:
                keys = [passage_id(one, place) for one, count in counts.items() for place in range(count)]
                return store.compare(vector, limit, keys)
        return self._shown(lambda most: store.search(vector, most, documents), limit)

    def _vector(self, query: str) -> Vectors:
        refuse_other_vectors(self._facts, self._settings, self._embedding.name)
        vector = self._embedding.embed_query(query)
        refuse_other_dimension(self._facts, self._embedding.name, len(vector))
        return vector

    @contextmanager
    def _store(self) -> Iterator[PassageVectorsReading]:
        # Within the guard, so that nobody closes it meanwhile.
        with self._guard:
            if self._vectors is None:
                self._vectors = self._engine.vectors(self._facts)
            yield self._vectors

    def _yardstick(self, store: PassageVectorsReading) -> Yardstick | None:
        if self._measured is None:
            followers = sampled(self.passage_counts(list(self.documents)))
            vectors = store.vectors({*followers, *filter(None, followers.values())})
            texts = {
                passage.id: embedded_text(self.documents[passage.document_id], passage)
                for passage in self.load(list(vectors))
            }
            pairs = {one: other for one, other in followers.items() if {one, other} <= texts.keys()}
            known = {key: vector for key, vector in vectors.items() if key in texts}
            self._measured = (Yardstick(known, texts, pairs) if known else None,)
        return self._measured[0]

    def _shows(self, document_id: str) -> bool:
        return document_id in self._visible and document_id not in self.damaged

    def _shown(self, search: Callable[[int], list[PassageHit]], limit: int) -> list[PassageHit]:
        # An index may hold what is not shown yet or no longer; then ask for more.
        most = limit
        while True:
            found = search(most)
            shown = [hit for hit in found if self._shows(hit.document_id)]
            if len(shown) >= limit or len(found) < most:
                return shown[:limit]
            most *= 2
