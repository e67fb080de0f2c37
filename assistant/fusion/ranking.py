"""Keyword and vector search in one ranking, both on a scale from 0 to 1."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.fusion.keyword_scores import CANDIDATES, keyword_scores
from assistant.fusion.vector_share import FUSION_FEATURES, fitted_share, fusion_features, most_held
from assistant.question import Question
from vectorstore.errors import EmbeddingError
from vectorstore.hashing import embedded_text
from vectorstore.languages.catalogue import say, tell
from vectorstore.library import PolicyLibrary
from vectorstore.similarity import Similarities
from vectorstore.types import document_of

_LOG = logging.getLogger(__name__)
# Passages whose words are held against those of the question.
_LOOKED_AT = 5
# What keywords did not find among so many fits less than the last of them.
_LESS = 0.9

# The places among ten that are kept for what vectors find nearest where the passages that keywords find hold
# less than so much of the question; elsewhere the last one is, and the one before it is for what is best at
# such a share of vectors, as far as they are trusted. On the project's sets that gains with the built-in
# vectors, too.
_PLACES, _HELD = 10, 0.36
_KEPT, _NEXT_TO_LAST, _SHARE = (4, 5, 10), 9, 0.3

Worth = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Fused:
    """Passages for a question.

    Attributes:
        scores: passage id → score; about 1 for the best.
        similarity: passage id → how near it is by vectors (see `Similarities`); empty where keywords alone
            searched.
        standout: how far the nearest of them stands out, likewise.
    """

    scores: Mapping[str, float]
    similarity: Mapping[str, float] = field(default_factory=dict)
    standout: float | None = None


@dataclass(frozen=True, slots=True)
class BothSides:
    """What keywords and vectors say of a question, before they are fused.

    Attributes:
        keywords: passage id → score, 0 to 1.
        similar: what vectors say; empty where keywords alone searched.
        features: see `FUSION_FEATURES`; empty likewise.
    """

    keywords: Mapping[str, float]
    similar: Similarities = field(default_factory=Similarities)
    features: tuple[float, ...] = ()

    def fused(self, share: float, worth: Worth) -> dict[str, float]:
        """Return passage id → score.

        Args:
            share: of vectors, 0.0 to 1.0.
            worth: what is added for a document, by its id.
        """
        if not share:
            return _ranked(self.keywords, worth)
        # In a small library some passages lie far below what is usual there.
        near = {key: max(0.0, score) for key, score in self.similar.scores.items()}
        least = _LESS * min(self.keywords.values()) if len(self.keywords) >= CANDIDATES else 0.0
        both = {
            # What has no vector yet is as near as its words are: it neither gains nor loses by it.
            key: (1 - share) * self.keywords.get(key, least)
            + share * near.get(key, self.keywords.get(key, 0.0))
            for key in {**self.keywords, **near}
        }
        return _ranked(both, worth)


def both_sides(
    library: PolicyLibrary,
    question: Question,
    allowed: Collection[str],
    weights: Callable[[], Mapping[str, float]],
    worth: Worth,
    vectors: bool,
) -> BothSides:
    """Search by keywords and by vectors.

    Args:
        library: what is searched.
        question: the understood question.
        allowed: ids of the only documents to search; empty means all.
        weights: gives the weights of the question's tokens.
        worth: what is added for a document, by its id.
        vectors: whether to search by them.
    """
    keywords = keyword_scores(library, question, allowed)
    similar = _similar(library, question, allowed, keywords) if vectors else Similarities()
    if not similar.nearest:
        return BothSides(keywords)
    ranked = list(_ranked(keywords, worth))
    held = most_held(weights(), _texts(library, _best(keywords)[:_LOOKED_AT]))
    return BothSides(keywords, similar, fusion_features(question, keywords, ranked, similar, held))


def fuse(sides: BothSides, worth: Worth, weight: float) -> Fused:
    """Fuse both sides; the question and what the embedding says beyond words decide the share of vectors.

    Args:
        sides: what was found.
        worth: what is added for a document, by its id.
        weight: of the share of vectors, 0.0 to 1.0.
    """
    share = weight * sides.similar.trust * fitted_share().of(sides.features) if sides.features else 0.0
    scores = sides.fused(share, worth)
    similar = sides.similar
    ranking = _with_nearest(scores, sides, worth) if sides.features else scores
    return Fused(ranking, similar.scores, similar.standout)


def _with_nearest(scores: Mapping[str, float], sides: BothSides, worth: Worth) -> dict[str, float]:
    """Return a ranking some of whose first ten places belong to what vectors find near."""
    nearest = _ranked(sides.similar.scores, worth)
    if sides.features[FUSION_FEATURES.index("held")] < _HELD:
        kept: Mapping[int, Mapping[str, float]] = dict.fromkeys(_KEPT, nearest)
    else:
        kept = {_NEXT_TO_LAST: sides.fused(_SHARE * sides.similar.trust, worth), _PLACES: nearest}
    ahead: dict[str, float] = {}
    last = max(scores.values(), default=0.0)
    for place in range(1, _PLACES + 1):
        key = next((key for key in kept.get(place, scores) if key not in ahead), None)
        if key is not None:
            last = last if place in kept else scores[key]
            ahead[key] = last
    return ahead | {key: min(score, last) for key, score in scores.items() if key not in ahead}


def _similar(
    library: PolicyLibrary, question: Question, allowed: Collection[str], found: Collection[str]
) -> Similarities:
    """Search by vectors; where the embedding endpoint fails, keywords carry the search alone."""
    try:
        return library.similarities(question.query, CANDIDATES, allowed, found)
    except EmbeddingError as error:
        _LOG.warning(say("向量检索暂不可用，本次只按关键词查找：{reason}", reason=tell(str(error))))
        return Similarities()


def _ranked(scores: Mapping[str, float], worth: Worth) -> dict[str, float]:
    valued = {key: score + worth(document_of(key)) for key, score in scores.items()}
    return {key: valued[key] for key in _best(valued)}


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda key: (-scores[key], key))


def _texts(library: PolicyLibrary, passage_ids: Sequence[str]) -> list[str]:
    return [
        embedded_text(library.document(passage.document_id), passage) for passage in library.load(passage_ids)
    ]
