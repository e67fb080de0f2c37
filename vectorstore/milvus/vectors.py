"""The vectors of passages in Milvus, compared by cosine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np

from vectorstore.hashing import Vectors
from vectorstore.milvus.connection import BY_VALUE, MOST_HITS, TEXT, Connection, Row, within
from vectorstore.places import following
from vectorstore.types import PassageHit
from vectorstore.yardstick import nearest_of

_ROWS = 1_000
_INDEX: Row = {
    "index_type": "HNSW",
    "metric_type": "COSINE",
    "params": {"M": 16, "efConstruction": 200},
}
# Breadth of a search: Milvus refuses less than the number of hits.
_BREADTH = 128


class MilvusVectors:
    """The vectors of one number; Milvus is asked when something is looked for, and not before.

    Args:
        connection: to Milvus.
        name: of the collection; "" where no vectors were published yet.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection, self._name = connection, name

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find the nearest passages, best first, of the same documents as by keywords."""
        # Of a text without a word nothing is near; and a cosine with nothing is none.
        if limit < 1 or not self._name or not vector.any():
            return []
        breadth = max(_BREADTH, min(limit, MOST_HITS))
        found = self._connection.search(
            self._name,
            "vector",
            np.asarray(vector, dtype=np.float32),
            limit,
            within(documents, without),
            {"metric_type": "COSINE", "params": {"ef": breadth}},
        )
        return [PassageHit(key, document, score) for key, document, score in found]

    def compare(self, vector: Vectors, limit: int, passage_ids: Collection[str]) -> list[PassageHit]:
        """Find the nearest of a few passages exactly, best first."""
        return nearest_of(self.vectors(passage_ids), vector, limit)

    def vectors(self, passage_ids: Collection[str]) -> dict[str, Vectors]:
        """Return passage id → vector; unknown ids are left out."""
        if not self._name:
            return {}
        rows = self._connection.get(self._name, passage_ids, ["vector"])
        return {row["id"]: np.asarray(row["vector"], dtype=np.float32) for row in rows}

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return {row["id"] for row in self._connection.rows(self._name, ["id"])} if self._name else set()

    def close(self) -> None:
        """Let go of them; the connection is the engine's."""


class MilvusVectorWriter:
    """Changes vectors in place, since the catalogue tells readers what to see; fresh ones get a new number.

    Args:
        connection: to Milvus.
        named: what the collection of a number is called.
        number: of the vectors that the catalogue has published.
        fresh: begin with none instead of those.
    """

    def __init__(
        self, connection: Connection, named: Callable[[str], str], number: str, *, fresh: bool
    ) -> None:
        self._connection, self._named, self._number = connection, named, number
        self._is_new = fresh or number == "0"
        self._working = following(number) if self._is_new else number
        self._changed = False

    def open(self) -> None:
        """Make sure that Milvus answers, so that a failure comes before the catalogue is changed."""
        self._connection.collections()

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, one row a passage, or replace those with the same ids."""
        name = self._named(self._working)
        if self._is_new:
            vector = {"datatype": "FLOAT_VECTOR", "dim": int(vectors.shape[1])}
            self._connection.make(
                name,
                {"id": TEXT, "document": TEXT, "vector": vector},
                {"vector": _INDEX, "document": BY_VALUE},
            )
            self._is_new = False
        self._changed = True
        for start in range(0, len(passage_ids), _ROWS):
            part = slice(start, start + _ROWS)
            rows = zip(passage_ids[part], document_ids[part], vectors[part], strict=True)
            self._connection.put(
                name,
                [{"id": key, "document": owner, "vector": np.asarray(row)} for key, owner, row in rows],
            )

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids do not matter."""
        if not self._is_new:
            self._changed = True
            self._connection.delete(self._named(self._working), passage_ids)

    def seal(self) -> str:
        """Make all changes permanent; return the number that the catalogue is to publish."""
        if self._changed:
            self._connection.settle([self._named(self._working)])
            self._number, self._changed = self._working, False
        return self._number

    def close(self) -> None:
        """Let go of them; the connection is the engine's."""
