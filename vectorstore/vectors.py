"""The vectors of passages in Chroma. Made from the catalogue, so they may be thrown away.

chromadb itself and not langchain-chroma: vectors come ready-made from the catalogue's cache, calls must be
split at Chroma's limit, and readers must close and reopen; langchain-chroma offers none of the three.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.config import Settings
from numpy.typing import NDArray

from vectorstore.types import PassageHit

Vectors = NDArray[np.float32]

# Chroma refuses larger calls (client.get_max_batch_size()).
_BATCH = 5_000
# chromadb counts its users of a folder without a lock.
_opening = threading.Lock()


class VectorStore:
    """One collection of passage vectors, compared by cosine.

    A reader that stays open does not see what another process adds: close it and open a new one.

    Args:
        place: folder of the embedded Chroma, or the address of a Chroma server.
        collection: ASCII name; one for each filling of the library with vectors.
    """

    def __init__(self, place: Path | str, collection: str) -> None:
        with _opening:
            self._client = _connect(place)
        self._collection = self._client.get_or_create_collection(
            collection, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, or replace those with the same ids.

        Args:
            passage_ids: one for each vector.
            document_ids: the passages' documents.
            vectors: one row a passage.
        """
        for start in range(0, len(passage_ids), _BATCH):
            part = slice(start, start + _BATCH)
            self._collection.upsert(
                ids=list(passage_ids[part]),
                embeddings=vectors[part],
                metadatas=[{"document": document_id} for document_id in document_ids[part]],
            )

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids do not matter."""
        for start in range(0, len(passage_ids), _BATCH):
            self._collection.delete(ids=list(passage_ids[start : start + _BATCH]))

    def search(self, vector: Vectors, limit: int, documents: Collection[str] = ()) -> list[PassageHit]:
        """Find the passages whose vectors are nearest.

        Args:
            vector: the query's, one-dimensional.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.

        Returns:
            Hits, best first; the score is the cosine similarity.
        """
        where: Any = {"document": {"$in": list(documents)}} if documents else None
        found = self._collection.query(
            query_embeddings=[vector], n_results=limit, where=where, include=["metadatas", "distances"]
        )
        ids, metadatas, distances = found["ids"][0], found["metadatas"], found["distances"]
        if metadatas is None or distances is None:
            return []
        return [
            PassageHit(key, str(metadata["document"]), 1.0 - distance)
            for key, metadata, distance in zip(ids, metadatas[0], distances[0], strict=True)
            if metadata
        ]

    def count(self) -> int:
        """Return the number of vectors."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of Chroma."""
        with _opening:
            self._client.close()


def _connect(place: Path | str) -> Any:
    settings = Settings(anonymized_telemetry=False)
    if isinstance(place, Path):
        return chromadb.PersistentClient(str(place), settings=settings)
    address = urlsplit(place)
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    return chromadb.HttpClient(address.hostname or "", port, ssl=secure, settings=settings)
