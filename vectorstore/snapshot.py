"""One generation of the library, as a reader sees it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, cached_property, partial

from vectorstore.catalogue import Catalogue
from vectorstore.corrections import apply, corrections_in
from vectorstore.document_groups import is_within
from vectorstore.embeddings import EmbeddingModel
from vectorstore.errors import damaged_document
from vectorstore.fitting import outdated
from vectorstore.ledger import Ledger
from vectorstore.opened_indexes import OpenedIndexes
from vectorstore.passage_vectors import waiting_in
from vectorstore.searches import Searches
from vectorstore.session import VECTOR_WEIGHT
from vectorstore.settings import LibrarySettings
from vectorstore.succession import resolve
from vectorstore.types import DocumentTable, Passage, PolicyDocument, document_of
from vectorstore.viewers import Viewer

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
        self._stated = cache(partial(_stated, catalogue, self.generation, facts))
        self.searches = Searches(self._opened, catalogue, self._stated, self._visible)
        """Through the documents that are shown."""
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
        view = copy(self)
        # What refers to nothing that refers to it goes at once when it is let go of.
        view._views = {}
        view.groups, view._visible, view._hidden = groups, seen, self._visible - seen
        # A document that only a hidden one repeals is in force for whoever cannot know better.
        view.documents = _by_id(document for document in self._stated() if document.id in seen)
        view.searches = Searches(self._opened, catalogue, self._stated, seen, view._hidden, limited=True)
        view.ledger = view._ledger()
        view.unembedded = self.unembedded & seen
        return view

    @cached_property
    def _groups_in_use(self) -> frozenset[str]:
        return self._catalogue.groups.in_use() if self._catalogue else frozenset()

    @cached_property
    def documents(self) -> dict[str, PolicyDocument]:
        """Id → document, in the order of their sources."""
        return _by_id(self._stated())

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
        hidden = (one for one in self._stated() if one.id in self._hidden)
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


def _by_id(documents: Iterable[PolicyDocument]) -> dict[str, PolicyDocument]:
    return {document.id: document for document in resolve(documents)}


def _stated(catalogue: Catalogue | None, generation: int, facts: Mapping[str, str]) -> list[PolicyDocument]:
    """Return the documents as they and the staff describe them, whatever the others say of them."""
    return apply(catalogue.documents(generation), facts) if catalogue else []
