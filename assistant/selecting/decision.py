"""The decision whether the units found answer a question, with what spoke for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.selecting.answerability import answerability_features
from assistant.selecting.candidates import Candidate
from assistant.selecting.linear_model import Fitted
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.units import Unit
from assistant.types import Certainty


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a question is answered.

    Attributes:
        unit: the best unit, which was judged.
        features: values in the order of `ANSWERABILITY_FEATURES`.
        probability: that the unit answers, 0 to 1.
        models: what judged it.
    """

    unit: Unit
    features: tuple[float, ...]
    probability: float
    models: Fitted

    @property
    def certainty(self) -> Certainty:
        """What the operating points make of the probability."""
        if self.probability < self.models.doubtful:
            return Certainty.NONE
        return Certainty.SURE if self.probability >= self.models.sure else Certainty.DOUBTFUL

    @property
    def contributions(self) -> tuple[tuple[str, float, float], ...]:
        """Name, value and what is added to the log-odds (beside a mean) of each feature, strongest first."""
        model = self.models.answerability
        rows = zip(model.names, self.features, model.contributions(self.features), strict=True)
        return tuple(sorted(rows, key=lambda row: -abs(row[2])))


def decide(
    models: Fitted,
    question: Question,
    profile: QueryProfile,
    passages: Sequence[Candidate],
    units: Sequence[Unit],
) -> Decision:
    """Decide whether the best unit answers a question (other arguments as for `answerability_features`)."""
    features = tuple(answerability_features(question, profile, passages, units))
    return Decision(units[0], features, float(models.answerability.probabilities([features])[0]), models)
