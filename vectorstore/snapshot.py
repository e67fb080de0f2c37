"""One generation of the library, as a reader sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from vectorstore.catalogue import Catalogue
from vectorstore.corrections import apply, corrections_in
from vectorstore.document_groups import is_within
from vectorstore.embeddings import EmbeddingModel
from vectorstore.engines import PassageVectorsReading
from vectorstore.errors import LibraryError, damaged_document
from vectorstore.fitting import outdated
from vectorstore.hashing import Vectors
from vectorstore.ledger import Ledger
from vectorstore.opened_indexes import OpenedIndexes
from vectorstore.passage_vectors import waiting_in
from vectorstore.sampling import yardstick_of
from vectorstore.session import VECTOR_WEIGHT
from vectorstore.settings import LibrarySettings
from vectorstore.similarity import Similarities
from vectorstore.succession import resolve
from vectorstore.types import DocumentTable, Passage, PassageHit, PolicyDocument, document_of, passage_id
from vectorstore.vectors import VectorStore
from vectorstore.viewers import Viewer
from vectorstore.yardstick import Yardstick

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection

# Of so few passages the vectors themselves are compared (2 to 12 ms), and of more (up to 100 ms) where they
# are of so small a share of the documents: an index that must pass over a hundred thousand others takes 30 to
# 140 ms, over a million 170 to 1,000.
_FEW, _MORE, _SHARE = 500, 5_000, 0.01
# Sets of groups whose sight is remembered; a generation seldom has more.
_MOST_VIEWS = 64
# What is shorter may be a word of any text.
_NAME_CHARS = 5


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
        self.engine = facts.get("vectors_in", "")
        """Where vectors are, in a word."""
        self.state = (facts.get("library", ""), self.generation)
        """Which library this is, and its generation."""
        self.number = self.generation
        """The generation, counted on from those of a library that stood here before."""
        self._opened = OpenedIndexes(settings, facts, embedding)
        self._visible = catalogue.visible(self.generation) if catalogue else frozenset()
        self._hidden: frozenset[str] = frozenset()
        self.groups: frozenset[str] | None = None
        """Whose documents are shown beside those for everybody; None where all are."""
        self._views: dict[frozenset[str], Snapshot] = {}
        self._checked: set[str] = set()
        self._guard = threading.Lock()

    def close(self) -> None:
        """Let go of what was opened."""
        self._opened.close()

    def seen_by(self, viewer: Viewer) -> Snapshot:
        """Return the same generation with no trace of what somebody may not see.

        Args:
            viewer: who looks; somebody who may see all of it gets this one.
        """
        if viewer.sees_all or self._catalogue is None or not self._groups_in_use:
            return self
        with self._guard:
            groups = viewer.groups & self._groups_in_use
            if groups not in self._views:
                if len(self._views) >= _MOST_VIEWS:
                    self._views.clear()
                self._views[groups] = self._limited(self._catalogue, groups)
            return self._views[groups]

    def _limited(self, catalogue: Catalogue, groups: frozenset[str]) -> Snapshot:
        seen = self._visible & catalogue.visible(self.generation, groups)
        stated = self._stated
        view = copy(self)
        # What refers to nothing that refers to it goes at once when it is let go of.
        view._views = {}
        view.groups, view._visible, view._hidden = groups, seen, self._visible - seen
        # A document that only a hidden one repeals is in force for whoever cannot know better.
        view.documents = _by_id(document for document in stated if document.id in seen)
        view.ledger = view._ledger()
        view.unembedded = self.unembedded & seen
        return view

    @cached_property
    def _groups_in_use(self) -> frozenset[str]:
        return self._catalogue.groups.in_use() if self._catalogue else frozenset()

    @cached_property
    def _stated(self) -> list[PolicyDocument]:
        """The documents as they and the staff describe them, whatever the others say of them."""
        stored = self._catalogue.documents(self.generation) if self._catalogue else []
        return apply(stored, self._facts)

    @cached_property
    def documents(self) -> dict[str, PolicyDocument]:
        """Id → document, in the order of their sources."""
        return _by_id(self._stated)

    def shows(self, document_id: str, source: str) -> bool:
        """Say whether a document of this or another generation is shown, or would be."""
        if self.groups is None or document_id in self._visible:
            return True
        named = self._file_groups.get(source)
        return document_id not in self._hidden and (not named or not named.isdisjoint(self.groups))

    def names_hidden(self, text: str) -> bool:
        """Say whether a text names a document that is hidden, by its title or its number."""
        return any(name in text for name in self._hidden_names)

    @cached_property
    def _hidden_names(self) -> frozenset[str]:
        known = {name for one in self.documents.values() for name in (one.title, one.document_number)}
        hidden = (one for one in self._stated if one.id in self._hidden)
        names = {name for one in hidden for name in (one.title, one.document_number)}
        return frozenset(name for name in names - known if len(name) >= _NAME_CHARS)

    @cached_property
    def _file_groups(self) -> dict[str, frozenset[str]]:
        return self._catalogue.groups.known() if self._catalogue else {}

    def file_groups(self) -> dict[str, frozenset[str]]:
        """Return source → groups of the documents that are shown and are not for everybody."""
        if not self._file_groups:
            return {}
        sources, own = {document.source for document in self.documents.values()}, self.groups
        return {
            source: groups if own is None else groups & own
            for source, groups in self._file_groups.items()
            if source in sources
        }

    def is_of(self, source: str, groups: Collection[str]) -> bool:
        """Say whether a file belongs to some groups alone, by all groups and not only by those shown here."""
        return is_within(self._file_groups.get(source, frozenset()), groups)

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
        return self._catalogue.visible(generation, self.groups) if self._catalogue else frozenset()

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
        shown = [one for one in document_ids if self._may_show(one)]
        return self._catalogue.passage_counts(shown) if self._catalogue else {}

    def tables(self, document_id: str) -> tuple[DocumentTable, ...]:
        """Return a document's tables, in its order."""
        return self._catalogue.document_tables(document_id) if self._catalogue else ()

    @cached_property
    def ledger(self) -> Ledger:
        """What the documents state."""
        return self._ledger()

    def _ledger(self) -> Ledger:
        if self._catalogue is None:
            return Ledger(self.documents, None, self.skim)
        return Ledger(self.documents, self._catalogue.fact_queries(self.generation, self.groups), self.skim)

    def load(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages in the order asked for; unknown ids are left out."""
        if self._catalogue is None:
            return []
        passages = self.skim(passage_ids)
        fresh = {passage.document_id for passage in passages} - self._checked
        self._catalogue.check_quoted(sorted(fresh))
        self._checked |= fresh
        return [passage for passage in passages if passage.document_id not in self.damaged]

    def skim(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return passages that are as they were stored; the rest of their documents is not looked at.

        A page of the ledger names twenty documents and shows a row of each, a search looks at some thirty
        passages and shows ten: what is quoted is checked when it is read.
        """
        shown = [one for one in passage_ids if self._may_show(document_of(one))]
        passages = self._catalogue.load(shown) if self._catalogue else []
        return [passage for passage in passages if passage.document_id not in self.damaged]

    def _may_show(self, document_id: str) -> bool:
        # Whoever sees all may finish a question with passages that have just been replaced.
        return self.groups is None or document_id in self._visible

    def search_keywords(self, query: str, limit: int, documents: Collection[str]) -> list[PassageHit]:
        """Find passages by BM25."""
        index, within = self._opened.keywords, self._within(documents)
        if index is None or within is None:
            return []
        return self._shown(lambda most: index.search(query, most, *within), limit)

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
        if yardstick is None or (self._embedding.costly and yardstick.misleading):
            return Similarities()
        vector = self._opened.vector(query)
        if not vector.any():
            return Similarities()
        with self._opened.store() as store:
            nearest = self._nearest(store, vector, limit, documents)
            found = {hit.passage_id for hit in nearest}
            rest = store.vectors([key for key in others if key not in found])
        return yardstick.similarities(vector, nearest, rest, trusted=self._embedding.costly)

    @contextmanager
    def collection(self) -> Iterator[ChromaCollection]:
        """Give Chroma's collection for the length of a call.

        Raises:
            LibraryError: the library is empty, or its vectors are not in Chroma.
        """
        if not self._visible:
            raise LibraryError("资料库为空，请先运行 policy-assistant ingest 收录文件")
        if self.groups is not None:
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
        if wanted and len(wanted) <= _FEW:
            counts = self.passage_counts([one for one in wanted if self._shows(one)])
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
        return yardstick_of(self._catalogue, store, self._stated) if self._catalogue else None

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


def _by_id(documents: Iterable[PolicyDocument]) -> dict[str, PolicyDocument]:
    return {document.id: document for document in resolve(documents)}
