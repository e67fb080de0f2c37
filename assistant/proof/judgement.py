"""The fitted judgement of words: how likely a sentence is that its sources do not say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.trees import BoostedTrees, logistic, trees_of

# What a configured model says counts for so much where no tree was fitted with it.
_UNFITTED = {"nli entailed": -2.0, "nli against": 2.0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Trees over named features, as `benchmarks/judging.py` fits them.

    Attributes:
        trees: they give the likelihood.
        preset: what a unit of each feature adds that no tree asks for.
        point: the likelihood from which on a sentence is not accepted.
    """

    trees: BoostedTrees
    preset: Mapping[str, float]
    point: float

    def doubt(self, features: Mapping[str, float]) -> float:
        """Return how likely a sentence with these features is false, from 0 to 1."""
        heard = sum(weight * features.get(name, 0.0) for name, weight in self.preset.items())
        return logistic(self.trees.log_odds(features) + heard)


@cache
def fitted() -> Judgement:
    """Return the judgement that comes with the package."""
    record = json.loads(files("assistant.proof").joinpath("judgement.json").read_text(encoding="utf-8"))
    return judgement_of(record)


def judgement_of(record: Mapping[str, Any]) -> Judgement:
    """Return the judgement of a record."""
    trees = trees_of(record)
    preset = {name: weight for name, weight in _UNFITTED.items() if name not in trees.features}
    return Judgement(trees, preset, record["point"])
