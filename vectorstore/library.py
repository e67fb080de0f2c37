"""The policy library: the one door to documents and passages, for reading and for writing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self, cast

from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.errors import LibraryBusyError, LibraryError
from vectorstore.locking import exclusive
from vectorstore.originals import Originals
from vectorstore.recovery import broken, recover
from vectorstore.session import Session
from vectorstore.settings import LibrarySettings
from vectorstore.snapshot import Snapshot
from vectorstore.stopping import safe_points
from vectorstore.tables import SCHEMA_VERSION
from vectorstore.types import DocumentTable, Passage, PassageHit, PolicyDocument
from vectorstore.writer import LibraryWriter

_log = logging.getLogger("vectorstore")
_PATIENCE = 60.0


class PolicyLibrary:
    """What the library holds, as it stands: readers see a new generation as soon as it is complete.

    Safe to share between threads. Use `open`.
    """

    def __init__(self, settings: LibrarySettings, embedding: EmbeddingModel) -> None:
        self._settings = settings
        self._embedding = embedding
        self._guard = threading.RLock()
        self._database: Database | None = None
        self._snapshot: Snapshot | None = None
        self._pinned: Snapshot | None = None

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
            if self._database:
                self._database.close()
            self._snapshot = self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def pinned(self) -> PolicyLibrary:
        """Return the library as it stands now, for one question: what changes meanwhile does not show in it.

        Raises:
            LibraryError: the library cannot be read.
        """
        library = PolicyLibrary(self._settings, self._embedding)
        library._pinned = self._current()
        return library

    @property
    def generation(self) -> int:
        """A number that rises with every change; 0 while the library is empty."""
        return self._current().generation

    @property
    def vector_weight(self) -> float:
        """Share that vector search should have in a fused ranking, 0.0 to 1.0."""
        return self._current().vector_weight

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

    def original(self, document: PolicyDocument) -> Path | None:
        """Return the kept copy of the file that a document was read from, or None where none was kept."""
        return Originals(self._settings.originals).find(document.content_hash)

    def passages(self, document_id: str = "") -> Iterator[Passage]:
        """Give the passages of a document, or of all, in document order."""
        snapshot = self._current()
        return snapshot.passages([self.document(document_id).id] if document_id else list(snapshot.documents))

    def passage_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Return document id → number of its passages; unknown ids are left out."""
        return self._current().passage_counts(document_ids)

    def tables(self, document_id: str) -> tuple[DocumentTable, ...]:
        """Return the whole tables of a document, in its order.

        Raises:
            LibraryError: there is none with this id.
        """
        return self._current().tables(self.document(document_id).id)

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
        with exclusive(self._settings.policy_data_dir, wait), safe_points() as pause:
            session = Session(self._settings, self._embedding, pause)
            try:
                recover(session)
                with closing(LibraryWriter(session)) as writer:
                    yield writer
                pause()
            except KeyboardInterrupt:
                shown = len(session.catalogue.visible(session.generation))
                _log.warning("已在安全点停止，政策库中现有 %d 个文件", shown)
                raise
            finally:
                session.close()

    def _current(self) -> Snapshot:
        if self._pinned is not None:
            return self._pinned
        with self._guard:
            try:
                catalogue = self._opened()
                generation = catalogue.generation() if catalogue else 0
                if self._snapshot is None or self._snapshot.generation != generation:
                    self._renew(catalogue)
                return cast(Snapshot, self._snapshot)
            except LibraryError:
                # Whatever is wrong may be mended by the next question.
                self.close()
                raise

    def _renew(self, catalogue: Catalogue | None) -> None:
        facts = catalogue.facts() if catalogue else {}
        if catalogue and self._snapshot is None and self._look_after(catalogue, facts):
            facts = catalogue.facts()
        if self._snapshot:
            self._snapshot.close()
        self._snapshot = Snapshot(self._settings, catalogue, facts, self._embedding)

    def _look_after(self, catalogue: Catalogue, facts: dict[str, str]) -> bool:
        """Finish what an interrupted writer left, unless one is at work; say whether something was done."""
        unfinished = catalogue.unfinished(int(facts["generation"])) is not None
        if not unfinished and not broken(self._settings, facts):
            return False
        try:
            with self.write(wait=0):
                return True
        except LibraryBusyError:
            # The writer at work looks after it.
            return False
        except LibraryError as error:
            # What is whole can still be read.
            _log.warning("%s", error)
            return False

    def _opened(self) -> Catalogue | None:
        if self._database is None:
            database = Database(self._settings)
            version = database.version()
            if not version:
                database.close()
                return None
            if version != SCHEMA_VERSION:
                with self.write():
                    pass
            self._database = database
        return Catalogue(self._database)
