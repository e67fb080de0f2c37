"""The decision whether the units found answer a question, with what spoke for it and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.selecting.answerability import ANSWERABILITY_FEATURES, answerability_features
from assistant.selecting.candidates import Candidate
from assistant.selecting.fitted_models import Fitted, Judge
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.units import Unit
from assistant.types import Certainty

_STRICTER = (Certainty.NONE, Certainty.DOUBTFUL, Certainty.SURE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a question is answered.

    Attributes:
        unit: the best unit, which was judged.
        features: `ANSWERABILITY_FEATURES` with their values.
        found: probability that what is asked stands in what was found, 0 to 1.
        told: probability that it is what the unit tells.
        models: what judged it.
    """

    unit: Unit
    features: Mapping[str, float]
    found: float
    told: float
    models: Fitted

    @property
    def probability(self) -> float:
        """That the unit answers, 0 to 1."""
        return self.found * self.told

    @property
    def certainty(self) -> Certainty:
        """What the stricter of both judges makes of it."""
        both = self.models.found.certainty(self.found), self.models.told.certainty(self.told)
        return min(both, key=_STRICTER.index)

    def contributions(self, judge: Judge) -> tuple[tuple[str, float, float], ...]:
        """Return what each feature adds to the log-odds of a judge (beside what is usual), strongest first.

        Args:
            judge: one of `models`.

        Returns:
            Name, value and what it adds of each feature.
        """
        added = judge.contributions(self.features)
        rows = ((name, self.features[name], value) for name, value in added.items())
        return tuple(sorted(rows, key=lambda row: -abs(row[2])))


def decide(
    models: Fitted,
    question: Question,
    profile: QueryProfile,
    passages: Sequence[Candidate],
    units: Sequence[Unit],
) -> Decision:
    """Decide whether the best unit answers a question (other arguments as for `answerability_features`)."""
    values = answerability_features(question, profile, passages, units)
    features = dict(zip(ANSWERABILITY_FEATURES, values, strict=True))
    if models.by_words and not features["words"]:
        return Decision(units[0], features, 0.0, 0.0, models)
    found, told = (one.probability(features) for one in (models.found, models.told))
    return Decision(units[0], features, found, told, models)
