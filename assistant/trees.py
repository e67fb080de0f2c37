"""Gradient-boosted trees over named features, as they were fitted (`benchmarks/trees.py` keeps them)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

# Beyond this nothing is surer.
_CERTAIN = 30.0


@dataclass(frozen=True, slots=True)
class Split:
    """Where a tree asks for one feature.

    Attributes:
        feature: its name; what is not there counts as 0.
        most: up to this value the way goes `below`, else `above`; each is another split or what is added.
        mean: of all that may be added from here on.
    """

    feature: str
    most: float
    below: Split | float
    above: Split | float
    mean: float


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """Gradient-boosted trees: each adds one value to the log-odds.

    Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001).

    Attributes:
        bias: what the trees' values are added to.
        trees: each a split, or what it adds whatever is asked.
    """

    bias: float
    trees: tuple[Split | float, ...]

    @property
    def features(self) -> frozenset[str]:
        """The names of the features that are asked for."""
        return frozenset(split.feature for tree in self.trees for split in _splits(tree))

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Return the log-odds of a case by the features that it has; what is not there counts as 0."""
        value = self.bias
        for tree in self.trees:
            while isinstance(tree, Split):
                tree = _next(tree, features)
            value += tree
        return value

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return what each feature that is asked for adds to the log-odds, beside the mean of each tree.

        Every step down a tree changes the mean of what may still be added; the feature asked for is why
        (Saabas, Interpreting random forests, 2014).
        """
        added: dict[str, float] = {}
        for tree in self.trees:
            while isinstance(tree, Split):
                further = _next(tree, features)
                added[tree.feature] = added.get(tree.feature, 0.0) + _mean(further) - tree.mean
                tree = further
        return added


def logistic(log_odds: float) -> float:
    """Return the probability, 0 to 1, of log-odds."""
    return 1 / (1 + exp(-max(-_CERTAIN, min(_CERTAIN, log_odds))))


def trees_of(record: Mapping[str, Any]) -> BoostedTrees:
    """Return the trees of a record; a split is kept as [feature, most, below, above], a value as such."""
    return BoostedTrees(float(record["bias"]), tuple(map(_tree, record["trees"])))


def _tree(kept: Sequence[Any] | float) -> Split | float:
    if isinstance(kept, int | float):
        return float(kept)
    feature, most, below, above = kept
    sides = _tree(below), _tree(above)
    return Split(feature, most, *sides, sum(map(_mean, sides)) / 2)


def _mean(tree: Split | float) -> float:
    return tree.mean if isinstance(tree, Split) else tree


def _next(split: Split, features: Mapping[str, float]) -> Split | float:
    return split.below if features.get(split.feature, 0.0) <= split.most else split.above


def _splits(tree: Split | float) -> Iterator[Split]:
    if isinstance(tree, Split):
        yield tree
        yield from _splits(tree.below)
        yield from _splits(tree.above)
