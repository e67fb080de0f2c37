"""The fitted judgement of words: how likely a sentence is that its sources do not say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

# What a configured model says counts for so much where no tree was fitted with it.
_UNFITTED = {"nli entailed": -2.0, "nli against": 2.0}


@dataclass(frozen=True, slots=True)
class Split:
    """Where a tree asks for one feature.

    Attributes:
        feature: its name; what is not there counts as 0.
        most: up to this value the way goes `below`, else `above`; each is another split or what is added.
    """

    feature: str
    most: float
    below: Split | float
    above: Split | float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Gradient-boosted trees over named features, as `benchmarks/judging.py` fits them.

    Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001).

    Attributes:
        bias: what the trees' values are added to; the logit of the likelihood.
        trees: each adds one value.
        preset: what a unit of each feature adds that no tree asks for.
        point: the likelihood from which on a sentence is not accepted.
    """

    bias: float
    trees: tuple[Split | float, ...]
    preset: Mapping[str, float]
    point: float

    def doubt(self, features: Mapping[str, float]) -> float:
        """Return how likely a sentence with these features is false, from 0 to 1."""
        heard = sum(weight * features.get(name, 0.0) for name, weight in self.preset.items())
        value = self.bias + heard + sum(_value(tree, features) for tree in self.trees)
        return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


@cache
def fitted() -> Judgement:
    """Return the judgement that comes with the package."""
    record = json.loads(files("assistant.proof").joinpath("judgement.json").read_text(encoding="utf-8"))
    return judgement_of(record)


def judgement_of(record: Mapping[str, Any]) -> Judgement:
    """Return the judgement of a record; a split is kept as [feature, most, below, above], a value as such."""
    trees = tuple(map(_tree, record["trees"]))
    asked = {feature for tree in trees for feature in _features(tree)}
    preset = {name: weight for name, weight in _UNFITTED.items() if name not in asked}
    return Judgement(record["bias"], trees, preset, record["point"])


def _tree(kept: Sequence[Any] | float) -> Split | float:
    if isinstance(kept, int | float):
        return float(kept)
    feature, most, below, above = kept
    return Split(feature, most, _tree(below), _tree(above))


def _features(tree: Split | float) -> Iterator[str]:
    if isinstance(tree, Split):
        yield tree.feature
        yield from _features(tree.below)
        yield from _features(tree.above)


def _value(tree: Split | float, features: Mapping[str, float]) -> float:
    while isinstance(tree, Split):
        tree = tree.below if features.get(tree.feature, 0.0) <= tree.most else tree.above
    return tree
