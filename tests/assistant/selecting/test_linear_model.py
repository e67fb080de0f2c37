"""The fitted models fit the features that are computed, and a model is a logistic regression."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.selecting.answerability import ANSWERABILITY_FEATURES
from assistant.selecting.linear_model import LinearModel, fitted, model_record
from assistant.selecting.sentence_features import EMBEDDED_FEATURES, SENTENCE_FEATURES


@pytest.mark.parametrize(("embedded", "features"), [(False, SENTENCE_FEATURES), (True, EMBEDDED_FEATURES)])
def test_the_kept_weights_are_those_of_the_features(embedded: bool, features: tuple[str, ...]) -> None:
    models = fitted(embedded)
    assert models.scorer.names == features
    for judge in (models.found, models.told):
        assert judge.model.names == ANSWERABILITY_FEATURES
        assert 0 < judge.doubtful < judge.sure < 1


def test_a_probability_is_the_logistic_of_the_weighted_standard_features() -> None:
    model = LinearModel(("a", "b"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([2.0, -1.0]), 0.5)
    assert model.probabilities([[3.0, 1.0]])[0] == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert list(model.probabilities([])) == []
    assert model_record(model) == {"bias": 0.5, "features": {"a": [1.0, 2.0, 2.0], "b": [0.0, 1.0, -1.0]}}
