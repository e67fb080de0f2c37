"""Filling the keyword index and the vectors together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from vectorstore.engines import KeywordsWriting, engine_of
from vectorstore.passage_vectors import PassageVectors
from vectorstore.places import following
from vectorstore.preparing import Prepared, cut, words_of
from vectorstore.session import Session
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument


class Indexes:
    """The keyword index and the vectors, for writing; opened when first needed.

    Args:
        settings: where they are.
        facts: what the catalogue says of them.
        fresh: those of "keywords" and "vectors" that begin empty instead of going on.
        only: those that are written.
    """

    def __init__(
        self,
        settings: LibrarySettings,
        facts: Mapping[str, str],
        fresh: frozenset[str] = frozenset(),
        only: frozenset[str] = frozenset({"keywords", "vectors"}),
    ) -> None:
        self._engine = engine_of(settings)
        self._facts = facts
        self._number = following(facts["keywords"]) if "keywords" in fresh else facts["keywords"]
        self._only = only
        self._keywords: KeywordsWriting | None = None
        self._vectors = self._engine.write_vectors(facts, fresh="vectors" in fresh)

    def open(self) -> None:
        """Open both; called before the catalogue is changed, so that a failure here changes nothing.

        Raises:
            LibraryError: one of them cannot be written.
        """
        self._open_keywords()
        if "vectors" in self._only:
            self._vectors.open()

    def add(
        self,
        batch: Sequence[ParsedDocument],
        vectors: PassageVectors | None,
        prepared: Mapping[str, Prepared] = MappingProxyType({}),
    ) -> None:
        """Add documents, or put them in the place of what is there under their ids.

        Args:
            batch: the documents, corrected; they are found by these titles.
            vectors: those of their passages that have one; None leaves the vectors alone.
            prepared: document id → what was worked out for it, where something was.
        """
        self._open_keywords()
        if self._keywords:
            for parsed in batch:
                ready = prepared.get(parsed.document.id)
                words = ready.words if ready else words_of(parsed)
                # What was prepared knows nothing of a title that was corrected since.
                self._keywords.add(parsed, replace(words, title=cut(parsed.document.title)))
        if vectors is not None and vectors.passages:
            self._vectors.open()
            owners = [passage.document_id for passage in vectors.passages]
            self._vectors.add([passage.id for passage in vectors.passages], owners, vectors.rows)

    def remove(self, documents: Mapping[str, Sequence[str]]) -> None:
        """Take documents out.

        Args:
            documents: document id → ids of its passages.
        """
        self.open()
        if self._keywords:
            self._keywords.remove(documents)
        self._vectors.remove([passage_id for passage_ids in documents.values() for passage_id in passage_ids])

    def seal(self) -> dict[str, str]:
        """Make all changes permanent, though not yet shown.

        Returns:
            What the catalogue has to say of the indexes to show them.
        """
        if self._keywords:
            self._keywords.commit()
        return {"keywords": self._number, "vectors": self._vectors.seal()}

    def _open_keywords(self) -> None:
        if "keywords" in self._only and self._keywords is None:
            self._keywords = self._engine.write_keywords(self._facts, self._number)

    def close(self) -> None:
        """Let go of both; what was not sealed is lost."""
        try:
            if self._keywords:
                self._keywords.close()
        finally:
            self._keywords = None
            self._vectors.close()


def retitle(session: Session, indexes: Indexes, document_ids: Iterable[str]) -> None:
    """Let documents be found by the titles they have now; vectors keep to what a document says itself.

    Args:
        session: holds the lock.
        indexes: where they are found.
        document_ids: of the documents.
    """
    for batch in session.batches(document_ids):
        indexes.add(session.corrected(batch), None)
        worn = int(session.facts["worn_keywords"]) + sum(len(one.passages) for one in batch)
        session.facts["worn_keywords"] = str(worn)
