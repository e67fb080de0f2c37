"""The search engine that is one or many machines running Milvus, or Milvus Lite in a folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from vectorstore.errors import LibraryError
from vectorstore.milvus.address import address_of
from vectorstore.milvus.connection import Connection
from vectorstore.milvus.keyword_writer import MilvusKeywordWriter
from vectorstore.milvus.keywords import KeywordCollections, MilvusKeywords
from vectorstore.milvus.vectors import MilvusVectors, MilvusVectorWriter
from vectorstore.settings import LibrarySettings

_KEYWORDS = ("passages", "documents", "counts")
_VECTORS = "vectors"


class Milvus:
    """Opens keyword indexes and vectors in Milvus; see `vectorstore.engines.SearchEngine`.

    Each library has collections of its own, named by the id that its catalogue has.

    Args:
        settings: say where Milvus is.

    Raises:
        SettingsError: POLICY_SEARCH_URL is no address of Milvus.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        self._address = address_of(settings.policy_search_url.get_secret_value())
        self._connection = Connection(self._address)

    @property
    def place(self) -> str:
        """Where vectors are."""
        return "milvus"

    @property
    def local(self) -> bool:
        """Milvus Lite is; a server serves everybody."""
        return self._address.folder is not None

    def keywords(self, facts: Mapping[str, str]) -> MilvusKeywords:
        """Open the keyword index that the catalogue has published."""
        return MilvusKeywords(self._connection, _keywords(facts, facts["keywords"]))

    def write_keywords(self, facts: Mapping[str, str], number: str) -> MilvusKeywordWriter:
        """Open a keyword index for writing; one that is not there begins empty."""
        return MilvusKeywordWriter(self._connection, _keywords(facts, number))

    def vectors(self, facts: Mapping[str, str]) -> MilvusVectors:
        """Open the vectors that the catalogue has published."""
        number = facts["vectors"]
        return MilvusVectors(self._connection, "" if number == "0" else _named(facts, _VECTORS, number))

    def write_vectors(self, facts: Mapping[str, str], *, fresh: bool) -> MilvusVectorWriter:
        """Prepare to change vectors in place, or to begin with none."""
        return MilvusVectorWriter(
            self._connection,
            lambda number: _named(facts, _VECTORS, number),
            facts["vectors"],
            fresh=fresh,
        )

    def missing(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Return which of both are published and not there; of a Milvus that is away nothing is known."""
        if facts["generation"] == "0" or facts["vectors_in"] != self.place:
            return frozenset()
        with suppress(LibraryError):
            there = set(self._connection.collections())
            found = set()
            if not there.issuperset(_named(facts, part, facts["keywords"]) for part in _KEYWORDS):
                found.add("keywords")
            if facts["vectors"] != "0" and _named(facts, _VECTORS, facts["vectors"]) not in there:
                found.add("vectors")
            return frozenset(found)
        return frozenset()

    def sweep(self, facts: Mapping[str, str], keywords: Collection[str], vectors: Collection[str]) -> None:
        """Throw away the library's collections that nobody can be using."""
        kept = {_named(facts, part, number) for part in _KEYWORDS for number in keywords}
        kept |= {_named(facts, _VECTORS, number) for number in vectors}
        for name in self._connection.collections():
            if name.startswith(f"policy_{facts['library']}_") and name not in kept:
                self._connection.drop(name)


def _keywords(facts: Mapping[str, str], number: str) -> KeywordCollections:
    return KeywordCollections(*(_named(facts, part, number) for part in _KEYWORDS))


def _named(facts: Mapping[str, str], part: str, number: str) -> str:
    return f"policy_{facts['library']}_{part}_{number}"
