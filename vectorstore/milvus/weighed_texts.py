"""Texts in Milvus as their words weigh: added, replaced, weighed by another average, found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from vectorstore.milvus.connection import BY_PRODUCT, BY_VALUE, SPARSE, TEXT, Connection, within
from vectorstore.milvus.words import Counted, weighed, weighed_again

# A call takes 64 MB; a word of a text takes eight bytes.
_MOST_WORDS = 500_000
_MOST_ROWS = 1_000
_FIELDS = ("id", "document", "words", "length", "mean")
# Milvus refuses a sparse vector that is empty; nobody asks for this place.
_FILLER = {0xFFFFFFFE: 0.0001}


class WeighedTexts:
    """One collection of texts.

    Args:
        connection: to Milvus.
        name: of the collection.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def make(self) -> None:
        """Make the collection, unless it is there."""
        fields = {
            "id": TEXT,
            "document": TEXT,
            "words": SPARSE,
            "length": {"datatype": "INT64"},
            "mean": {"datatype": "DOUBLE"},
        }
        self._connection.make(self._name, fields, {"words": BY_PRODUCT, "document": BY_VALUE})

    def put(self, texts: Sequence[Counted], mean: float) -> None:
        """Add texts in the place of all that is there of their documents.

        Args:
            texts: all of each document.
            mean: how many words a text has on average.
        """
        before = self._connection.ids_of(self._name, {text.document for text in texts})
        self._put(
            (text.id, text.document, weighed(text, mean) or _FILLER, text.length, mean) for text in texts
        )
        # What is still there is replaced, not taken out before: readers may be looking for it.
        self._connection.delete(self._name, before - {text.id for text in texts})

    def remove(self, documents: Collection[str]) -> None:
        """Take all texts of documents out."""
        self._connection.delete_of(self._name, documents)

    def weigh(self, mean: float) -> None:
        """Weigh all texts by another average; broken off, the next call goes on."""
        self._put(
            (
                row["id"],
                row["document"],
                weighed_again(row["words"], row["length"], row["mean"], mean) if row["length"] else _FILLER,
                row["length"],
                mean,
            )
            for row in self._connection.rows(self._name, _FIELDS)
            if row["mean"] != mean
        )

    def ids(self) -> set[str]:
        """Return the ids of all texts."""
        return {row["id"] for row in self._connection.rows(self._name, ["id"])}

    def search(
        self, query: Mapping[int, float], limit: int, documents: Collection[str], without: Collection[str]
    ) -> list[tuple[str, str, float]]:
        """Find texts; gives id, document and score, best first.

        Args:
            query: number of a word → its weight.
            limit: most texts to find.
            documents: ids of the only documents to search; empty means all.
            without: ids of documents that are not searched.
        """
        if not query or limit < 1:
            return []
        found = self._connection.search(
            self._name, "words", dict(query), limit, within(documents, without), {"metric_type": "IP"}
        )
        return [hit for hit in found if hit[2] > 0]

    def _put(self, values: Iterable[tuple[Any, ...]]) -> None:
        rows: list[dict[str, Any]] = []
        words = 0
        for value in values:
            rows.append(dict(zip(_FIELDS, value, strict=True)))
            words += len(rows[-1]["words"])
            if len(rows) >= _MOST_ROWS or words >= _MOST_WORDS:
                self._connection.put(self._name, rows)
                rows, words = [], 0
        self._connection.put(self._name, rows)
