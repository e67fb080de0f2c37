"""The engine that is built in: tantivy in the data folder, and Chroma beside it or on a server of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vectorstore.errors import LibraryError
from vectorstore.keywords import KeywordIndex, KeywordWriter
from vectorstore.places import keyword_folder, sweep, vector_folder
from vectorstore.settings import LibrarySettings
from vectorstore.vector_writer import VectorWriter
from vectorstore.vectors import VectorStore, drop_unused


class TantivyChroma:
    """Opens tantivy and Chroma where the settings say; see `vectorstore.engines.SearchEngine`.

    Args:
        settings: where the library is.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        self._settings = settings

    @property
    def place(self) -> str:
        """Which kind of Chroma the settings ask for."""
        return "server" if self._settings.policy_chroma_url else "folder"

    @property
    def local(self) -> bool:
        """The keyword index is, whatever Chroma there is."""
        return True

    def keywords(self, facts: Mapping[str, str]) -> KeywordIndex:
        """Open the keyword index that the catalogue has published."""
        return KeywordIndex(keyword_folder(self._settings, facts["keywords"]))

    def write_keywords(self, facts: Mapping[str, str], number: str) -> KeywordWriter:
        """Open a keyword index for writing."""
        del facts
        return KeywordWriter(keyword_folder(self._settings, number))

    def vectors(self, facts: Mapping[str, str]) -> VectorStore:
        """Open the vectors that the catalogue has published."""
        return VectorStore(self._settings, facts, facts["vectors"])

    def write_vectors(self, facts: Mapping[str, str], *, fresh: bool) -> VectorWriter:
        """Prepare to change vectors in a copy, or in place on a server."""
        return VectorWriter(self._settings, facts, fresh)

    def missing(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Return which of both indexes cannot be opened at all."""
        found = set()
        if facts["generation"] != "0":
            try:
                self.keywords(facts)
            except LibraryError:
                found.add("keywords")
        embedded = facts["vectors_in"] == "folder" and facts["vectors"] != "0"
        if embedded and not vector_folder(self._settings, facts["vectors"]).is_dir():
            found.add("vectors")
        return frozenset(found)

    def sweep(self, facts: Mapping[str, str], keywords: Collection[str], vectors: Collection[str]) -> None:
        """Throw away folders, and collections of a server, that nobody can be using."""
        sweep(self._settings, keywords, vectors)
        if self._settings.policy_chroma_url:
            drop_unused(self._settings, facts, vectors)
