"""What Chinese words mean, as vectors that come with the project: no endpoint, no model, a few megabytes.

Each vector is what a multilingual sentence encoder says of the word alone (Tulkens & van Dongen, Model2Vec,
2024), reduced by principal components and kept in four bits; frequent words weigh less (Arora et al., A
Simple but Tough-to-Beat Baseline for Sentence Embeddings, 2017). `benchmarks/word_vectors.py` makes the
file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from vectorstore.hashing import DIMENSION, PARTS, Vectors, hashed_vectors
from vectorstore.segmentation import tokens, words

# Two numbers a byte, each from -7 to 7, kept as 1 to 15.
_MIDDLE = 8
_LONGEST = 4
# Words of no common meaning are this near all the same.
_CHANCE = 0.4
# Length of what unknown words add to a vector of length 1.
_OTHERS = 0.15


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The vectors of the words that are known.

    Attributes:
        rows: word → row.
        values: a row each, whole numbers from -7 to 7.
        scales: what makes a unit vector of each row.
        weights: of each word in a text, 0 to 1; frequent ones weigh less.
    """

    rows: dict[str, int]
    values: NDArray[np.int8]
    scales: Vectors
    weights: Vectors

    def known(self, word: str) -> tuple[int, ...]:
        """Return the row of a word, or those of the known words that it consists of."""
        row = self.rows.get(word)
        if row is not None:
            return (row,)
        found: list[int] = []
        at = 0
        while at < len(word):
            longest = next(
                (end for end in range(min(len(word), at + _LONGEST), at, -1) if word[at:end] in self.rows), 0
            )
            if longest:
                found.append(self.rows[word[at:longest]])
            at = longest or at + 1
        return tuple(found)

    def unit(self, rows: NDArray[np.intp]) -> Vectors:
        """Return the unit vectors of some words, a row each."""
        return self.values[rows] * self.scales[rows, np.newaxis]


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Return the vectors that come with the project."""
    with as_file(files("vectorstore").joinpath("word_vectors.npz")) as path, np.load(path) as kept:
        known = kept["words"].tobytes().decode("utf-8").split("\n")
        packed, weights = kept["values"], kept["weights"].astype(np.float32)
    values = np.empty((len(known), DIMENSION), dtype=np.int8)
    values[:, 0::2] = packed >> 4
    values[:, 1::2] = packed & 15
    values -= _MIDDLE
    scales = 1 / np.linalg.norm(values.astype(np.float32), axis=1)
    return WordVectors(dict(zip(known, range(len(known)), strict=True)), values, scales, weights)


def packed(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Pack whole numbers from -7 to 7, two a byte, as the file keeps them."""
    shifted = (values + _MIDDLE).astype(np.uint8)
    both: NDArray[np.uint8] = shifted[:, 0::2] * np.uint8(16) + shifted[:, 1::2]
    return both


def text_vectors(texts: Sequence[str]) -> Vectors:
    """Embed texts, title, headings and text of a passage apart (see `vectorstore.hashing.embedded_text`)."""
    return mean_vectors([[word for part in text.split(PARTS) for word in words(part)] for text in texts])


def question_vector(question: str, rarity: Mapping[str, float]) -> Vectors:
    """Embed a question: what it asks about are its rare words.

    Args:
        question: any text.
        rarity: token → its count times how rare it is (see `vectorstore.rarity.rarities`); what is not there
            counts as a word that no text holds.

    Returns:
        A unit vector; the zero vector where the meaning of none of its words is known.
    """
    cut = words(question)
    if not any(map(_rows, cut)):
        return np.zeros(DIMENSION, dtype=np.float32)
    counts = Counter(tokens(question))
    return weighed_vector(cut, {word: rarity.get(word, counts[word]) / counts[word] for word in cut})


def weighed_vector(cut: Sequence[str], weights: Mapping[str, float], *, known_alone: bool = False) -> Vectors:
    """Embed the words of a question, each by the root of its weight.

    Args:
        cut: the words, in the order of the question.
        weights: of each; one that is not there counts nothing.
        known_alone: as of `mean_vectors`.

    Returns:
        A unit vector; the zero vector where no word tells anything.
    """
    worth = {word: sqrt(weights.get(word, 0.0)) for word in cut}
    vector: Vectors = mean_vectors([cut], worth, known_alone=known_alone)[0]
    return vector


def mean_vectors(
    texts: Sequence[Sequence[str]], worth: Mapping[str, float] | None = None, *, known_alone: bool = False
) -> Vectors:
    """Embed texts as the weighted mean of their words.

    Args:
        texts: the words of each.
        worth: word → what its weight is multiplied by; None leaves all as they are.
        known_alone: leave out words whose meaning is not known, which takes half of the time.

    Returns:
        Unit vectors, one row each. Figures and words of other languages, hashed, add a little, or are all
        there is; a text without any word has the zero vector.
    """
    table = word_vectors()
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for at, cut in enumerate(texts):
        found = [row for word in cut for row in _rows(word)]
        if found:
            weights = table.weights[found] * table.scales[found]
            if worth is not None:
                weights *= [worth[word] for word in cut for _ in _rows(word)]
            vectors[at] = weights @ table.values[found]
        # What differs by figures alone must not be one point: an index cannot walk among those.
        others = "" if known_alone else " ".join(word for word in cut if not _rows(word))
        if others:
            length = _OTHERS * float(np.linalg.norm(vectors[at])) if found else 1.0
            vectors[at] += length * hashed_vectors([others])[0]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: Vectors = vectors / lengths
    return unit


def word_similarity(some: Sequence[str], others: Sequence[str]) -> Vectors:
    """Return how near in meaning different words are: cosines, a row for each of the first.

    A word that is not known is near to none; the same word is 1.
    """
    # So small a product is not worth the threads of BLAS, which wait for a processor where others work.
    similar: Vectors = np.einsum("ik,jk->ij", _units(some), _units(others))
    places = {word: place for place, word in enumerate(others)}
    for at, word in enumerate(some):
        if word in places:
            similar[at, places[word]] = 1
    return similar


def word_nearness(some: Sequence[str], others: Sequence[str]) -> Vectors:
    """Return how near in meaning different words are, 0 to 1: cosines, less what any two words have."""
    nearness: Vectors = np.clip((word_similarity(some, others) - _CHANCE) / (1 - _CHANCE), 0, 1)
    return nearness


def _units(some: Sequence[str]) -> Vectors:
    """Return the unit vector of each word, zero where it is not known."""
    table = word_vectors()
    rows = np.array([table.rows.get(word, -1) for word in some], dtype=np.intp)
    vectors = table.unit(rows)
    vectors[rows < 0] = 0
    return vectors


# Of words that are not known, and so taken apart, a document has many of the same.
@lru_cache(maxsize=50_000)
def _rows(word: str) -> tuple[int, ...]:
    return word_vectors().known(word)
