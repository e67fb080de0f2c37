"""The vectors of documents' passages, and which documents still wait for theirs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel
from vectorstore.hashing import Vectors, embedded_text
from vectorstore.preparing import Prepared
from vectorstore.types import ParsedDocument, Passage
from vectorstore.vector_cache import Told, VectorCache

# The fact that names the documents that keywords alone find so far; it counts only for those that are shown.
WAITING = "waiting_for_vectors"


class PassageVectors(NamedTuple):
    """Passages with their vectors.

    Attributes:
        passages: of one document after another.
        rows: one vector each.
    """

    passages: list[Passage]
    rows: Vectors


class PassageEmbedder:
    """Makes the vectors of documents' passages.

    Args:
        database: keeps those that were paid for.
        model: makes them.
    """

    def __init__(self, database: Database, model: EmbeddingModel) -> None:
        self._cache = VectorCache(database, model)

    def made(
        self, batch: Sequence[ParsedDocument], prepared: Mapping[str, Prepared], told: Told
    ) -> PassageVectors:
        """Return the vectors of all passages of documents.

        Args:
            batch: the documents.
            prepared: document id → what was worked out for it, where something was.
            told: called with how many passages are done, whenever some are; may raise to end here.

        Raises:
            EmbeddingError: the endpoint failed.
        """
        ready = {key: those.rows() for key, those in prepared.items() if those.vectors}
        texts = [text for parsed in batch if parsed.document.id not in ready for text in _texts(parsed)]
        made = iter(self._cache.embed(texts, told))
        rows = [
            row
            for parsed in batch
            for row in ready.get(parsed.document.id, islice(made, len(parsed.passages)))
        ]
        return _together(batch, rows)

    def known(self, batch: Sequence[ParsedDocument]) -> tuple[PassageVectors, set[str]]:
        """Return the vectors that were made before.

        Args:
            batch: the documents.

        Returns:
            Those of all documents that have them for all of their passages, and the ids of the others.
        """
        found = self._cache.known([text for parsed in batch for text in _texts(parsed)])
        whole: list[ParsedDocument] = []
        rows: list[Vectors] = []
        start = 0
        for parsed in batch:
            part = found[start : start + len(parsed.passages)]
            start += len(part)
            vectors = [row for row in part if row is not None]
            if len(vectors) == len(part):
                whole.append(parsed)
                rows += vectors
        waiting = {parsed.document.id for parsed in batch} - {parsed.document.id for parsed in whole}
        return _together(whole, rows), waiting


def waiting_in(facts: Mapping[str, str]) -> set[str]:
    """Return the ids of the documents that keywords alone find so far."""
    return set(json.loads(facts.get(WAITING) or "[]"))


def as_fact(document_ids: Collection[str]) -> str:
    """Return what the catalogue says of documents that wait for their vectors."""
    return json.dumps(sorted(document_ids))


def _texts(parsed: ParsedDocument) -> Iterator[str]:
    return (embedded_text(parsed.document, passage) for passage in parsed.passages)


def _together(batch: Sequence[ParsedDocument], rows: Sequence[Vectors]) -> PassageVectors:
    passages = [passage for parsed in batch for passage in parsed.passages]
    return PassageVectors(passages, np.stack(rows) if rows else np.empty((0, 0), np.float32))
