"""What is fitted on question sets: what chooses a sentence, and what decides whether it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import isnan
from typing import Any

from assistant.selecting.linear_model import LinearModel, model_of
from assistant.trees import BoostedTrees, logistic, trees_of
from assistant.types import Certainty


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression and boosted trees on the same features; the mean of their log-odds judges.

    The trees know what counts only together with what; the regression goes on where no case was like it.

    Attributes:
        model, trees: on the features of the decision.
        sure, doubtful: least probabilities of an answer that is given plainly, and of one that is given with
            the request to check it; below, the question is refused.
    """

    model: LinearModel
    trees: BoostedTrees
    sure: float
    doubtful: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, of a case by its features."""
        return logistic(self.log_odds(features))

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Return the log-odds of a case by its features."""
        known = self._known(features)
        return (self.model.log_odds([*known.values()]) + self.trees.log_odds(known)) / 2

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return what each feature adds to the log-odds, beside what is usual."""
        known = self._known(features)
        of_trees = self.trees.contributions(known)
        linear = zip(known, self.model.contributions([*known.values()]), strict=True)
        return {name: (added + of_trees.get(name, 0.0)) / 2 for name, added in linear}

    def certainty(self, probability: float) -> Certainty:
        """Return what its operating points make of a probability."""
        if probability < self.doubtful:
            return Certainty.NONE
        return Certainty.SURE if probability >= self.sure else Certainty.DOUBTFUL

    def _known(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the features that the judge looks at; what is not known is as usual."""
        usual = zip(self.model.names, self.model.center.tolist(), strict=True)
        return {name: center if isnan(features[name]) else features[name] for name, center in usual}


@dataclass(frozen=True, slots=True)
class Fitted:
    """What `benchmarks/fitting.py` has fitted.

    A question whose answer was not found looks otherwise than one beside which something near is told, so
    that two judge, and the stricter one decides.

    Attributes:
        scorer: whether a sentence holds a part of the answer.
        found: whether what is asked stands in what was found.
        told: whether it is what the unit tells, and not another quantity, year, place or body.
        by_words: nothing but words tells what is near, so that a unit with none of the question's is refused.
    """

    scorer: LinearModel
    found: Judge
    told: Judge
    by_words: bool


@lru_cache(maxsize=2)
def fitted(embedded: bool) -> Fitted:
    """Return the models that come with the project.

    Args:
        embedded: those fitted where an embedding tells how near passages are (`fitted_embedding.json`), and
            not the built-in one (`fitted.json`).
    """
    name = "fitted_embedding.json" if embedded else "fitted.json"
    kept = json.loads(files("assistant.selecting").joinpath(name).read_text(encoding="utf-8"))
    judges = judge_of(kept["found"]), judge_of(kept["told"])
    return Fitted(model_of(kept["scorer"]), *judges, by_words=not embedded)


def judge_of(kept: dict[str, Any]) -> Judge:
    """Return the judge of a record."""
    return Judge(model_of(kept["model"]), trees_of(kept), float(kept["sure"]), float(kept["doubtful"]))
