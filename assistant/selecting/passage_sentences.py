"""A found passage cut into sentences and words: read once for the ranking, the choosing and the judging."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.selecting.sentences import Sentence, split_sentences
from vectorstore.hashing import Vectors
from vectorstore.segmentation import fold, words
from vectorstore.types import Passage
from vectorstore.word_vectors import mean_vectors

# The sides of a question, and questions that follow one another, find the same passages.
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class PassageSentences:
    """The sentences of a passage.

    Attributes:
        sentences: in order.
        folded: the same, folded.
        words: of each of them.
        vectors: what they mean by the built-in word vectors, a row each.
    """

    sentences: tuple[Sentence, ...]
    folded: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    vectors: Vectors

    @property
    def all_words(self) -> frozenset[str]:
        """The words of the passage."""
        return frozenset(word for sentence in self.words for word in sentence)


@lru_cache(_KEPT)
def sentences_of(passage: Passage) -> PassageSentences:
    """Cut a passage into sentences and these into words."""
    sentences = tuple(split_sentences(passage))
    folded = tuple(fold(sentence.text) for sentence in sentences)
    cut = tuple(tuple(words(text)) for text in folded)
    return PassageSentences(sentences, folded, cut, mean_vectors(cut, known_alone=True))
