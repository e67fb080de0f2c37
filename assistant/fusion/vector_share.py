"""The share of vectors in a ranking, decided by the question: fitted weights over features of both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.question import AnswerKind, Question
from assistant.selecting.linear_model import LinearModel, model_of
from vectorstore.hashing import PARTS
from vectorstore.segmentation import tokens
from vectorstore.similarity import Similarities

FUSION_FEATURES = ("held", "about_documents", "agreement", "nearest_by_keywords", "first_by_vectors")
# Keywords keep a say however far the question is from the documents' words.
_MOST = 0.8
_FIRST = 10


@dataclass(frozen=True, slots=True)
class FittedShare:
    """What `benchmarks/fusing.py` has fitted.

    Attributes:
        model: gives the share before it is cut off.
        floor: a share up to this one is none at all; what lies above is stretched to begin at 0.
    """

    model: LinearModel
    floor: float

    def of(self, features: Sequence[float]) -> float:
        """Return the share of vectors, 0.0 to 0.8."""
        probability = float(self.model.probabilities([features])[0])
        return min(_MOST, max(0.0, (probability - self.floor) / (1 - self.floor)))


@lru_cache(maxsize=1)
def fitted_share() -> FittedShare:
    """Return the weights that come with the project (`fitted.json`)."""
    kept = json.loads(files("assistant.fusion").joinpath("fitted.json").read_text(encoding="utf-8"))
    return FittedShare(model_of(kept["share"]), float(kept["floor"]))


def fusion_features(
    question: Question,
    keywords: Mapping[str, float],
    ranked: Sequence[str],
    similar: Similarities,
    held: float,
) -> tuple[float, ...]:
    """Tell what speaks for keywords and what for vectors, in the order of `FUSION_FEATURES`.

    Args:
        question: the understood question.
        keywords: passage id → keyword score, 0 to 1.
        ranked: passage ids as keywords alone rank them.
        similar: what vectors say; not empty.
        held: most that one of the first passages holds of the question's words, weighted by rarity, 0 to 1.
    """
    near = similar.scores
    nearest = [hit.passage_id for hit in similar.nearest[:_FIRST]]
    return (
        held,
        float(question.kind in (AnswerKind.STATUS, AnswerKind.DOCUMENTS)),
        len({*ranked[:_FIRST]} & {*nearest}) / _FIRST,
        keywords.get(nearest[0], 0.0),
        near.get(ranked[0], 0.0) if ranked else 0.0,
    )


def most_held(weights: Mapping[str, float], texts: Sequence[str]) -> float:
    """Return the most that one text holds of weighted words, 0.0 to 1.0."""
    total = sum(weights.values()) or 1.0
    words = ({token for part in text.split(PARTS) for token in tokens(part)} for text in texts)
    held = (sum(weights.get(token, 0.0) for token in found) for found in words)
    return max(held, default=0.0) / total
