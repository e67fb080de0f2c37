"""Two runs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.evaluation.figures import Evaluation, Figure
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.record import FormerOutcome, FormerRun


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure now and before; either may be missing."""

    figure: Figure
    before: float | None

    @property
    def change(self) -> float | None:
        """How much more it is now; None where one of the two is missing."""
        if self.figure.value is None or self.before is None:
            return None
        return round(self.figure.value - self.before, 4)

    @property
    def better(self) -> bool | None:
        """Whether it changed for the better; None where it did not change or neither is better."""
        if not self.change or self.figure.lower_is_better is None:
            return None
        return (self.change < 0) is self.figure.lower_is_better


@dataclass(frozen=True, slots=True)
class Change:
    """A question that was right and is wrong now, the other way round, or is proven at another rank."""

    outcome: Outcome
    before: FormerOutcome

    @property
    def better(self) -> bool:
        """Whether it changed for the better."""
        if self.outcome.right != self.before.right:
            return self.outcome.right
        return _nearness(self.outcome.first) > _nearness(self.before.first)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run.

    Attributes:
        differences: every figure beside its earlier value.
        changes: the questions asked in both runs whose outcome changed, in order.
        added, gone: numbers of questions that only this run asks, and only the earlier one asked.
    """

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    added: int
    gone: int


def compare(evaluation: Evaluation, former: FormerRun) -> Comparison:
    """Set a run beside an earlier one.

    Args:
        evaluation: the run.
        former: the earlier one, of the same questions or of others.

    Returns:
        What changed; questions are told apart by their ids.
    """
    differences = tuple(Difference(figure, former.figures.get(figure.name)) for figure in evaluation.figures)
    asked = {outcome.question.id: outcome for outcome in evaluation.outcomes}
    both = [Change(outcome, former.outcomes[key]) for key, outcome in asked.items() if key in former.outcomes]
    changes = tuple(
        change
        for change in both
        if (change.outcome.right, change.outcome.first) != (change.before.right, change.before.first)
    )
    return Comparison(differences, changes, len(asked) - len(both), len(former.outcomes) - len(both))


def record_of_comparison(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON: earlier values, then the questions that changed."""
    return {
        "figures": {
            one.figure.name: {"before": one.before, "after": one.figure.value, "change": one.change}
            for one in comparison.differences
        },
        "changed": [
            {
                "id": one.outcome.question.id,
                "better": one.better,
                "right": [one.before.right, one.outcome.right],
                "first": [one.before.first, one.outcome.first],
            }
            for one in comparison.changes
        ],
        "added": comparison.added,
        "gone": comparison.gone,
    }


def _nearness(rank: int) -> float:
    return 1 / rank if rank else 0.0
