"""Fits the judgement of words (`assistant/proof/judgement.json`) and says what it is worth.

    python -m benchmarks.judging STATEMENTS.jsonl... [--write]

A line: {"statement", "passage", "title", "true", "kind"}. Figures are cross-validated in eight parts, no two
of which share a document; needs scikit-learn (the extra `dev`). Prints Markdown; --write keeps the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from assistant.grounding import literal_faults, parts_of
from assistant.proof.hedges import without_hedges
from assistant.proof.sources import source_of
from assistant.verification import hit_of
from benchmarks.trees import dumped, trees_record

Floats = NDArray[np.float64]

_FILE = Path(__file__).parents[1] / "assistant" / "proof" / "judgement.json"
_PARTS = 8
_SEEN = 15
# One true statement of so many is also held against a passage of another document.
_STRANGERS = 6
_TREES: dict[str, Any] = {
    "n_estimators": 500,
    "learning_rate": 0.026,
    "max_depth": None,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 20,
    "max_features": 0.2,
}
# The share of true sentences that the words may cost, at the point in use and at its neighbours.
_COSTS = (0.03, 0.058, 0.1)
_IN_USE = 0.058
# Each kind counts as much as this many of the commonest one, whatever the number of its lines.
_WEIGHTS = {"judged": 5.0, "golden": 18.0, "figure": 8.0, "own": 3.0, "words": 1.3}


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with what its parts are judged by; `wrong` where figures, numbers or titles fail it."""

    kind: str
    group: str
    true: bool
    wrong: bool
    parts: tuple[dict[str, float], ...]


def main() -> int:
    """Fit, print the figures, and keep the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("statements", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = [case for file in options.statements for case in _cases(file)]
    weighed = [(case, part) for case in cases if not case.wrong for part in case.parts]
    names, figures = _matrix([part for _, part in weighed])
    false = np.array([not case.true for case, _ in weighed])
    # Which part of a false sentence is false nobody has told.
    weights = np.array([_WEIGHTS.get(case.kind, 1.0) / len(case.parts) for case, _ in weighed])
    groups = np.array([case.group for case, _ in weighed])
    found: dict[int, float] = {}
    for (case, _), doubt in zip(weighed, _cross_validated(figures, false, weights, groups), strict=True):
        found[id(case)] = max(found.get(id(case), 0.0), float(doubt))
    points = {cost: _point(cost, cases, found) for cost in _COSTS}
    for cost, point in points.items():
        print(f"\npoint {point:.3f}{' (in use)' if cost == _IN_USE else ''}\n")
        print("| kind | true | accepted | false | caught |\n|---|---|---|---|---|")
        for line in _lines(cases, found, point):
            print(line)
    if options.write:
        _write(names, figures, false, weights, points[_IN_USE], len(cases))
    return 0


def _cases(file: Path) -> Iterator[Case]:
    records: list[dict[str, Any]] = list(map(json.loads, file.read_text(encoding="utf-8").splitlines()))
    for place, record in enumerate(records):
        yield _case(record, record)
        other = records[(place + len(records) // 2) % len(records)]
        if record["true"] and not place % _STRANGERS and _group(other) != _group(record):
            yield _case(record | {"kind": "strange", "true": False}, other)


def _case(record: dict[str, Any], source: dict[str, Any]) -> Case:
    """Return a statement held against the passage of its own line, or of another one."""
    sources = [source_of(hit_of(source["passage"], source.get("title") or ""))]
    told = without_hedges(record["statement"])
    parts = parts_of(told, sources)
    wrong = any(literal_faults(told, sources))
    features = tuple(part.features for part in parts)
    return Case(record["kind"], _group(record), record["true"], wrong, features)


def _group(record: dict[str, Any]) -> str:
    return str(record.get("group") or record.get("title") or record["passage"])


def _matrix(parts: Sequence[dict[str, float]]) -> tuple[list[str], Floats]:
    seen = Counter(name for part in parts for name in part)
    names = sorted(name for name, times in seen.items() if times >= _SEEN)
    return names, np.array([[part.get(name, 0.0) for name in names] for part in parts])


def _fit(figures: Floats, false: NDArray[np.bool_], weights: Floats) -> GradientBoostingClassifier:
    model = GradientBoostingClassifier(**_TREES, random_state=0)
    return model.fit(figures, false, sample_weight=weights)


def _cross_validated(
    figures: Floats, false: NDArray[np.bool_], weights: Floats, groups: NDArray[np.str_]
) -> Floats:
    doubts = np.zeros(len(false))
    for learnt, asked in GroupKFold(_PARTS, shuffle=True, random_state=0).split(figures, false, groups):
        model = _fit(figures[learnt], false[learnt], weights[learnt])
        doubts[asked] = model.predict_proba(figures[asked])[:, 1]
    return doubts


def _point(cost: float, cases: Sequence[Case], doubts: dict[int, float]) -> float:
    true = [doubts.get(id(case), 0.0) for case in cases if case.true and not case.wrong]
    return float(np.quantile(true, 1 - cost))


def _lines(cases: Iterable[Case], doubts: dict[int, float], point: float) -> Iterator[str]:
    tally: dict[str, Counter[str]] = {}
    for case in cases:
        refused = case.wrong or doubts.get(id(case), 0.0) >= point
        for kind in (case.kind, "all"):
            count = tally.setdefault(kind, Counter())
            count["true" if case.true else "false"] += 1
            count["accepted" if case.true else "caught"] += refused != case.true
    for kind, count in sorted(tally.items()):
        accepted, caught = count["accepted"] / max(1, count["true"]), count["caught"] / max(1, count["false"])
        yield f"| {kind} | {count['true']} | {accepted:.3f} | {count['false']} | {caught:.3f} |"


def _write(
    names: Sequence[str],
    figures: Floats,
    false: NDArray[np.bool_],
    weights: Floats,
    point: float,
    statements: int,
) -> None:
    record = {
        "fitted_on": f"{datetime.now(UTC):%Y-%m-%d}",
        "statements": statements,
        "point": round(point, 4),
        **trees_record(_fit(figures, false, weights), names),
    }
    _FILE.write_text(dumped(record), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
