"""Changing a keyword index in Milvus: in place, since the catalogue tells readers what of it they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from vectorstore.milvus.connection import Connection
from vectorstore.milvus.counts import Counts, Pending, Totals
from vectorstore.milvus.keywords import KeywordCollections
from vectorstore.milvus.weighed_texts import WeighedTexts
from vectorstore.milvus.words import Counted, counted
from vectorstore.preparing import DocumentWords
from vectorstore.types import ParsedDocument

_MOST_PASSAGES = 2_000
# By how much the average may depart from the one that weights were worked out with: a length of text counts
# for three quarters, so that a tenth moves no ranking.
_DRIFT = 1.1


class MilvusKeywordWriter:
    """Adds and removes documents; what is known of all texts follows at `commit`.

    Args:
        connection: to Milvus.
        names: of its collections.

    Raises:
        LibraryError: Milvus cannot be used.
    """

    def __init__(self, connection: Connection, names: KeywordCollections) -> None:
        self._connection, self._names = connection, names
        self._passages = WeighedTexts(connection, names.passages)
        self._documents = WeighedTexts(connection, names.documents)
        self._counts = Counts(connection, names.counts)
        for part in (self._passages, self._documents, self._counts):
            part.make()
        self._totals = self._counts.totals()
        self._pending = Pending()
        self._waiting: dict[str, tuple[Counted, list[Counted]]] = {}

    def add(self, parsed: ParsedDocument, words: DocumentWords) -> None:
        """Add a document and its passages in the place of what is there under its id.

        Args:
            parsed: the document.
            words: of its title, headings and passages.
        """
        key, title = parsed.document.id, (words.title, words.title)
        passages = [
            Counted(
                passage.id,
                key,
                counted((text, lead, *(words.headings[heading] for heading in passage.section), *title)),
            )
            for passage, text, lead in zip(parsed.passages, words.texts, words.leads, strict=True)
        ]
        whole = Counted(key, key, counted((*title, *words.headings.values(), *words.texts)))
        if key in self._waiting:
            self._store()
        self._waiting[key] = (whole, passages)
        if sum(len(passages) for _, passages in self._waiting.values()) >= _MOST_PASSAGES:
            self._store()

    def remove(self, document_ids: Iterable[str]) -> None:
        """Take documents and their passages out."""
        gone = list(document_ids)
        self._store()
        self._passages.remove(gone)
        self._documents.remove(gone)

    def commit(self) -> None:
        """Make all changes permanent."""
        self._store()
        totals = self._pending.count(self._counts, self._totals)
        self._pending = Pending()
        self._state(totals)
        self._state(self._weighed(totals))
        self._connection.settle((self._names.passages, self._names.documents, self._names.counts))

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""
        self._waiting = {}

    def _store(self) -> None:
        if not self._waiting:
            return
        for whole, passages in self._waiting.values():
            self._pending.add(passages, whole)
        means = _means(self._pending.together(self._totals))
        if not self._totals.document_mean:
            # Said before the first text is weighed by it.
            self._state(replace(self._totals, passage_mean=means[0], document_mean=means[1]))
        self._passages.put(
            list(chain.from_iterable(passages for _, passages in self._waiting.values())),
            self._totals.passage_mean,
        )
        self._documents.put([whole for whole, _ in self._waiting.values()], self._totals.document_mean)
        self._waiting = {}

    def _weighed(self, totals: Totals) -> Totals:
        """Weigh texts anew where the average has departed from the one that they were weighed by."""
        passage_mean, document_mean = _means(totals)
        if _departed(totals.passage_mean, passage_mean):
            self._passages.weigh(passage_mean)
            totals = replace(totals, passage_mean=passage_mean)
        if _departed(totals.document_mean, document_mean):
            self._documents.weigh(document_mean)
            totals = replace(totals, document_mean=document_mean)
        return totals

    def _state(self, totals: Totals) -> None:
        if totals != self._totals:
            self._counts.state(totals)
            self._totals = totals


def _means(totals: Totals) -> tuple[float, float]:
    return (
        max(1.0, totals.passage_words / max(1, totals.passages)),
        max(1.0, totals.document_words / max(1, totals.documents)),
    )


def _departed(mean: float, now: float) -> bool:
    return bool(mean) and not 1 / _DRIFT < now / mean < _DRIFT
