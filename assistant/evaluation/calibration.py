"""Whether vector search does a library good: the weight under which the evidence of questions ranks best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation.outcome import SEARCHED, ranks_of
from assistant.evaluation.questions import GoldenQuestion
from assistant.question import understand
from assistant.retriever import find
from assistant.understanding.names import learn_names
from vectorstore.library import PolicyLibrary

_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
# Questions in the documents' own words rank much the same under every weight, which speaks against none.
_CHANCE = 0.005


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well evidence ranks under each weight.

    Attributes:
        questions: number of questions it rests on.
        figures: weight → mean reciprocal rank of the evidence within ten hits, 0.0 to 1.0.
    """

    questions: int
    figures: dict[float, float]

    @property
    def best(self) -> float:
        """The highest weight under which evidence ranks as good as best: less than 1 where vectors harm."""
        enough = max(self.figures.values()) - _CHANCE
        return max(weight for weight, figure in self.figures.items() if figure >= enough)


def calibrate(
    library: PolicyLibrary,
    questions: Sequence[GoldenQuestion],
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Search for every question under every weight of the share that the question gives to vectors.

    Args:
        library: what is searched.
        questions: those with evidence or gold records count.
        progress: told after each question how many are done and how many there are.

    Returns:
        What came of each weight.

    Raises:
        EmbeddingError: the endpoint failed.
    """
    names = learn_names(library.documents())
    asked = [
        question for question in questions if question.answerable and (question.evidence or question.gold)
    ]
    ranks: dict[float, list[int]] = {weight: [] for weight in _WEIGHTS}
    for number, golden in enumerate(asked, 1):
        question = understand(golden.text, golden.history, names)
        # Asked here for its error: finding would go on by keywords alone, and every weight look the same.
        library.search_vectors(question.query, 1)
        for weight in _WEIGHTS:
            ranks[weight] += ranks_of(golden, find(library, question, SEARCHED, weight=weight))
        if progress:
            progress(number, len(asked))
    return Calibration(len(asked), {weight: _mean_reciprocal(found) for weight, found in ranks.items()})


def _mean_reciprocal(ranks: Sequence[int]) -> float:
    return round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4) if ranks else 0.0
