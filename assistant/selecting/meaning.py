"""How near in meaning found sentences are to a question, where they use other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.selecting.passage_sentences import PassageSentences
from vectorstore.word_vectors import weighed_vector, word_nearness


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words of a question held against found sentences.

    Attributes:
        words: those of the question, each once.
        weights: of each of them, summing to 1.
        near: how near each sentence comes to each word, 0 to 1; a row a sentence, 1 for the word itself.
        like: how like each sentence is to the whole question, a cosine.
    """

    words: tuple[str, ...]
    weights: NDArray[np.float64]
    near: NDArray[np.float64]
    like: NDArray[np.float64]

    def coverage(self, rows: slice, head: str) -> NDArray[np.float64]:
        """Return how near some sentences together, and what stands above them, come to each word."""
        above = [word in head for word in self.words]
        return np.where(above, 1.0, self.near[rows].max(axis=0, initial=0.0))


def meaning_of(
    question: Sequence[str], weighed: Mapping[str, float], passages: Sequence[PassageSentences]
) -> Meaning:
    """Hold the words of a question against the sentences of passages.

    Args:
        question: its words, without what only asks.
        weighed: the same, each once, with their weights.
        passages: what was found, in its order.
    """
    asked = tuple(weighed)
    sentences = [text for passage in passages for text in passage.folded]
    cut = [own for passage in passages for own in passage.words]
    said = {word: at for at, word in enumerate(dict.fromkeys(word for each in cut for word in each))}
    similar = word_nearness(asked, list(said))
    near = np.zeros((len(sentences), len(asked)))
    for at, (sentence, own) in enumerate(zip(sentences, cut, strict=True)):
        if own and asked:
            near[at] = similar[:, [said[word] for word in own]].max(axis=1)
        near[at, [place for place, word in enumerate(asked) if word in sentence]] = 1
    weights = np.array(list(weighed.values()), dtype=np.float64)
    asked_of = weighed_vector(question, weighed, known_alone=True)
    like = np.concatenate([np.zeros(0), *(passage.vectors @ asked_of for passage in passages)])
    return Meaning(asked, weights / (weights.sum() or 1.0), near, like)
