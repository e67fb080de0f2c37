"""A linear model is a logistic regression."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.selecting.linear_model import LinearModel, model_record


@pytest.fixture
def model() -> LinearModel:
    return LinearModel(("a", "b"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([2.0, -1.0]), 0.5)


def test_a_feature_that_is_not_known_counts_as_usual(model: LinearModel) -> None:
    assert model.log_odds([np.nan, 1.0]) == model.log_odds([1.0, 1.0]) == pytest.approx(-0.5)
    assert model.probabilities([[np.nan, 1.0]]) == model.probabilities([[1.0, 1.0]])


def test_a_probability_is_the_logistic_of_the_weighted_standard_features(model: LinearModel) -> None:
    assert model.probabilities([[3.0, 1.0]])[0] == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert list(model.probabilities([])) == []
    assert model_record(model) == {"bias": 0.5, "features": {"a": [1.0, 2.0, 2.0], "b": [0.0, 1.0, -1.0]}}
