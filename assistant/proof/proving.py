"""The passage that proves a sentence which cites none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.grounding import ground
from assistant.types import Hit, Verdict
from vectorstore.segmentation import fold, words

_SENTENCE = re.compile(r"[。！？!?\n]")
_SAME = 0.6
_FEWEST = 3


def prove(statement: str, hits: Sequence[Hit]) -> int | None:
    """Find the passage in which a sentence stands.

    Args:
        statement: a sentence without marks.
        hits: the passages that may prove it, best first.

    Returns:
        The place in `hits` of the passage that supports the sentence and one of whose sentences has most of
        its words; None where no passage has enough of them.
    """
    if len(frozenset(words(statement))) < _FEWEST:
        return None
    near = [(nearness(statement, hit), -place) for place, hit in enumerate(hits)]
    for share, place in sorted(near, reverse=True):
        if share < _SAME:
            return None
        if ground(statement, [hits[-place]]).verdict is Verdict.SUPPORTED:
            return -place
    return None


def nearness(statement: str, hit: Hit) -> float:
    """Return the largest share of words that stand in one sentence of a passage or its headings."""
    said = frozenset(words(statement))
    if not said:
        return 0.0
    around = frozenset(words(" ".join((hit.document.title, *hit.passage.section))))
    told = (frozenset(words(sentence)) for sentence in _SENTENCE.split(fold(hit.passage.text)))
    return max((len(said & (sentence | around)) / len(said) for sentence in told if sentence), default=0.0)
