"""The indexes of one generation, opened once for everybody who looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from vectorstore.embeddings import EmbeddingModel
from vectorstore.engines import PassageVectorsReading, engine_of
from vectorstore.fitting import refuse_other_dimension, refuse_other_vectors
from vectorstore.hashing import Vectors
from vectorstore.settings import LibrarySettings
from vectorstore.yardstick import Yardstick

Measuring = Callable[[PassageVectorsReading], Yardstick | None]


class OpenedIndexes:
    """A keyword index, and vectors that are opened when first needed.

    Args:
        settings: where they are.
        facts: what the catalogue says of the library; its generation is the one to show.
        embedding: of the queries.
    """

    def __init__(
        self, settings: LibrarySettings, facts: Mapping[str, str], embedding: EmbeddingModel
    ) -> None:
        self._settings = settings
        self._facts = facts
        self._embedding = embedding
        # Opened here and not when first used: it must be of this generation.
        self._engine = engine_of(settings)
        self.keywords = self._engine.keywords(facts) if facts.get("generation", "0") != "0" else None
        """The keyword index; None where nothing was published yet."""
        self._vectors: PassageVectorsReading | None = None
        self._measured: tuple[Yardstick | None] | None = None
        self._guard = threading.Lock()

    @property
    def costly(self) -> bool:
        """Whether the vectors come from an embedding that was set, and not from the built-in one."""
        return self._embedding.costly

    def close(self) -> None:
        """Let go of what was opened."""
        with self._guard:
            if self._vectors:
                self._vectors.close()
            self._vectors = None

    def vector(self, query: str) -> Vectors:
        """Return the vector of a query.

        Raises:
            EmbeddingError: the embedding endpoint failed.
            LibraryError: the library was filled with another embedding model.
        """
        refuse_other_vectors(self._facts, self._settings, self._embedding.name)
        vector = self._embedding.embed_query(query, self.keywords.rarity if self.keywords else None)
        refuse_other_dimension(self._facts, self._embedding.name, len(vector))
        return vector

    @contextmanager
    def store(self) -> Iterator[PassageVectorsReading]:
        """Give the vectors for the length of a block."""
        # Within the guard, so that nobody closes it meanwhile.
        with self._guard:
            if self._vectors is None:
                self._vectors = self._engine.vectors(self._facts)
            yield self._vectors

    def yardstick(self, store: PassageVectorsReading, measure: Measuring) -> Yardstick | None:
        """Return what similarities are measured by, the same for all who look; None where nothing tells it.

        Args:
            store: the vectors, as `store` gives them.
            measure: makes it, the first time.
        """
        if self._measured is None:
            self._measured = (measure(store),)
        return self._measured[0]
