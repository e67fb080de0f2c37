"""Fitted linear models: named features and their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Beyond this the exponential overflows and nothing is surer.
_CERTAIN = 60.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression on standardised features; one that is not known (nan) counts as usual.

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

    def log_odds(self, row: Sequence[float]) -> float:
        """Return the log-odds of a row of features."""
        return float(self._standard([row])[0] @ self.weights + self.bias)

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return what each feature of a row adds to its log-odds, beside a row of means."""
        added: list[float] = (self._standard([row])[0] * self.weights).tolist()
        return added

    def _standard(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        return np.nan_to_num((np.asarray(rows, dtype=np.float64) - self.center) / self.scale)


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
