"""The judgement of words: trees over named features, read as they were kept."""

from __future__ import annotations

import pytest

from assistant.grounding import parts_of
from assistant.proof.judgement import fitted, judgement_of
from assistant.proof.sources import source_of
from assistant.verification import hit_of

KEPT = {
    "point": 0.5,
    "bias": -1.0,
    "trees": [["missing", 0.5, -1.0, ["swap", 1.5, 1.0, 4.0]], 0.5],
}


@pytest.mark.parametrize(
    ("features", "value"),
    [
        ({}, -1.5),
        ({"missing": 0.5}, -1.5),
        ({"missing": 1.0}, 0.5),
        ({"missing": 1.0, "swap": 2.0}, 3.5),
        ({"swap": 2.0, "unknown": 9.0}, -1.5),
    ],
)
def test_each_tree_adds_the_value_at_the_end_of_its_way(features: dict[str, float], value: float) -> None:
    judgement = judgement_of(KEPT)
    assert judgement.doubt(features) == pytest.approx(1 / (1 + 2.718281828459045**-value))


def test_a_model_s_judgement_counts_by_its_preset_weight_until_a_tree_asks_for_it() -> None:
    said = {"nli against": 1.0}
    preset = judgement_of(KEPT)
    fitted_with_it = judgement_of(KEPT | {"trees": [["nli against", 0.5, -1.0, 1.5]]})
    assert preset.doubt(said) == pytest.approx(1 / (1 + 2.718281828459045 ** -(-1.5 + 2.0)))
    assert fitted_with_it.doubt(said) == pytest.approx(1 / (1 + 2.718281828459045 ** -(-1.0 + 1.5)))


def test_what_comes_with_the_package_doubts_words_that_the_source_does_not_have() -> None:
    source = source_of(hit_of("云栖市支持企业建设中试基地，每个基地给予补助。青石市另行规定。"))
    (near,), (far,) = (
        parts_of(told, [source]) for told in ("云栖市支持企业建设好中试基地。", "云栖市禁止医院开办疗养院。")
    )
    judgement = fitted()
    assert judgement.doubt(near.features) < judgement.point < judgement.doubt(far.features)
