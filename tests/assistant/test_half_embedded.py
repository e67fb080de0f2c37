"""A library of which some documents have no vectors yet is searched as fairly as it can be."""

from __future__ import annotations

from assistant.fusion.ranking import BothSides
from vectorstore.similarity import Similarities
from vectorstore.types import PassageHit


def test_a_passage_without_a_vector_keeps_its_place_by_words() -> None:
    similar = Similarities((PassageHit("b:00001", "b", 0.9), PassageHit("b:00002", "b", 0.8)), {}, 1.0)
    sides = BothSides({"a:00000": 1.0, "b:00001": 0.8, "c:00000": 0.1}, similar)
    for share in (0.0, 0.4, 0.8):
        ranked = list(sides.fused(share, lambda document_id: 0.0))
        assert ranked[:2] == ["a:00000", "b:00001"], "the best by words stays before what is worse in both"
    # Of what no words find, vectors alone tell.
    assert ranked.index("b:00002") < ranked.index("c:00000")
