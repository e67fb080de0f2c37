"""Boosted trees: each adds the value at the end of its way, and every step tells what it changed."""

from __future__ import annotations

import pytest

from assistant.trees import BoostedTrees, trees_of

KEPT = {"bias": -1.0, "trees": [["missing", 0.5, -1.0, ["swap", 1.5, 1.0, 4.0]], 0.5]}


@pytest.fixture
def trees() -> BoostedTrees:
    return trees_of(KEPT)


@pytest.mark.parametrize(
    ("features", "value"),
    [({}, -1.5), ({"missing": 1.0}, 0.5), ({"missing": 1.0, "swap": 2.0}, 3.5), ({"swap": 2.0}, -1.5)],
)
def test_the_log_odds_are_the_bias_and_what_each_tree_adds(
    trees: BoostedTrees, features: dict[str, float], value: float
) -> None:
    assert trees.log_odds(features) == pytest.approx(value)


def test_the_features_are_those_that_some_tree_asks_for(trees: BoostedTrees) -> None:
    assert trees.features == {"missing", "swap"}


def test_a_feature_adds_what_it_changes_of_the_mean(trees: BoostedTrees) -> None:
    # Behind "swap" the mean is 2.5, behind "missing" (-1.0 + 2.5) / 2.
    assert trees.contributions({"missing": 1.0, "swap": 2.0}) == pytest.approx({"missing": 1.75, "swap": 1.5})
    assert trees.contributions({}) == pytest.approx({"missing": -1.75})
