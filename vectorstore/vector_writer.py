"""Changing the vectors without readers noticing before it is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vectorstore.hashing import Vectors
from vectorstore.places import flush_to_disk, following, fork, vector_folder
from vectorstore.settings import LibrarySettings
from vectorstore.vectors import VectorStore


class VectorWriter:
    """Adds and removes vectors in a working copy, opened when first needed; `seal` makes it ready to publish.

    A Chroma server takes several writers and readers and outlives our processes, so there the collection is
    changed in place and only a fresh start gets a new one.

    Args:
        settings: where the vectors are.
        facts: what the catalogue says of them.
        fresh: begin with none instead of those there are.
    """

    def __init__(self, settings: LibrarySettings, facts: Mapping[str, str], fresh: bool = False) -> None:
        self._settings = settings
        self._facts = facts
        self._fresh = fresh
        self._number = facts["vectors"]
        self._store: VectorStore | None = None
        self._working = self._number

    def open(self) -> VectorStore:
        """Return the working copy.

        Raises:
            LibraryError: Chroma cannot be used.
        """
        if self._store is None:
            if self._settings.policy_chroma_url:
                self._working = (
                    following(self._number) if self._fresh or self._number == "0" else self._number
                )
            else:
                self._working = following(self._number)
                old = vector_folder(self._settings, "0" if self._fresh else self._number)
                fork(old, vector_folder(self._settings, self._working))
            self._store = VectorStore(self._settings, self._facts, self._working, create=True)
        return self._store

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, one row a passage."""
        self.open().add(passage_ids, document_ids, vectors)

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out."""
        self.open().remove(passage_ids)

    def seal(self) -> str:
        """Finish the working copy.

        Returns:
            The number under which the catalogue may publish it.
        """
        if self._store:
            self._store.settle()
            self.close()
            if not self._settings.policy_chroma_url:
                flush_to_disk(vector_folder(self._settings, self._working))
            self._number, self._fresh = self._working, False
        return self._number

    def close(self) -> None:
        """Let go of Chroma; a working copy that was not sealed is thrown away at the next start."""
        if self._store:
            self._store.close()
            self._store = None
