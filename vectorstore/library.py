"""The policy library: the one door to documents and passages, for reading and for writing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from vectorstore.current import Current
from vectorstore.dictionary import learn_dictionary
from vectorstore.embeddings import BUILT_IN, EmbeddingModel, embedding_model
from vectorstore.errors import EmbeddingError, LibraryError, unknown_document
from vectorstore.file_storage import originals_of
from vectorstore.ledger import Ledger
from vectorstore.searches import Searches
from vectorstore.settings import LibrarySettings
from vectorstore.similarity import Similarities
from vectorstore.snapshot import Snapshot
from vectorstore.types import DocumentTable, Passage, PassageHit, PolicyDocument
from vectorstore.viewers import UNLIMITED, Viewer
from vectorstore.writer import LibraryWriter
from vectorstore.writing import PATIENCE, writing

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_Found = TypeVar("_Found")
Seen = tuple[int, tuple[str, ...] | None]
"""The generation, and the groups whose documents show beside those for everybody; None: all show."""


class PolicyLibrary:
    """What the library holds, as it stands: readers see a new generation as soon as it is complete.

    Safe to share between threads. Use `open`.
    """

    def __init__(self, settings: LibrarySettings, embedding: EmbeddingModel) -> None:
        self._settings = settings
        self._embedding = embedding
        self._originals = originals_of(settings)
        self._newest = Current(settings, embedding)
        self._pinned: Snapshot | None = None
        self._viewer = UNLIMITED

    @classmethod
    def open(cls, settings: LibrarySettings) -> PolicyLibrary:
        """Open the library for reading; one that does not exist yet is empty.

        Args:
            settings: where it is and which embedding it uses.

        Returns:
            The library, to be closed or used in a `with` block.

        Raises:
            SettingsError: the embedding model, the dictionary or the storage of originals cannot be used.
        """
        learn_dictionary(settings.policy_dictionary)
        return cls(settings, embedding_model(settings))

    def close(self) -> None:
        """Let go of everything; using the library again opens it anew."""
        self._newest.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def pinned(self) -> PolicyLibrary:
        """Return the library as it stands now, for one question: what changes meanwhile does not show in it.

        Raises:
            LibraryError: the library cannot be read.
        """
        library = self._alike()
        library._pinned = self._whole()
        return library

    def seen_by(self, viewer: Viewer) -> PolicyLibrary:
        """Return the library with no trace of what somebody may not see; it is closed with this one.

        Documents of others are not among its documents, passages, facts and counts, no search goes through
        them, and what they repeal is in force. Only how rare a word is counts them, too.

        Args:
            viewer: who looks; what this library does not show stays hidden.
        """
        library = self._alike()
        library._newest, library._pinned = self._newest, self._pinned
        library._viewer = viewer.within(self._viewer)
        return library

    def _alike(self) -> PolicyLibrary:
        library = PolicyLibrary(self._settings, self._embedding)
        library._viewer = self._viewer
        return library

    @property
    def generation(self) -> int:
        """A number that rises with every change; 0 while the library is empty."""
        return self._current().number

    @property
    def state(self) -> tuple[str, int]:
        """Which library this is and its generation: for all processes the same."""
        return self._current().state

    @property
    def seen(self) -> Seen:
        """What all that is worked out from the library hangs on, and is to be remembered by."""
        snapshot = self._current()
        return snapshot.number, None if snapshot.groups is None else tuple(sorted(snapshot.groups))

    def shows(self, document_id: str, source: str) -> bool:
        """Say whether what was found here before, or by somebody else, may be shown.

        Args:
            document_id: its document, of this generation or an earlier one.
            source: the document's file; by it one is judged that has gone.
        """
        return self._current().shows(document_id, source)

    def names_hidden(self, text: str) -> bool:
        """Say whether a text that somebody else was given names a document that is not shown here."""
        return self._current().names_hidden(text)

    def file_groups(self) -> dict[str, frozenset[str]]:
        """Return source → groups that may see its document, for each that is not for everybody."""
        return self._current().file_groups()

    def is_of(self, source: str, groups: Collection[str]) -> bool:
        """Say whether a file's document belongs to some of these groups, and to nobody else, seen or not."""
        return self._current().is_of(source, groups)

    def known_at(self, generation: int) -> frozenset[str]:
        """Return the ids of the documents that an earlier generation held and that are still kept."""
        return self._current().known_at(generation)

    @property
    def damaged(self) -> tuple[PolicyDocument, ...]:
        """The documents that were found to be other than they were stored; nothing of them is found."""
        snapshot = self._current()
        return tuple(snapshot.documents[key] for key in snapshot.damaged if key in snapshot.documents)

    @property
    def engine(self) -> str:
        """Where its vectors are, in a word; "" while it is empty."""
        return self._current().engine

    @property
    def vector_weight(self) -> float:
        """Weight of the share that a question gives to vector search, 0.0 to 1.0."""
        return self._current().vector_weight

    @property
    def has_embedding(self) -> bool:
        """Whether vectors come from an embedding that was set, and not from the built-in one."""
        return self._embedding.name != BUILT_IN

    @property
    def unembedded(self) -> frozenset[str]:
        """Ids of the documents that have no vectors yet: only keywords find their passages."""
        return self._current().unembedded

    @property
    def embedding_failure(self) -> EmbeddingError | None:
        """Why the last question got no vector, so that keywords alone served it; None where it got one."""
        return self._embedding.failure

    @property
    def by_id(self) -> Mapping[str, PolicyDocument]:
        """Id → document of all, those that another one repeals marked as superseded."""
        return self._current().documents

    def documents(self) -> tuple[PolicyDocument, ...]:
        """Return all documents, those that another one repeals marked as superseded."""
        return tuple(self.by_id.values())

    def document(self, document_id: str) -> PolicyDocument:
        """Return a document.

        Raises:
            LibraryError: there is none with this id.
        """
        document = self._current().documents.get(document_id)
        if document is None:
            raise unknown_document(document_id)
        return document

    def as_read(self, document_id: str) -> PolicyDocument:
        """Return a document as its file was read, without what was corrected by hand.

        Raises:
            LibraryError: there is none with this id.
        """
        return self._current().as_read(self.document(document_id).id)

    def text(self, document_id: str) -> str:
        """Return a document's clean text.

        Raises:
            LibraryError: there is none with this id.
        """
        document = self.document(document_id)
        return self._current().text(document.id)

    def left_out(self, document_id: str) -> tuple[str, ...]:
        """Return what a document's file holds and its text does not, each line with its reason where known.

        Raises:
            LibraryError: there is none with this id.
        """
        return self._current().left_out(self.document(document_id).id)

    def original(self, document: PolicyDocument) -> Path | None:
        """Return the kept copy of the file that a document was read from, or None where none was kept.

        Raises:
            LibraryError: it is kept in a storage that is away or refuses.
        """
        if not self.shows(document.id, document.source):
            return None
        return self._originals.find(document.content_hash)

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

    @property
    def ledger(self) -> Ledger:
        """What the documents state, as the library stands now."""
        return self._current().ledger

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order asked for; unknown ids are left out."""
        return self._current().load(passage_ids)

    def skim(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages as `load` does, to choose among them: what is quoted must be loaded."""
        return self._current().skim(passage_ids)

    def search_keywords(self, query: str, limit: int, documents: Collection[str] = ()) -> list[PassageHit]:
        """Find passages by BM25 over words and bigrams, the title counted twice and the headings once.

        Args:
            query: what is looked for; never read as query syntax.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.

        Returns:
            Hits, best first.
        """
        return self._healed(lambda searches: searches.search_keywords(query, limit, documents))

    def probe(self) -> None:
        """Search for something that is there: a word that is remembered to be nowhere asks no engine.

        Raises:
            LibraryError: the catalogue or the keyword index cannot be read now.
        """
        for document in self.documents()[:1]:
            self.search_keywords(document.title, 1)

    def score_documents(self, query: str, limit: int = 50) -> dict[str, float]:
        """Score whole documents by BM25.

        Args:
            query: what is looked for.
            limit: most documents to return.

        Returns:
            Document id → score, best first.
        """
        return self._healed(lambda searches: searches.score_documents(query, limit))

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are among the library's passages.

        Args:
            query: what is looked for.

        Returns:
            Token → its count in the query times its inverse document frequency, as a share of that of a token
            which no passage holds; in the query's order.
        """
        return self._healed(lambda searches: searches.rarity(query))

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """Count the passages that hold each of some words or bigrams, their titles and headings included.

        Args:
            terms: folded words or pairs of Han characters, taken as they are.

        Returns:
            A number for each; what was taken out of the library lately may still count.
        """
        return self._current().searches.frequencies(terms)

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
        return self._healed(lambda searches: searches.search_vectors(query, limit, documents))

    def similarities(
        self, query: str, limit: int, documents: Collection[str] = (), others: Collection[str] = ()
    ) -> Similarities:
        """Find passages by similarity, on a scale that all embeddings share (see `Similarities`).

        Args:
            query: what is looked for.
            limit: most passages to find.
            documents: ids of the only documents to search; empty means all.
            others: ids of passages whose similarity is wanted besides; raises as `search_vectors` does.
        """
        return self._healed(lambda searches: searches.similarities(query, limit, documents, others))

    def as_vectorstore(self) -> Chroma:
        """Return LangChain's vector store on the same vectors, read-only; texts come from the catalogue."""
        # LangChain takes half a second to load.
        from vectorstore.langchain_store import chroma_of

        def load(ids: Sequence[str]) -> list[tuple[PolicyDocument, Passage]]:
            return [(self.document(passage.document_id), passage) for passage in self.load(ids)]

        return chroma_of(load, lambda: self._current().searches.collection(), self._embedding, self.rarity)

    @contextmanager
    def write(self, wait: float = PATIENCE) -> Iterator[LibraryWriter]:
        """Open the library for writing, alone; leaving the block shows all that was written.

        Args:
            wait: seconds to wait for another writer.

        Returns:
            The writer, for the length of the block. Where the block raises, what was put before stays.

        Raises:
            LibraryBusyError: another process went on writing for longer than that.
            LibraryError: the library was filled with another embedding model.
        """
        with writing(self._settings, self._embedding, wait) as writer:
            yield writer

    def _healed(self, search: Callable[[Searches], _Found]) -> _Found:
        """Search; an index that proves damaged, or gone meanwhile, is opened again, made anew if need be."""
        try:
            return search(self._current().searches)
        except LibraryError:
            self._newest.close()
            newest = self._newest.snapshot()
            self._pinned = self._pinned and newest
            return search(self._current().searches)

    def _current(self) -> Snapshot:
        return self._whole().seen_by(self._viewer)

    def _whole(self) -> Snapshot:
        return self._pinned or self._newest.snapshot()
