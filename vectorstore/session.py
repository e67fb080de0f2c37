"""What everybody who writes to the library needs, once the lock is held."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.corrections import apply
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel
from vectorstore.errors import DamagedError, LibraryError
from vectorstore.hashing import Vectors, embedded_text
from vectorstore.preparing import Prepared
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument
from vectorstore.vector_cache import VectorCache

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

    Raises:
        LibraryError: the catalogue cannot be written.
    """

    def __init__(
        self, settings: LibrarySettings, embedding: EmbeddingModel, pause: Callable[[], None]
    ) -> None:
        self.settings = settings
        self.embedding = embedding
        self.pause = pause
        self._database = Database(settings)
        self._database.upgrade()
        self.catalogue = Catalogue(self._database)
        self._cache = VectorCache(self._database, embedding)
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
            "vectors_in": vectors_in(self.settings),
        }
        self.facts.pop("embedding_dimension", None)

    def embed(
        self,
        batch: Sequence[ParsedDocument],
        prepared: Mapping[str, Prepared] = MappingProxyType({}),
    ) -> Vectors:
        """Return the vectors of the documents' passages, one row each.

        Args:
            batch: the documents.
            prepared: document id → what was worked out for it, where something was.

        Raises:
            EmbeddingError: the endpoint failed.
            LibraryError: the vectors do not fit those of the library.
        """
        ready = {key: those.rows() for key, those in prepared.items() if those.vectors}
        waiting = [parsed for parsed in batch if parsed.document.id not in ready]
        texts = [embedded_text(parsed.document, passage) for parsed in waiting for passage in parsed.passages]
        made = iter(self._cache.embed(texts, self.pause))
        rows = [
            row
            for parsed in batch
            for row in ready.get(parsed.document.id, islice(made, len(parsed.passages)))
        ]
        vectors = np.stack(rows) if rows else np.empty((0, 0), np.float32)
        if len(vectors):
            self.facts.setdefault("embedding_dimension", str(vectors.shape[1]))
            refuse_other_dimension(self.facts, self.embedding.name, vectors.shape[1])
        return vectors

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
        state = Publication(time.time(), self.generation + 1, facts["keywords"], facts["vectors"])
        facts["publications"] = json.dumps([*self.in_use(), state])
        self.catalogue.state(facts)
        self.facts = facts

    def close(self) -> None:
        """Let go of the catalogue."""
        self._database.close()


def refuse_other_model(facts: Mapping[str, str], model: str) -> None:
    """Refuse vectors that cannot be compared with those of a model.

    Raises:
        LibraryError: with the command that re-embeds.
    """
    recorded = facts["embedding_model"]
    if recorded != model:
        raise LibraryError(
            f"政策库的向量由 {recorded} 生成，与设置 POLICY_EMBEDDING_MODEL（{model}）不同；"
            "请改回设置，或运行 policy-assistant reembed"
        )


def refuse_other_dimension(facts: Mapping[str, str], model: str, dimension: int) -> None:
    """Refuse vectors that are not as long as those of the library.

    Raises:
        LibraryError: with the command that re-embeds.
    """
    recorded = facts.get("embedding_dimension", str(dimension))
    if recorded != str(dimension):
        raise LibraryError(
            f"嵌入模型 {model} 现在返回 {dimension} 维向量，政策库中是 {recorded} 维；"
            "请改回原模型，或运行 policy-assistant reembed"
        )


def refuse_other_vectors(facts: Mapping[str, str], settings: LibrarySettings, model: str) -> None:
    """Refuse vectors of another model, or in another Chroma than the settings name.

    Raises:
        LibraryError: with the command that brings them together.
    """
    refuse_other_model(facts, model)
    if facts["vectors_in"] != vectors_in(settings):
        raise LibraryError(
            "政策库的向量不在设置 POLICY_CHROMA_URL 所指的位置；请改回设置，或运行 policy-assistant rebuild"
        )


def vectors_in(settings: LibrarySettings) -> str:
    """Say which kind of Chroma the settings ask for."""
    return "server" if settings.policy_chroma_url else "folder"


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
        "vectors_in": vectors_in(settings),
        "embedding_model": embedding.name,
    }
