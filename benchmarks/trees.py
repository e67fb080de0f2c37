"""Boosted trees of scikit-learn in the form in which `assistant.trees` reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier


def trees_record(model: GradientBoostingClassifier, names: Sequence[str]) -> dict[str, Any]:
    """Return what is kept of a fitted model.

    Args:
        model: of two classes, the second of which the trees tell.
        names: of the features, one for each column.
    """
    prior = float(model.init_.class_prior_[1])
    trees = [_record(each.tree_, 0, names, model.learning_rate) for each in model.estimators_[:, 0]]
    return {"bias": round(float(np.log(prior / (1 - prior))), 4), "trees": trees}


def dumped(record: Mapping[str, Any]) -> str:
    """Return a record as JSON with a tree a line: what changes between two fits can be read."""
    lines: list[str] = []

    def marked(value: Any, name: str = "") -> Any:
        if name == "trees":
            lines.append(",\n  ".join(json.dumps(tree, ensure_ascii=False) for tree in value))
            return f"@{len(lines)}"
        return {key: marked(one, key) for key, one in value.items()} if isinstance(value, dict) else value

    text = json.dumps(marked(dict(record)), ensure_ascii=False, indent=1)
    for number, trees in enumerate(lines, 1):
        text = text.replace(f'"@{number}"', f"[\n  {trees}\n ]")
    return text + "\n"


def _record(tree: Any, node: int, names: Sequence[str], rate: float) -> list[Any] | float:
    """Return a tree of scikit-learn from a node on."""
    if tree.children_left[node] == tree.children_right[node]:
        return round(rate * float(tree.value[node].item()), 4)
    sides = (_record(tree, side[node], names, rate) for side in (tree.children_left, tree.children_right))
    return [names[tree.feature[node]], round(float(tree.threshold[node]), 4), *sides]
