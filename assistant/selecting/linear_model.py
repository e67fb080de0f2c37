"""Fitted linear models: named features, their weights, and where a probability becomes a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.types import Certainty

# Beyond this the exponential overflows and nothing is surer.
_CERTAIN = 60.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression on standardised features.

    Attributes:
        names: of the features, in the order of the columns.
        center, scale, weights: one for each feature.
        bias: added to the weighted sum.
    """

    names: tuple[str, ...]
    center: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def probabilities(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Return the probability of each row of features, 0 to 1."""
        if not rows:
            return np.zeros(0)
        logits = np.clip(self._standard(rows) @ self.weights + self.bias, -_CERTAIN, _CERTAIN)
        return np.asarray(1.0 / (1.0 + np.exp(-logits)))

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return what each feature of a row adds to its log-odds, beside a row of means."""
        added: list[float] = (self._standard([row])[0] * self.weights).tolist()
        return added

    def _standard(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        return np.asarray((np.asarray(rows, dtype=np.float64) - self.center) / self.scale)


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression with the points at which its probability becomes a decision.

    Attributes:
        model: on the features of the decision.
        sure, doubtful: least probabilities of an answer that is given plainly, and of one that is given with
            the request to check it; below, the question is refused.
    """

    model: LinearModel
    sure: float
    doubtful: float

    def certainty(self, probability: float) -> Certainty:
        """Return what its operating points make of a probability."""
        if probability < self.doubtful:
            return Certainty.NONE
        return Certainty.SURE if probability >= self.sure else Certainty.DOUBTFUL


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
    scorer, found, told = model_of(kept["scorer"]), _judge(kept["found"]), _judge(kept["told"])
    return Fitted(scorer, found, told, by_words=not embedded)


def _judge(kept: dict[str, Any]) -> Judge:
    return Judge(model_of(kept["model"]), float(kept["sure"]), float(kept["doubtful"]))


def model_of(kept: dict[str, dict[str, list[float]] | float]) -> LinearModel:
    """Return the model of a record that `model_record` made."""
    features, bias = kept["features"], kept["bias"]
    if not isinstance(features, dict) or not isinstance(bias, float):
        raise TypeError("fitted.json")
    table = np.asarray(list(features.values()), dtype=np.float64)
    return LinearModel(tuple(features), table[:, 0], table[:, 1], table[:, 2], bias)


def model_record(model: LinearModel) -> dict[str, object]:
    """Return a model as it is kept: for each feature its centre, scale and weight."""
    table = zip(model.center, model.scale, model.weights, strict=True)
    features = {
        name: [round(float(value), 4) for value in row] for name, row in zip(model.names, table, strict=True)
    }
    return {"bias": round(model.bias, 4), "features": features}
