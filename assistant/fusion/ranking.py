"""Keyword search, vectors and what the found passages say, in one ranking by fitted weights."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.fusion.keyword_scores import CANDIDATES, keyword_scores
from assistant.fusion.passage_features import words_and_sentences
from assistant.question import Question
from assistant.selecting.answer_types import answer_types_of
from assistant.selecting.units import FACTS
from vectorstore.errors import EmbeddingError
from vectorstore.languages.catalogue import say, tell
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.similarity import Similarities
from vectorstore.types import document_of

_LOG = logging.getLogger(__name__)
RANKING_FEATURES = ("keywords", "vectors", "words", "sentence", "form", "worth")
# The passages that are read: so many that keywords find first, and so many that are nearest by vectors.
_BY_KEYWORDS, _BY_VECTORS = 20, 10
# What keywords did not find among so many fits less than the last of them.
_LESS = 0.9

# Most sets hold the documents of one place, so that its worth is fitted low; a library holds those of many.
_OTHER_PLACES = 2.0
# So many passages stand before one that vectors find near, whatever words say of it.
_TENTH = 9
# The weights are fitted as log-odds; how likely passages are beside the best one is told less sharply.
_SOFTENED = 4

Worth = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Fused:
    """Passages for a question.

    Attributes:
        scores: passage id → score, the best first, with 1.
        similarity: passage id → how near it is by vectors (see `Similarities`); empty where keywords alone
            searched.
        standout: how far the nearest of them stands out, likewise.
    """

    scores: Mapping[str, float]
    similarity: Mapping[str, float] = field(default_factory=dict)
    standout: float | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for a question.

    Attributes:
        ids: of the passages that were read.
        features: of each of them, in the order of `RANKING_FEATURES`.
        others: passage id → keyword score of those that were not.
        similar: what vectors say; empty where keywords alone searched.
    """

    ids: tuple[str, ...]
    features: NDArray[np.float64]
    others: Mapping[str, float]
    similar: Similarities

    def fused(self, weights: NDArray[np.float64]) -> dict[str, float]:
        """Return passage id → score, the best first, with 1; what was not read comes after all that was."""
        likely = self.features @ weights
        scores = np.exp((likely - likely.max(initial=-np.inf)) / _SOFTENED)
        read = dict(zip(self.ids, scores.tolist(), strict=True))
        least = float(scores.min(initial=1.0))
        return {key: read[key] for key in _best(read)} | {
            key: least * self.others[key] for key in _best(self.others)
        }


@lru_cache(maxsize=1)
def fitted_weights() -> NDArray[np.float64]:
    """Return the weights of the features that come with the project (`fitted.json`)."""
    kept = json.loads(files("assistant.fusion").joinpath("fitted.json").read_text(encoding="utf-8"))
    return np.array([kept["weights"][name] for name in RANKING_FEATURES])


def candidates(
    library: PolicyLibrary,
    question: Question,
    allowed: Collection[str],
    weights: Mapping[str, float],
    worth: Worth,
    vectors: bool,
) -> Candidates:
    """Search by keywords and by vectors, and read what both find first.

    Args:
        library: what is searched.
        question: the understood question.
        allowed: ids of the only documents to search; empty means all.
        weights: of the question's tokens.
        worth: what is added for a document, by its id.
        vectors: whether to search by them.
    """
    keywords = keyword_scores(library, question, allowed)
    similar = _similar(library, question, allowed, keywords) if vectors else Similarities()
    near = similar.scores
    first = _best({key: score + worth(document_of(key)) for key, score in keywords.items()})
    nearest = _best({key: score + worth(document_of(key)) for key, score in near.items()})
    pool = dict.fromkeys([*first[:_BY_KEYWORDS], *nearest[:_BY_VECTORS]])
    documents = library.by_id
    passages = {passage.id: passage for passage in library.skim(list(pool))}
    ids = tuple(key for key in pool if key in passages and document_of(key) in documents)
    read = [(documents[passages[key].document_id], passages[key]) for key in ids]
    least = _LESS * min(keywords.values()) if len(keywords) >= CANDIDATES else 0.0
    by_words = [keywords.get(key, least) for key in ids]
    valued = [worth(document_of(key)) for key in ids]
    forms = answer_types_of(fold(question.query)) & FACTS
    of_words = words_and_sentences(question.search, weights, read, forms)
    features = np.column_stack([by_words, vector_scores(ids, by_words, near), of_words, valued])
    others = {key: keywords.get(key, least) for key in [*first, *nearest] if key not in ids}
    return Candidates(ids, features, others, similar)


def vector_scores(ids: Sequence[str], by_words: Sequence[float], near: Mapping[str, float]) -> list[float]:
    """Return what vectors say of passages, 0 to 1.

    Args:
        ids: of the passages.
        by_words: what keywords say of each. What has no vector yet is as near as its words are: it neither
            gains nor loses by it.
        near: passage id → how near it is by vectors. In a small library some lie far below what is usual.
    """
    return [max(0.0, near.get(key, score)) for key, score in zip(ids, by_words, strict=True)]


def fuse(found: Candidates, weight: float) -> Fused:
    """Rank what was found.

    Args:
        found: the candidates.
        weight: of vectors, 0.0 to 1.0, beside what the embedding says beyond words.
    """
    trusted = weight * found.similar.trust
    scores = found.fused(fitted_weights() * [1.0, trusted, 1.0, 1.0, 1.0, _OTHER_PLACES])
    if trusted:
        scores = _with_nearest(scores, [hit.passage_id for hit in found.similar.nearest])
    return Fused(scores, found.similar.scores, found.similar.standout)


def _with_nearest(scores: Mapping[str, float], nearest: Sequence[str]) -> dict[str, float]:
    """Return a ranking on whose tenth place vectors have the nearest that does not stand before it."""
    ahead = {key: scores[key] for key in list(scores)[:_TENTH]}
    tenth = next((key for key in nearest if key not in ahead), None)
    if tenth is None:
        return dict(scores)
    behind = {key: score for key, score in scores.items() if key != tenth and key not in ahead}
    return ahead | {tenth: min(ahead.values())} | behind


def _similar(
    library: PolicyLibrary, question: Question, allowed: Collection[str], found: Collection[str]
) -> Similarities:
    """Search by vectors; where the embedding endpoint fails, keywords carry the search alone."""
    try:
        return library.similarities(question.query, CANDIDATES, allowed, found)
    except EmbeddingError as error:
        _LOG.warning(say("向量检索暂不可用，本次只按关键词查找：{reason}", reason=tell(str(error))))
        return Similarities()


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda key: (-scores[key], key))
