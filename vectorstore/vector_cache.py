"""The vectors that were paid for, kept in the catalogue by model and text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from sqlalchemy import insert, select

from vectorstore import tables
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel
from vectorstore.errors import EmbeddingError
from vectorstore.hashing import Vectors

_LOOK_UP = 500

Told = Callable[[int], None]


class VectorCache:
    """Embeds texts, asking a costly model for no vector twice.

    Args:
        database: holds the vectors.
        model: makes the others.
    """

    def __init__(self, database: Database, model: EmbeddingModel) -> None:
        self._database = database
        self._model = model

    def embed(self, texts: Sequence[str], told: Told) -> Vectors:
        """Embed texts.

        Args:
            texts: any number.
            told: called with how many are done, whenever some are; may raise to end here, what was paid for
                is kept.

        Returns:
            One row a text.

        Raises:
            EmbeddingError: the endpoint failed.
        """
        if not self._model.costly or not texts:
            return self._model.embed(texts)
        keys = _keys(texts)
        vectors = self._found(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
        waiting, done = list(missing), len(texts) - len(missing)
        told(done)
        for start, rows in self._model.embed_each(list(missing.values())):
            made = {
                key: row.tobytes() for key, row in zip(waiting[start : start + len(rows)], rows, strict=True)
            }
            self._keep(made)
            vectors |= made
            done += len(made)
            told(done)
        if len({len(vectors[key]) for key in keys}) > 1:
            raise EmbeddingError(
                f"嵌入模型 {self._model.name} 返回的向量维度与以前不同；"
                "请改回原模型，或运行 policy-assistant reembed"
            )
        return np.stack([_row(vectors[key]) for key in keys])

    def known(self, texts: Sequence[str]) -> list[Vectors | None]:
        """Return the vectors of texts that were embedded before, None for the others."""
        keys = _keys(texts)
        vectors = self._found(keys)
        return [_row(vectors[key]) if key in vectors else None for key in keys]

    def _found(self, keys: Sequence[str]) -> dict[str, bytes]:
        known: dict[str, bytes] = {}
        table = tables.embeddings.c
        with self._database.reading() as connection:
            for start in range(0, len(keys), _LOOK_UP):
                part = keys[start : start + _LOOK_UP]
                query = select(table.text_hash, table.vector).where(
                    table.model == self._model.name, table.text_hash.in_(part)
                )
                known.update((row.text_hash, row.vector) for row in connection.execute(query))
        return known

    def _keep(self, vectors: dict[str, bytes]) -> None:
        table = tables.embeddings.c
        with self._database.writing() as connection:
            # Vectors are made without the library's lock too: another process may have been quicker.
            query = select(table.text_hash).where(
                table.model == self._model.name, table.text_hash.in_(list(vectors))
            )
            there = set(connection.scalars(query))
            rows = [
                {"model": self._model.name, "text_hash": key, "vector": row}
                for key, row in vectors.items()
                if key not in there
            ]
            if rows:
                connection.execute(insert(tables.embeddings), rows)


def _keys(texts: Sequence[str]) -> list[str]:
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def _row(vector: bytes) -> Vectors:
    return np.frombuffer(vector, dtype=np.float32)
