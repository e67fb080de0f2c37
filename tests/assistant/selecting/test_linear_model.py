"""A linear model is a logistic regression."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.selecting.linear_model import LinearModel, model_record


def test_a_probability_is_the_logistic_of_the_weighted_standard_features() -> None:
    model = LinearModel(("a", "b"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([2.0, -1.0]), 0.5)
    assert model.probabilities([[3.0, 1.0]])[0] == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert list(model.probabilities([])) == []
    assert model_record(model) == {"bias": 0.5, "features": {"a": [1.0, 2.0, 2.0], "b": [0.0, 1.0, -1.0]}}
