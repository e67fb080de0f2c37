"""What a judge learns from cases is there when it judges, too."""

from __future__ import annotations

import pytest

from assistant.types import Hit
from benchmarks.cases import without_proof
from vectorstore.types import Passage, PassageKind, PolicyDocument


def hit(similarity: float | None) -> Hit:
    passage = Passage("d:00000", "d", 0, (), PassageKind.TEXT, "文", None, 0, 1)
    return Hit(passage, PolicyDocument("d", "d.txt", "h", "办法"), 1.0, similarity)


@pytest.mark.parametrize(
    ("left", "scaled"),
    [
        ([0.8, 0.2, -0.4, None], [1.0, 0.25, -0.5, None]),
        ([None, None], [None, None]),
        ([-0.1, -0.2], [-0.1, -0.2]),
        ([], []),
    ],
)
def test_where_what_proves_the_answer_is_left_out_the_nearest_left_is_the_nearest(
    left: list[float | None], scaled: list[float | None]
) -> None:
    found = without_proof([hit(similarity) for similarity in left], lambda one: False)
    assert [one.similarity for one in found] == pytest.approx(scaled)


def test_what_proves_the_answer_is_left_out() -> None:
    found = without_proof([hit(1.0), hit(0.5)], lambda one: one.similarity == 1.0)
    assert [one.similarity for one in found] == [1.0]
