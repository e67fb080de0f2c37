"""Words as sparse vectors whose inner product with those of a query is BM25.

BM25: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009), with the constants of tantivy. Each
word of a text weighs what its count and the text's length give it, each word of a query its rarity, so that
Milvus only multiplies and adds: what it finds does not depend on its analysers, nor on how it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

_K, _B = 1.2, 0.75
# Milvus numbers the places of a sparse vector from 0 to 2³² - 2.
_PLACES = 0xFFFFFFFF


@dataclass(frozen=True)
class Counted:
    """A text whose words are counted.

    Attributes:
        id: of the passage or document.
        document: id of its document.
        counts: number of a word → how often it stands there.
    """

    id: str
    document: str
    counts: Mapping[int, int]

    @cached_property
    def length(self) -> int:
        """How many words it has."""
        return sum(self.counts.values())


def number_of(token: str) -> int:
    """Return the number of a word's place; two words of ten million share one in some thousand cases."""
    return crc32(token.encode("utf-8", "replace")) % _PLACES


def counted(parts: Iterable[str]) -> dict[int, int]:
    """Count words.

    Args:
        parts: words with blanks between them.
    """
    # Encoded in one go; there is no blank in a token.
    words = " ".join(parts).encode("utf-8", "replace").split()
    return Counter(crc32(word) % _PLACES for word in words)


def weighed(text: Counted, mean: float) -> dict[int, float]:
    """Return what the words of a text weigh.

    Args:
        text: the text.
        mean: how many words a text has on average.
    """
    offset = _offset(text.length, mean)
    return {number: count * (_K + 1) / (count + offset) for number, count in text.counts.items()}


def weighed_again(weights: Mapping[int, float], length: int, old: float, new: float) -> dict[int, float]:
    """Return what words weigh by another average.

    Args:
        weights: what they weigh by the old one.
        length: how many words the text has.
        old, new: how many words a text has on average.
    """
    before, after = _offset(length, old), _offset(length, new)
    again = {}
    for number, weight in weights.items():
        count = round(weight * before / (_K + 1 - weight))
        again[number] = count * (_K + 1) / (count + after)
    return again


def _offset(length: int, mean: float) -> float:
    return _K * (1 - _B + _B * _rounded(length) / mean)


def _rounded(length: int) -> int:
    """Return a length as tantivy keeps it in a byte: of what is above 24, the first four binary digits."""
    above = length - 24
    if above < 16:
        return length
    shift = above.bit_length() - 4
    return 24 + (above >> shift << shift)
