"""Texts as the words and bigrams that they hold, hashed into vectors: what an embedding must tell more than.

Feature hashing: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009); sparse
signs: Achlioptas, Database-friendly random projections (2003); multiply-shift hashing: Dietzfelbinger et
al., A Reliable Randomized Algorithm for the Closest-Pair Problem (1997).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vectorstore.segmentation import tokens
from vectorstore.types import Passage, PolicyDocument

Vectors = NDArray[np.float32]

DIMENSION = 256
_PLACES = 8
# The upper bits of a product number its bin: 2 * DIMENSION of them.
_SHIFT = 64 - 9
# Between title, headings and text, so that each is cut once for keywords and vectors together.
PARTS = "\n\n"


def embedded_text(document: PolicyDocument, passage: Passage) -> str:
    """Return what a passage's vector is made from: title and headings give it its context."""
    return PARTS.join((document.title, *passage.section, passage.text))


def hashed_vectors(texts: Sequence[str]) -> Vectors:
    """Embed texts.

    Args:
        texts: any number.

    Returns:
        Unit vectors, one row each; a text without any word has the zero vector.
    """
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for row, text in enumerate(texts):
        found = [token for part in text.split(PARTS) for token in tokens(part)]
        # Encoded in one go; there is no blank in a token.
        hashes = list(map(crc32, " ".join(found).encode("utf-8", "replace").split()))
        places = np.array(hashes, dtype=np.uint64)[:, np.newaxis] * _multipliers() >> np.uint64(_SHIFT)
        # Two bins a dimension, one for each sign.
        bins = np.bincount(places.ravel().astype(np.intp), minlength=2 * DIMENSION)
        vectors[row] = bins[0::2] - bins[1::2]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: Vectors = vectors / lengths
    return unit


@lru_cache(maxsize=1)
def _multipliers() -> NDArray[np.uint64]:
    seeds = (hashlib.blake2b(bytes([place]), digest_size=8).digest() for place in range(_PLACES))
    return np.frombuffer(b"".join(seeds), dtype="<u8") | np.uint64(1)
