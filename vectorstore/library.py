"""The policy library: the one door to documents and passages, for reading and for writing."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from vectorstore.catalogue import Catalogue, create_engine
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.errors import LibraryError
from vectorstore.locking import exclusive
from vectorstore.settings import LibrarySettings
from vectorstore.snapshot import Snapshot
from vectorstore.types import Passage, PassageHit, PolicyDocument
from vectorstore.writer import LibraryWriter

_PATIENCE = 60.0


class PolicyLibrary:
    """What the library holds, as it stands: readers see a new generation as soon as it is complete.

    Safe to share between threads. Use `open`.
    """

    def __init__(self, settings: LibrarySettings, embedding: EmbeddingModel) -> None:
        self._settings = settings
        self._embedding = embedding
        self._guard = threading.RLock()
        self._catalogue: Catalogue | None = None
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, settings: LibrarySettings) -> PolicyLibrary:
        """Open the library for reading; one that does not exist yet is empty.

        Args:
            settings: where it is and which embedding it uses.

        Returns:
            The library, to be closed or used in a `with` block.

        Raises:
            SettingsError: the embedding model cannot be used.
        """
        return cls(settings, embedding_model(settings))

    def close(self) -> None:
        """Let go of everything; using the library again opens it anew."""
        with self._guard:
            if self._snapshot:
                self._snapshot.close()
            if self._catalogue:
                self._catalogue.close()
            self._snapshot = self._catalogue = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """A number that rises with every change; 0 while the library is empty."""
        return self._current().generation

    @property
    def vector_weight(self) -> float:
        """Share that vector search should have in a fused ranking, 0.0 to 1.0."""
        return self._embedding.weight

    def documents(self) -> tuple[PolicyDocument, ...]:
        """Return all documents, those that another one repeals marked as superseded."""
        return tuple(self._current().documents.values())

    def document(self, document_id: str) -> PolicyDocument:
        """Return a document.

        Raises:
            LibraryError: there is none with this id.
        """
        document = self._current().documents.get(document_id)
        if document is None:
            raise LibraryError(
                f"政策库中没有文件 {document_id}，请用 policy-assistant documents 查看现有文件"
            )
        return document

    def text(self, document_id: str) -> str:
        """Return a document's clean text.

        Raises:
            LibraryError: there is none with this id.
        """
        document = self.document(document_id)
        return self._current().text(document.id)

    def passages(self, document_id: str = "") -> Iterator[Passage]:
        """Give the passages of a document, or of all, in document order."""
        snapshot = self._current()
        return snapshot.passages([self.document(document_id).id] if document_id else list(snapshot.documents))

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order asked for; unknown ids are left out."""
        return self._current().load(passage_ids)

    def search_keywords(self, query: str, limit: int, documents: Collection[str] = ()) -> list[PassageHit]:
        """Find passages by BM25 over words and bigrams, the title counted twice and the headings once.

        Args:
            query: what is looked for; never read as query syntax.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.

        Returns:
            Hits, best first.
        """
        return self._current().search_keywords(query, limit, documents)

    def score_documents(self, query: str, limit: int = 50) -> dict[str, float]:
        """Score whole documents by BM25.

        Args:
            query: what is looked for.
            limit: most documents to return.

        Returns:
            Document id → score, best first.
        """
        return self._current().score_documents(query, limit)

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are among the library's passages.

        Args:
            query: what is looked for.

        Returns:
            Token → its count in the query times BM25's inverse document frequency, in the query's order.
        """
        return self._current().rarity(query)

    def search_vectors(self, query: str, limit: int, documents: Collection[str] = ()) -> list[PassageHit]:
        """Find passages by cosine similarity.

        Args:
            query: what is looked for.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.

        Returns:
            Hits, best first.

        Raises:
            EmbeddingError: the embedding endpoint failed.
            LibraryError: the library was filled with another embedding model.
        """
        return self._current().search_vectors(query, limit, documents)

    @contextmanager
    def write(self, wait: float = _PATIENCE) -> Iterator[LibraryWriter]:
        """Open the library for writing, alone; leaving the block shows all that was written.

        Args:
            wait: seconds to wait for another writer.

        Returns:
            The writer, for the length of the block. Where the block raises, what was put before stays.

        Raises:
            LibraryBusyError: another process went on writing for longer than that.
            LibraryError: the library was filled with another embedding model.
        """
        with exclusive(self._settings.policy_data_dir, wait):
            writer = LibraryWriter(self._settings, self._embedding)
            try:
                yield writer
            finally:
                writer.close()

    def _current(self) -> Snapshot:
        with self._guard:
            catalogue = self._opened()
            generation = catalogue.generation() if catalogue else 0
            if self._snapshot is None or self._snapshot.generation != generation:
                if self._snapshot:
                    self._snapshot.close()
                self._snapshot = Snapshot(self._settings, catalogue, generation, self._embedding)
            return self._snapshot

    def _opened(self) -> Catalogue | None:
        if self._catalogue is None:
            database = self._settings.policy_data_dir / "catalogue.sqlite"
            if not self._settings.policy_database_url and not database.exists():
                return None
            catalogue = Catalogue(create_engine(self._settings))
            if not catalogue.exists():
                catalogue.close()
                return None
            self._catalogue = catalogue
        return self._catalogue
