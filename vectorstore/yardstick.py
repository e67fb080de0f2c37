"""What a library's vectors are measured by: how near its passages commonly are, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import log, sqrt

import numpy as np

from vectorstore.hashing import Vectors, hashed_vectors
from vectorstore.similarity import Similarities
from vectorstore.types import PassageHit, document_of

# Fewer neighbours, or passages, than these tell nothing.
_FEWEST = 16
# Of what words alone leave open, the share that an embedding tells apart at which it is worth nothing, and at
# which it is worth all: e5 tells 0.4 to 0.9 in the project's libraries, with noise that ruins it below 0.1.
_WORTHLESS, _WORTH_ALL = 0.1, 0.35
_LEFT_OPEN = 0.02
# Below this vectors tell less than words do: their noise outweighs what they know. In the project's libraries
# e5 never lies below it, and spoilt by noise of 0.45 of a vector's length, which ruins it, nearly always.
_MISLEADING = -0.1
_SMALL = 1e-9


class Yardstick:
    """A sample of a library's vectors, and what they say of the embedding.

    Args:
        vectors: of passages, by id.
        texts: of the same passages as they were embedded, by id.
        followers: id of a passage of the sample → id of the one that comes next in its document, where both
            are there.
        size: number of the library's passages.
    """

    def __init__(
        self,
        vectors: Mapping[str, Vectors],
        texts: Mapping[str, str],
        followers: Mapping[str, str],
        size: int,
    ) -> None:
        self._sample = unit(np.stack(list(vectors.values())))
        self._farthest = sqrt(2 * log(max(size, 2)))
        self._of_sample = list(vectors), texts, followers

    @property
    def trust(self) -> float:
        """How much the embedding says beyond words, 0.0 to 1.0."""
        return float(np.clip((self._beyond - _WORTHLESS) / (_WORTH_ALL - _WORTHLESS), 0, 1))

    @property
    def misleading(self) -> bool:
        """Whether its vectors tell less than words do."""
        return self._beyond < _MISLEADING

    # Nobody asks it of the built-in vectors: the words of the whole sample need not be hashed for them.
    @cached_property
    def _beyond(self) -> float:
        return _beyond_words(self._sample, *self._of_sample)

    def similarities(
        self,
        question: Vectors,
        nearest: Sequence[PassageHit],
        others: Mapping[str, Vectors],
        *,
        trusted: bool = True,
    ) -> Similarities:
        """Put what is near to a question on the scale that all embeddings share.

        Args:
            question: its vector.
            nearest: what was found, best first, with cosines as scores.
            others: vectors of other passages, by id.
            trusted: whether the embedding may say more than words; the built-in one is words.
        """
        asked = unit(question)
        cosines = self._sample @ asked
        usual, spread = float(np.median(cosines)), float(np.std(cosines))
        best = max((hit.score for hit in nearest), default=usual)

        def scaled(cosine: float) -> float:
            return (cosine - usual) / max(best - usual, _SMALL)

        return Similarities(
            tuple(replace(hit, score=scaled(hit.score)) for hit in nearest),
            {key: scaled(float(unit(vector) @ asked)) for key, vector in others.items()},
            self.trust if trusted else 0.0,
            # Of many passages the nearest stands out farther by chance alone (Fisher & Tippett 1928).
            (best - usual) / spread / self._farthest if len(cosines) >= _FEWEST and spread else None,
        )


def unit(vectors: Vectors) -> Vectors:
    """Return vectors of length 1; a zero vector stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _SMALL), dtype=np.float32)


def nearest_of(stored: Mapping[str, Vectors], vector: Vectors, limit: int) -> list[PassageHit]:
    """Return the nearest of a few passages, best first, with their cosines.

    Args:
        stored: passage id → its vector.
        vector: what they are held against, one-dimensional.
        limit: most hits to return.
    """
    if not stored:
        return []
    keys = list(stored)
    cosines = unit(np.stack(list(stored.values()))) @ unit(vector)
    nearest = np.argsort(-cosines, kind="stable")[:limit]
    return [PassageHit(keys[at], document_of(keys[at]), float(cosines[at])) for at in nearest]


def _beyond_words(
    sample: Vectors, ids: Sequence[str], texts: Mapping[str, str], followers: Mapping[str, str]
) -> float:
    """Return the share that an embedding tells of what words leave open; negative where it tells less.

    Passages that follow one another speak of the same; how surely their vectors tell so is compared with how
    surely their words do. Where too few follow one another, nothing speaks against the embedding.
    """
    place = {key: number for number, key in enumerate(ids)}
    pairs = [(place[one], place[other]) for one, other in followers.items()]
    if len(pairs) < _FEWEST:
        return 1.0
    told = _told_apart(sample, pairs)
    by_words = _told_apart(hashed_vectors([texts[key] for key in ids]), pairs)
    return (told - by_words) / max(1 - by_words, _LEFT_OPEN)


def _told_apart(vectors: Vectors, pairs: Sequence[tuple[int, int]]) -> float:
    """Return the probability that a passage's follower is nearer to it than any other passage."""
    ones, others = np.transpose(pairs)
    near = vectors[ones] @ vectors.T
    nearness = near[np.arange(len(ones)), others][:, np.newaxis]
    farther = (near < nearness) + 0.5 * (near == nearness)
    # Neither the passage nor its follower is another one.
    farther[np.arange(len(ones)), ones] = farther[np.arange(len(ones)), others] = 0
    return float(farther.sum() / (len(ones) * (len(vectors) - 2)))
