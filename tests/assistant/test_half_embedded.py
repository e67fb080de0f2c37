"""A library of which some documents have no vectors yet is searched as fairly as it can be."""

from __future__ import annotations

from assistant.fusion.ranking import vector_scores


def test_a_passage_without_a_vector_is_as_near_as_its_words_are() -> None:
    ids, near = ("a:00000", "b:00001", "b:00002"), {"b:00001": 0.9, "b:00002": -0.4}
    assert vector_scores(ids, [1.0, 0.8, 0.0], near) == [1.0, 0.9, 0.0]
    assert vector_scores(ids, [1.0, 0.8, 0.0], {}) == [1.0, 0.8, 0.0], "keywords alone searched"
