"""What a found passage holds of a question, words included that are only near to its own in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.selecting.answer_types import has_answer_type
from assistant.selecting.sentences import split_sentences
from vectorstore.hashing import Vectors
from vectorstore.segmentation import fold, words
from vectorstore.types import Passage, PolicyDocument
from vectorstore.word_vectors import mean_vectors, weighed_vector, word_nearness

# The sides of a question, and questions that follow one another, find the same passages.
_KEPT = 1_000


def words_and_sentences(
    asked: str,
    weights: Mapping[str, float],
    passages: Sequence[tuple[PolicyDocument, Passage]],
    forms: frozenset[str],
) -> NDArray[np.float64]:
    """Tell how much of a question passages hold, and how near their sentences come to it.

    The first is soft term matching: each word of the question counts as far as the nearest word of the
    passage, its headings and its title is near to it (Guo et al., A Deep Relevance Matching Model, 2016). The
    second is the best of a passage's sentences, since a long passage as a whole is near to everything
    (Callan, Passage-Level Evidence in Document Retrieval, 1994); the third the best of those that hold a
    figure, a day or a body where one is asked for, since a heading is near, too, and tells none.

    Args:
        asked: the question's words that search.
        weights: of each token.
        passages: each with its document.
        forms: what an answer must have (see `assistant.selecting.answer_types`).

    Returns:
        A row for each passage: the share of the words' weight that it holds, and the cosines of its nearest
        sentence and of its nearest one of that form, each 0 to 1.
    """
    cut = words(asked)
    question = list(dict.fromkeys(cut))
    found = np.zeros((len(passages), 3))
    if not question or not passages:
        return found
    read = [_read(passage) for _, passage in passages]
    held = [
        own | _head(document.title, passage.section)
        for (document, passage), (own, _, _) in zip(passages, read, strict=True)
    ]
    rows = {word: row for row, word in enumerate(sorted(frozenset[str]().union(*held)))}
    near = word_nearness(question, list(rows))
    weight = np.array([weights.get(word, 0.0) for word in question])
    asked_of = weighed_vector(cut, weights, known_alone=True)
    for at, (own, (_, texts, sentences)) in enumerate(zip(held, read, strict=True)):
        found[at, 0] = weight @ near[:, [rows[word] for word in own]].max(axis=1, initial=0.0)
        cosines = sentences @ asked_of
        found[at, 1] = cosines.max(initial=0.0)
        of_form = [all(has_answer_type(form, text) for form in forms) for text in texts]
        found[at, 2] = cosines[of_form].max(initial=0.0)
    found[:, 0] /= weight.sum() or 1.0
    return found


@lru_cache(_KEPT)
def _head(title: str, section: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for part in (title, *section) for word in words(part))


@lru_cache(_KEPT)
def _read(passage: Passage) -> tuple[frozenset[str], tuple[str, ...], Vectors]:
    """Return the words of a passage, and its sentences, folded, with their vectors."""
    # Folded as the choosing of an answer reads them, so that each is cut once.
    texts = tuple(fold(sentence.text) for sentence in split_sentences(passage))
    sentences = [words(text) for text in texts]
    known = frozenset(word for sentence in sentences for word in sentence)
    return known, texts, mean_vectors(sentences, known_alone=True)
