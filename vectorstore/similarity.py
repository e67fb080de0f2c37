"""How near passages are to a question, on a scale that all embeddings share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vectorstore.types import PassageHit


@dataclass(frozen=True, slots=True)
class Similarities:
    """What vectors say of a question.

    Cosines of one embedding lie between 0.75 and 0.95, those of another between 0 and 0.5; hence 0 is as near
    as a passage of the library commonly is to the question (the median), and 1 the nearest found.

    Attributes:
        nearest: the nearest passages, best first; the score is on that scale.
        others: passage id → the same of other passages that were asked for.
        trust: how much the embedding says beyond words, 0.0 to 1.0.
        standout: how far the nearest lies above what is usual: 1 where the nearest of as many passages that
            were scattered by chance would lie; None where so few are there that nothing tells it.
    """

    nearest: tuple[PassageHit, ...] = ()
    others: Mapping[str, float] = field(default_factory=dict)
    trust: float = 0.0
    standout: float | None = None

    @property
    def scores(self) -> dict[str, float]:
        """Passage id → similarity of all of them, the nearest first."""
        return {hit.passage_id: hit.score for hit in self.nearest} | dict(self.others)
