"""The fitted models ask for the features that are computed."""

from __future__ import annotations

import pytest

from assistant.selecting.answerability import ANSWERABILITY_FEATURES, TOLD_FEATURES
from assistant.selecting.fitted_models import fitted
from assistant.selecting.sentence_features import EMBEDDED_FEATURES, SENTENCE_FEATURES


@pytest.mark.parametrize(("embedded", "features"), [(False, SENTENCE_FEATURES), (True, EMBEDDED_FEATURES)])
def test_the_kept_weights_are_those_of_the_features(embedded: bool, features: tuple[str, ...]) -> None:
    models = fitted(embedded)
    assert models.scorer.names == features
    for judge, names in ((models.found, ANSWERABILITY_FEATURES), (models.told, TOLD_FEATURES)):
        assert judge.model.names == names
        assert judge.trees.features <= {*names}
        assert len(judge.trees.features) > len(names) / 2
        assert 0 < judge.doubtful < judge.sure < 1
