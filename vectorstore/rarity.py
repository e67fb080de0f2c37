"""How much the words of a query weigh by how rare they are among the passages of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log

from vectorstore.segmentation import tokens


def inverse_frequency(holding: int, texts: int) -> float:
    """Return BM25's inverse document frequency of a word.

    Args:
        holding: how many texts hold it.
        texts: how many there are.
    """
    return log(1 + (max(0, texts - holding) + 0.5) / (holding + 0.5))


def rarities(query: str, holding: Callable[[str], int], texts: int) -> dict[str, float]:
    """Return token of a query → its count times its inverse document frequency, 1 where no text holds it.

    The scale makes what is rare weigh the same in a library of one document as in one of a million passages.

    Args:
        query: what is looked for.
        holding: how many texts hold a token.
        texts: how many there are.
    """
    rarest = inverse_frequency(0, texts)
    counts = Counter(tokens(query)).items()
    return {token: count * inverse_frequency(holding(token), texts) / rarest for token, count in counts}
