"""The fitted judgement of words: how likely a sentence is that its sources do not say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

# What a configured model says counts for so much where nothing was fitted with it.
_UNFITTED = {"nli entailed": -2.0, "nli against": 2.0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A logistic function of named features, as `benchmarks/judging.py` fits it.

    Attributes:
        bias: its value where no feature is there.
        weights: what a unit of each feature adds.
        point: the likelihood from which on a sentence is not accepted.
    """

    bias: float
    weights: Mapping[str, float]
    point: float

    def doubt(self, features: Mapping[str, float]) -> float:
        """Return how likely a sentence with these features is false, from 0 to 1."""
        weights = self.weights
        value = self.bias + sum(
            weights.get(name, _UNFITTED.get(name, 0.0)) * figure for name, figure in features.items()
        )
        return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


@cache
def fitted() -> Judgement:
    """Return the judgement that comes with the package."""
    record = json.loads(files("assistant.proof").joinpath("judgement.json").read_text(encoding="utf-8"))
    return Judgement(record["bias"], record["weights"], record["point"])
