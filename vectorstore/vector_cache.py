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


class VectorCache:
    """Embeds texts, asking a costly model for no vector twice.

    Args:
        database: holds the vectors.
        model: makes the others.
    """

    def __init__(self, database: Database, model: EmbeddingModel) -> None:
        self._database = database
        self._model = model

    def embed(self, texts: Sequence[str], pause: Callable[[], None]) -> Vectors:
        """Embed texts.

        Args:
            texts: any number.
            pause: called between two batches; may raise to end here, what was paid for is kept.

        Returns:
            One row a text.

        Raises:
            EmbeddingError: the endpoint failed.
        """
        if not self._model.costly or not texts:
            return self._model.embed(texts)
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        vectors = self._known(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
        waiting = list(missing)
        pause()
        for start, rows in self._model.embed_each(list(missing.values())):
            made = {
                key: row.tobytes() for key, row in zip(waiting[start : start + len(rows)], rows, strict=True)
            }
            self._keep(made)
            vectors |= made
            pause()
        if len({len(vectors[key]) for key in keys}) > 1:
            raise EmbeddingError(
                f"嵌入模型 {self._model.name} 返回的向量维度与以前不同；"
                "请改回原模型，或运行 policy-assistant reembed"
            )
        return np.stack([np.frombuffer(vectors[key], dtype=np.float32) for key in keys])

    def _known(self, keys: Sequence[str]) -> dict[str, bytes]:
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
        rows = [{"model": self._model.name, "text_hash": key, "vector": row} for key, row in vectors.items()]
        with self._database.writing() as connection:
            connection.execute(insert(tables.embeddings), rows)
