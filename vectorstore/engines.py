"""What a library wants of a search engine, and which one its settings choose.

The catalogue is the truth and stays; an engine holds a keyword index and vectors that are made from it. It
keeps each under a number that the catalogue publishes: what is written under a number that was not
published need not be whole, and what is published stays readable until `sweep` is told that nobody uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from vectorstore.errors import SettingsError
from vectorstore.hashing import Vectors
from vectorstore.preparing import DocumentWords
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, PassageHit


class Keywords(Protocol):
    """One state of a keyword index, for reading; what is committed later does not show."""

    def passage_ids(self) -> set[str]:
        """Return the ids of all passages."""

    def document_ids(self) -> set[str]:
        """Return the ids of all documents."""

    def search(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find passages, best first, of these documents or else of all, and never of those `without`."""

    def score(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> dict[str, float]:
        """Return document id → score, best first, of the same documents as in `search`."""

    def rarity(self, query: str) -> dict[str, float]:
        """Return token of a query → its count times how rare it is (see `vectorstore.rarity`)."""

    def frequencies(self, terms: Iterable[str]) -> list[int]:
        """Count the passages that hold each of some folded words or bigrams."""


class KeywordsWriting(Protocol):
    """Changes a keyword index; nothing is seen before `commit`. There is one at a time."""

    def add(self, parsed: ParsedDocument, words: DocumentWords) -> None:
        """Add a document and its passages in the place of what is there under its id."""

    def remove(self, document_ids: Iterable[str]) -> None:
        """Take documents and their passages out."""

    def commit(self) -> None:
        """Make all changes permanent."""

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""


class PassageVectorsReading(Protocol):
    """The vectors of passages, for reading, compared by cosine."""

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find the nearest passages, best first, of the same documents as by keywords."""

    def compare(self, vector: Vectors, limit: int, passage_ids: Collection[str]) -> list[PassageHit]:
        """Find the nearest of a few passages exactly, best first."""

    def vectors(self, passage_ids: Collection[str]) -> dict[str, Vectors]:
        """Return passage id → vector; unknown ids are left out."""

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""

    def close(self) -> None:
        """Let go of them."""


class PassageVectorsWriting(Protocol):
    """Changes vectors where no reader sees it before the catalogue publishes what `seal` returns."""

    def open(self) -> object:
        """Make ready to write, so that a failure comes before the catalogue is changed."""

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, one row a passage, or replace those with the same ids."""

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids do not matter."""

    def seal(self) -> str:
        """Make all changes permanent; return the number that the catalogue is to publish."""

    def close(self) -> None:
        """Let go of them; what was not sealed is lost."""


class SearchEngine(Protocol):
    """A keyword index and vectors; every failure is a `LibraryError` that names the way out."""

    @property
    def place(self) -> str:
        """Where vectors are, in a word; the catalogue notes it, so that no others are taken for them."""

    @property
    def local(self) -> bool:
        """Whether anything of it is in a folder of this machine, so that no other machine can read it."""

    def keywords(self, facts: Mapping[str, str]) -> Keywords:
        """Open the keyword index that the catalogue has published."""

    def write_keywords(self, facts: Mapping[str, str], number: str) -> KeywordsWriting:
        """Open a keyword index of the library for writing; one that is not there begins empty."""

    def vectors(self, facts: Mapping[str, str]) -> PassageVectorsReading:
        """Open the vectors that the catalogue has published."""

    def write_vectors(self, facts: Mapping[str, str], *, fresh: bool) -> PassageVectorsWriting:
        """Prepare to change vectors; fresh ones begin empty, others with those that are published."""

    def missing(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Return which of "keywords" and "vectors" are published and plainly not there or damaged."""

    def sweep(self, facts: Mapping[str, str], keywords: Collection[str], vectors: Collection[str]) -> None:
        """Throw away all but the numbers that somebody may be using."""


Making = Callable[[LibrarySettings], SearchEngine]


def _tantivy_and_chroma(settings: LibrarySettings) -> SearchEngine:
    from vectorstore.tantivy_chroma import TantivyChroma

    return TantivyChroma(settings)


def _milvus(settings: LibrarySettings) -> SearchEngine:
    from vectorstore.milvus.engine import Milvus

    return Milvus(settings)


ENGINES: dict[str, Making] = {
    "": _tantivy_and_chroma,
    "milvus": _milvus,
    "milvus+https": _milvus,
}
"""Scheme of POLICY_SEARCH_URL → what makes the engine that serves it; "" where nothing is set."""


def engine_of(settings: LibrarySettings) -> SearchEngine:
    """Return the engine that a library's settings choose; nothing is opened before it is used.

    Args:
        settings: where the library is.

    Raises:
        SettingsError: they name an engine that there is not.
    """
    scheme, is_address, _ = settings.policy_search_url.get_secret_value().partition("://")
    make = ENGINES.get(scheme.lower()) if is_address or not scheme else None
    if make is None:
        raise SettingsError(
            "设置 POLICY_SEARCH_URL 的值无效，应形如 milvus://127.0.0.1:19530 或 milvus:///srv/policy/milvus.db"
        )
    return make(settings)
