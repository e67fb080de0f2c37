"""What a found passage holds of a question, words included that are only near to its own in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.selecting.answer_types import has_answer_type
from assistant.selecting.passage_sentences import sentences_of
from vectorstore.segmentation import words
from vectorstore.types import Passage, PolicyDocument
from vectorstore.word_vectors import weighed_vector, word_nearness

# Of headings and titles the passages of a document share some.
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
    read = [sentences_of(passage) for _, passage in passages]
    held = [
        one.all_words | _head(document.title, passage.section)
        for (document, passage), one in zip(passages, read, strict=True)
    ]
    rows = {word: row for row, word in enumerate(sorted(frozenset[str]().union(*held)))}
    near = word_nearness(question, list(rows))
    weight = np.array([weights.get(word, 0.0) for word in question])
    asked_of = weighed_vector(cut, weights, known_alone=True)
    for at, (own, one) in enumerate(zip(held, read, strict=True)):
        found[at, 0] = weight @ near[:, [rows[word] for word in own]].max(axis=1, initial=0.0)
        cosines = one.vectors @ asked_of
        found[at, 1] = cosines.max(initial=0.0)
        of_form = [all(has_answer_type(form, text) for form in forms) for text in one.folded]
        found[at, 2] = cosines[of_form].max(initial=0.0)
    found[:, 0] /= weight.sum() or 1.0
    return found


@lru_cache(_KEPT)
def _head(title: str, section: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for part in (title, *section) for word in words(part))
