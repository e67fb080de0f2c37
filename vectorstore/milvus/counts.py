"""How many texts hold each word, and how long texts are on average: kept in Milvus beside them.

A row holds the counts of all words whose numbers leave the same remainder, as a sparse vector, so that those
of a question come in one call. What is taken out goes on counting until the index is made anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b

from vectorstore.milvus.connection import BY_PRODUCT, SPARSE, TEXT, Connection
from vectorstore.milvus.words import Counted

_ROWS = 4_096
_AT_ONCE = 512
_TOTALS = "totals"
# A sparse vector must not be empty.
_FILLER = 0xFFFFFFFE
_FIELDS = ("id", "said", "passages", "documents")


@dataclass(frozen=True, slots=True)
class Totals:
    """What is known of all texts together.

    Attributes:
        change: which change was counted last.
        passages, documents: how many there are.
        passage_words, document_words: how many words they have.
        passage_mean, document_mean: the averages that weights were worked out with; 0 before there are any.
    """

    change: str = ""
    passages: int = 0
    documents: int = 0
    passage_words: int = 0
    document_words: int = 0
    passage_mean: float = 0
    document_mean: float = 0


class Counts:
    """The counts of one keyword index.

    Args:
        connection: to Milvus.
        name: of the collection.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def make(self) -> None:
        """Make the collection, unless it is there."""
        fields = {"id": TEXT, "said": TEXT, "passages": SPARSE, "documents": SPARSE}
        self._connection.make(self._name, fields, {"passages": BY_PRODUCT, "documents": BY_PRODUCT})

    def totals(self) -> Totals:
        """Return what is known of all texts together."""
        found = self._connection.get(self._name, [_TOTALS], ["said"])
        return Totals(**json.loads(found[0]["said"])) if found else Totals()

    def state(self, totals: Totals) -> None:
        """Record what is known of all texts together."""
        self._connection.put(self._name, [_row(_TOTALS, json.dumps(asdict(totals)), {}, {})])

    def holding(self, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return number of a word → how many passages and how many documents hold it."""
        wanted = set(numbers)
        found = self._connection.get(
            self._name, {str(number % _ROWS) for number in wanted}, ["passages", "documents"]
        )
        passages = {number: count for row in found for number, count in row["passages"].items()}
        documents = {number: count for row in found for number, count in row["documents"].items()}
        return {number: (int(passages.get(number, 0)), int(documents.get(number, 0))) for number in wanted}

    def add(self, change: str, passages: Mapping[int, int], documents: Mapping[int, int]) -> None:
        """Add to the counts; what a change that was broken off has added is not added again.

        Args:
            change: names what is being added.
            passages: number of a word → how many more passages hold it.
            documents: number of a word → how many more documents hold it.
        """
        more: dict[str, tuple[Counter[int], Counter[int]]] = {}
        for place, counts in enumerate((passages, documents)):
            for number, count in counts.items():
                more.setdefault(str(number % _ROWS), (Counter(), Counter()))[place][number] = count
        keys = sorted(more)
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            known = {row["id"]: row for row in self._connection.get(self._name, part, _FIELDS)}
            rows = []
            for key in part:
                old = known.get(key)
                if old and old["said"] == change:
                    continue
                for counts, field in zip(more[key], ("passages", "documents"), strict=True):
                    counts.update({n: int(count) for n, count in (old[field] if old else {}).items()})
                rows.append(_row(key, change, *more[key]))
            self._connection.put(self._name, rows)


class Pending:
    """What was added to an index and is not counted yet."""

    def __init__(self) -> None:
        self._passages: Counter[int] = Counter()
        self._documents: Counter[int] = Counter()
        self._lengths = {"passages": 0, "documents": 0, "passage_words": 0, "document_words": 0}
        self._ids: list[str] = []

    def add(self, passages: Iterable[Counted], document: Counted) -> None:
        """Note a document and its passages."""
        for passage in passages:
            self._passages.update(passage.counts.keys())
            self._lengths["passages"] += 1
            self._lengths["passage_words"] += passage.length
        self._documents.update(document.counts.keys())
        self._lengths["documents"] += 1
        self._lengths["document_words"] += document.length
        self._ids.append(document.id)

    def together(self, totals: Totals) -> Totals:
        """Return what is known of all texts with these."""
        known = asdict(totals)
        return replace(totals, **{name: known[name] + more for name, more in self._lengths.items()})

    def count(self, counts: Counts, totals: Totals) -> Totals:
        """Count what was noted.

        Args:
            counts: where they are kept.
            totals: as they were before.

        Returns:
            As they are now.
        """
        change = blake2b("\n".join(sorted(self._ids)).encode(), digest_size=16).hexdigest()
        if not self._ids or change == totals.change:
            return totals
        counts.add(change, self._passages, self._documents)
        return replace(self.together(totals), change=change)


def _row(key: str, said: str, passages: Mapping[int, int], documents: Mapping[int, int]) -> dict[str, object]:
    parts = {"passages": passages, "documents": documents}
    vectors = {
        field: {_FILLER: 1.0, **{number: float(count) for number, count in counts.items()}}
        for field, counts in parts.items()
    }
    return {"id": key, "said": said, **vectors}
