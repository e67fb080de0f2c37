"""What everybody who writes to the library needs, once the lock is held."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from vectorstore.catalogue import Catalogue
from vectorstore.corrections import apply
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel
from vectorstore.engines import engine_of
from vectorstore.errors import DamagedError
from vectorstore.fitting import (
    refuse_other_dimension,
    refuse_other_model,
    refuse_other_vectors,
)
from vectorstore.home import HOME, home_of
from vectorstore.locking import Lock
from vectorstore.passage_vectors import WAITING, PassageEmbedder, PassageVectors, as_fact, waiting_in
from vectorstore.preparing import Prepared
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument
from vectorstore.vector_cache import Told

# Chroma takes calls of up to some five thousand; more passages in a batch gain nothing.
BATCH_PASSAGES = 2_000
# The fact that holds the calibrated weight of vector search; it belongs to the embedding model.
VECTOR_WEIGHT = "vector_weight"
# A question under way may still load what it found, so what was replaced goes a little later.
GRACE_SECONDS = 10.0


class Publication(NamedTuple):
    """A state of the library that readers were shown.

    Attributes:
        at: when, in seconds since the epoch.
        generation: its generation.
        keywords: number of its keyword index.
        vectors: number of its vectors.
    """

    at: float
    generation: int
    keywords: str
    vectors: str


class Session:
    """The catalogue, open for writing, with what it says of the library.

    Args:
        settings: where the library is.
        embedding: of the passages.
        pause: to be called wherever writing may safely end; may raise.
        lock: the library's, which is held.

    Raises:
        LibraryError: the catalogue cannot be written.
    """

    def __init__(
        self, settings: LibrarySettings, embedding: EmbeddingModel, pause: Callable[[], None], lock: Lock
    ) -> None:
        self.settings = settings
        self.embedding = embedding
        self.pause = pause
        self._database = Database(settings, confirm=lock.confirm)
        self._database.upgrade()
        self.catalogue = Catalogue(self._database)
        self._embedder = PassageEmbedder(self._database, embedding)
        self.deferring = embedding.deferred
        """Whether vectors that are not there yet are left to the background."""
        self.facts = self.catalogue.facts()
        if self.facts.get("generation", "0") == "0":
            self.facts = _first_facts(settings, embedding)
            self.catalogue.state(self.facts)

    @property
    def generation(self) -> int:
        """The one that readers see."""
        return int(self.facts["generation"])

    def in_use(self) -> list[Publication]:
        """Return the states of the library that a question under way may be using, the oldest first."""
        known = _publications(self.facts)
        fresh = [state for state in known if time.time() - state.at < GRACE_SECONDS]
        # The newest of the others was shown until the first of the fresh ones came.
        return known[-len(fresh) - 1 :]

    def check_model(self) -> None:
        """Refuse to mix vectors of two models.

        Raises:
            LibraryError: with the command that re-embeds.
        """
        refuse_other_model(self.facts, self.embedding.name)

    def check_vectors(self) -> None:
        """Refuse to mix vectors of two models or in two places.

        Raises:
            LibraryError: with the command that brings them together.
        """
        refuse_other_vectors(self.facts, self.settings, self.embedding.name)

    def adopt_embedding(self) -> None:
        """Let the settings' model and place count from the next publication on, for vectors made anew."""
        same = self.facts["embedding_model"] == self.embedding.name
        self.facts = {
            **self.facts,
            VECTOR_WEIGHT: self.facts.get(VECTOR_WEIGHT, "") if same else "",
            "embedding_model": self.embedding.name,
            "vectors_in": engine_of(self.settings).place,
            WAITING: as_fact(()),
        }
        self.facts.pop("embedding_dimension", None)

    def embed(
        self,
        batch: Sequence[ParsedDocument],
        prepared: Mapping[str, Prepared] = MappingProxyType({}),
        told: Told = lambda done: None,
    ) -> PassageVectors:
        """Return the vectors of the documents' passages.

        Those of a model in this process are made in the background: of them only those that were made before
        are returned, and the other documents are noted as waiting.

        Args:
            batch: the documents.
            prepared: document id → what was worked out for it, where something was.
            told: called with how many passages are done, whenever some are.

        Raises:
            EmbeddingError: the endpoint failed.
            LibraryError: the vectors do not fit those of the library.
        """

        def done(count: int) -> None:
            self.pause()
            told(count)

        if self.deferring:
            found, late = self._embedder.known(batch)
        else:
            found, late = self._embedder.made(batch, prepared, done), set[str]()
        waiting = waiting_in(self.facts)
        if late or waiting:
            ids = {parsed.document.id for parsed in batch}
            self.facts = {**self.facts, WAITING: as_fact((waiting - ids) | late)}
        if len(found.rows):
            self.facts.setdefault("embedding_dimension", str(found.rows.shape[1]))
            refuse_other_dimension(self.facts, self.embedding.name, found.rows.shape[1])
        return found

    def corrected(self, batch: Sequence[ParsedDocument]) -> list[ParsedDocument]:
        """Return documents as readers see them, with what was corrected by hand."""
        documents = apply((parsed.document for parsed in batch), self.facts)
        return [replace(parsed, document=document) for parsed, document in zip(batch, documents, strict=True)]

    def batches(self, document_ids: Iterable[str]) -> Iterator[list[ParsedDocument]]:
        """Give stored documents in batches of a good size; what is not as it was stored is left out."""
        batch: list[ParsedDocument] = []
        size = 0
        for document_id in document_ids:
            with suppress(DamagedError):
                batch.append(self.catalogue.parsed(document_id))
                size += len(batch[-1].passages)
            if size >= BATCH_PASSAGES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def publish(self, changes: Mapping[str, str]) -> None:
        """Show readers everything stored so far, in one step.

        Args:
            changes: what the catalogue says of the library from now on.
        """
        facts = {**self.facts, **changes, "generation": str(self.generation + 1)}
        if home := home_of(self.settings):
            facts[HOME] = home
        state = Publication(time.time(), self.generation + 1, facts["keywords"], facts["vectors"])
        waiting = waiting_in(facts)
        if waiting:
            facts[WAITING] = as_fact(waiting & self.catalogue.visible(self.generation + 1))
        facts["publications"] = json.dumps([*self.in_use(), state])
        self.catalogue.state(facts)
        self.facts = facts

    def close(self) -> None:
        """Let go of the catalogue."""
        self._database.close()


def _publications(facts: Mapping[str, str]) -> list[Publication]:
    return [Publication(*state) for state in json.loads(facts["publications"])]


def _first_facts(settings: LibrarySettings, embedding: EmbeddingModel) -> dict[str, str]:
    return {
        "library": secrets.token_hex(8),
        "generation": "0",
        "publications": json.dumps([Publication(0, 0, "1", "0")]),
        "worn_keywords": "0",
        "worn_vectors": "0",
        "keywords": "1",
        "vectors": "0",
        "vectors_in": engine_of(settings).place,
        "embedding_model": embedding.name,
    }
