"""Libraries of the question sets with the vectors of an embedding, whole or spoilt by noise."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.question_sets import QuestionSet, home_of, library_of
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.hashing import Vectors, embedded_text
from vectorstore.library import PolicyLibrary
from vectorstore.sampling import sampled
from vectorstore.settings import LibrarySettings, library_settings
from vectorstore.similarity import Similarities
from vectorstore.types import PassageHit
from vectorstore.yardstick import Yardstick, unit


class EmbeddedLibrary(PolicyLibrary):
    """A library that keeps vectors in memory and compares with all of them."""

    vector_weight = 1.0

    def embed(self, model: EmbeddingModel, vectors: Vectors, noise: float) -> None:
        """Give the passages their vectors.

        Args:
            model: embeds the questions.
            vectors: one row a passage, as `passage_texts` orders them.
            noise: length of what is added to each vector, of questions and passages, of length 1.
        """
        self._model, self._noise = model, noise
        self._ids = [passage.id for passage in self.passages()]
        self._documents = np.array([key.partition(":")[0] for key in self._ids])
        rows = [_spoilt(row, key, noise) for row, key in zip(vectors, self._ids, strict=True)]
        self._row = dict(zip(self._ids, rows, strict=True))
        self._vectors = unit(np.stack(rows))
        texts = dict(zip(self._ids, passage_texts(self), strict=True))
        followers = sampled(self.passage_counts([document.id for document in self.documents()]))
        pairs = {one: other for one, other in followers.items() if other}
        chosen = {*followers, *pairs.values()}
        self.yardstick = Yardstick({key: self._row[key] for key in chosen}, texts, pairs, len(rows))
        self._asked = cache(self._asked)  # type: ignore[method-assign]

    def similarities(
        self, query: str, limit: int, documents: Collection[str] = (), others: Collection[str] = ()
    ) -> Similarities:
        """Find passages by similarity."""
        if self.yardstick.misleading:
            return Similarities()
        vector = self._asked(query)
        cosines = self._vectors @ vector
        if documents:
            cosines = np.where(np.isin(self._documents, list(documents)), cosines, -np.inf)
        order = [place for place in np.argsort(-cosines, kind="stable")[:limit] if cosines[place] > -np.inf]
        nearest = [
            PassageHit(self._ids[at], self._ids[at].partition(":")[0], float(cosines[at])) for at in order
        ]
        found = {hit.passage_id for hit in nearest}
        rest = {key: self._row[key] for key in others if key not in found}
        return self.yardstick.similarities(vector, nearest, rest)

    def pinned(self) -> PolicyLibrary:
        """Return the library itself: nothing changes it while it is asked."""
        return self

    def _asked(self, query: str) -> Vectors:
        return unit(_spoilt(self._model.embed_query(query, self.rarity), query, self._noise))


def passage_texts(library: PolicyLibrary) -> list[str]:
    """Return what the passages' vectors are made from, in the order of `PolicyLibrary.passages`."""
    documents = library.by_id
    return [embedded_text(documents[passage.document_id], passage) for passage in library.passages()]


def passage_vectors(one: QuestionSet, folder: Path, model: EmbeddingModel) -> Vectors:
    """Embed the passages of a set's library; what was embedded once is kept in the folder."""
    with library_of(one, folder) as library:
        texts = passage_texts(library)
    file = home_of(one, folder) / f"vectors-{zlib.crc32(model.name.encode()):08x}.npy"
    vectors = np.load(file) if file.exists() else np.empty((0, 0), np.float32)
    if len(vectors) != len(texts):
        known = _vectors_of_texts(one.whole, folder, model) if one.whole else {}
        vectors = np.stack([known[text] for text in texts]) if known else model.embed(texts)
        np.save(file, vectors)
    return np.asarray(vectors, dtype=np.float32)


def _vectors_of_texts(one: QuestionSet, folder: Path, model: EmbeddingModel) -> dict[str, Vectors]:
    with library_of(one, folder) as library:
        return dict(zip(passage_texts(library), passage_vectors(one, folder, model), strict=True))


@contextmanager
def opened_library(one: QuestionSet, folder: Path) -> Iterator[PolicyLibrary]:
    """Open the library of a set, with the embedding of POLICY_EMBEDDING_MODEL where one is set."""
    settings = library_settings()
    opened: AbstractContextManager[PolicyLibrary] = (
        embedded_library(one, folder, embedding_model(settings), 0.0)
        if settings.policy_embedding_model
        else library_of(one, folder)
    )
    with opened as library:
        yield library


@contextmanager
def embedded_library(
    one: QuestionSet, folder: Path, model: EmbeddingModel, noise: float
) -> Iterator[EmbeddedLibrary]:
    """Open the library of a set with the vectors of a model.

    Args:
        one: a question set.
        folder: where libraries and vectors are kept from one run to the next.
        model: the embedding.
        noise: length of what is added to each vector of length 1; 0 adds nothing.
    """
    vectors = passage_vectors(one, folder, model)
    with EmbeddedLibrary(LibrarySettings.in_folder(home_of(one, folder)), model) as library:
        library.embed(model, vectors, noise)
        yield library


def _spoilt(vector: Vectors, key: str, noise: float) -> Vectors:
    chance = np.random.default_rng(zlib.crc32(key.encode()))
    added = chance.normal(size=len(vector)) * noise / np.sqrt(len(vector))
    return np.asarray(unit(vector) + added, dtype=np.float32)
