"""Fits the scorer of sentences and the decision whether to answer; writes `assistant/selecting/fitted.json`.

    python -m benchmarks.fitting SHARED [--folder KEPT] [--more SET]... [--only NAME]... [--write]

With POLICY_EMBEDDING_MODEL set, the passages are found with that embedding, and `fitted_embedding.json` is
written: how near it holds a passage to be tells more than the built-in vectors do.

All are fitted on the named features of `assistant/selecting`. The scorer, a logistic regression, learns which
sentences of the passages found overlap with the evidence or the reference answer. The decision is two judges,
each a logistic regression and boosted trees: one learns to tell answerable questions from those whose proof
is not among what was found, one from those beside which something near is told. Figures are cross-validated
in five folds, all cases of a small set, or of a record of a large one, in one: they tell what documents come
to that nobody fitted on.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from assistant.selecting.answerability import ANSWERABILITY_FEATURES, TOLD_FEATURES, answerability_features
from assistant.selecting.fitted_models import judge_of
from assistant.selecting.linear_model import LinearModel, model_record
from assistant.selecting.sentence_features import EMBEDDED_FEATURES, SENTENCE_FEATURES
from benchmarks.cases import FOREIGN, PROOF_OUT, Case, cases_alone, cases_of, foreign_cases
from benchmarks.question_sets import QuestionSet, sets_parser, wanted_sets
from benchmarks.trees import dumped, trees_record
from benchmarks.unanswerable import GIVEN, SWAPS
from vectorstore.settings import library_settings

_WRITTEN = Path(__file__).parents[1] / "assistant" / "selecting"
# How much a question of each set counts, those of the others once: small sets on whole documents more than
# many on short texts, which have nothing near an answer that could be taken for it.
_SETS = {"golden": 2.0, "golden-2": 3.0, "policy-qa": 1.0, "cross-script": 0.5, "examples": 2.0}
_NEAR = _SETS | {"policy-qa": 0.25, "cross-script": 0.1}
# Not learnt from with an embedding: a thousand short texts of everything, which take long to embed.
_PLAIN = {"cross-script"}
# Made-up sets that are not learnt from: they tell what the others are worth.
_KEPT_OUT = ("made-up 8", "made-up 12", "made-up 17", "made-up 18", "made-up 19")
# What each judge learns to tell apart, and how much it counts.
_FOUND = {"": 1.0, PROOF_OUT: 1.0, FOREIGN: 0.5}
_TOLD = {"": 1.0, GIVEN: 4.0, **dict.fromkeys(SWAPS, 0.2)}
_WRONG_WEIGHT, _OVERLAP = 0.4, 0.34
_FOLDS, _STRENGTH = 5, 0.3
# Questions of other documents that are asked of each small set.
_FOREIGN = 40
_TREES: dict[str, Any] = {
    "n_estimators": 200,
    "learning_rate": 0.04,
    "max_depth": None,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "max_features": 0.2,
}
# Share of answerable questions that each judge may refuse, and refuse or doubt, each set counting alike.
_FOUND_POINTS, _TOLD_POINTS = (0.04, 0.12), (0.05, 0.12)

Array = NDArray[np.float64]
Record = dict[str, Any]


def main() -> int:
    """Fit the models and print their cross-validated figures."""
    parser = sets_parser(__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted weights into the project")
    options = parser.parse_args()
    embedding = library_settings().policy_embedding_model
    features = EMBEDDED_FEATURES if embedding else SENTENCE_FEATURES
    learnt = {folder.name for folder in options.more} | _SETS.keys() - (_PLAIN if embedding else set())
    sets = [
        one
        for one in wanted_sets(options)
        if one.name in learnt or (one.name.startswith("made-up") and one.name not in _KEPT_OUT)
    ]
    cases = [case for one in sets for case in cases_of(one, options.folder)]
    cases += [case for one in sets for case in cases_alone(one, options.folder)]
    cases += _foreign(sets, options.folder)
    rows, found, told = _cross_validated(cases, features)
    points = [
        [_operating_point(cases, probabilities, share) for share in shares]
        for probabilities, shares in ((found, _FOUND_POINTS), (told, _TOLD_POINTS))
    ]
    figures = _figures(cases, found, told, points)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    if options.write:
        judges = _judges(cases, rows, np.ones(len(cases), dtype=bool))
        record: dict[str, Any] = {
            "date": datetime.now().astimezone().date().isoformat(),
            "figures": figures,
            "scorer": model_record(_scorer(cases, features)),
        }
        for name, judge, (doubtful, sure) in zip(("found", "told"), judges, points, strict=True):
            record[name] = {"doubtful": round(doubtful, 3), "sure": round(sure, 3), **judge}
        written = _WRITTEN / ("fitted_embedding.json" if embedding else "fitted.json")
        written.write_text(dumped(record), encoding="utf-8")
    return 0


def _foreign(sets: Sequence[QuestionSet], folder: Path) -> list[Case]:
    """Return cases of what large sets ask, asked of small ones: each small set gets questions of its own."""
    asked = [question for one in sets if not one.documents.is_dir() for question in one.questions]
    small = [one for one in sets if one.documents.is_dir()]
    step = max(1, len(asked) // (_FOREIGN * max(1, len(small))))
    return [
        case
        for place, one in enumerate(small)
        for case in foreign_cases(one, folder, asked[place * step :: len(small) * step])
    ]


def _cross_validated(cases: Sequence[Case], features: Sequence[str]) -> tuple[Array, Array, Array]:
    """Return the features of the decision for each case, and what both judges of other folds make of it."""
    groups = sorted({case.group for case in cases})
    fold_of = {group: at % _FOLDS for at, group in enumerate(groups)}
    folds = np.array([fold_of[case.group] for case in cases])
    for fold in range(_FOLDS):
        scorer = _scorer([case for case, of in zip(cases, folds, strict=True) if of != fold], features)
        for case, of in zip(cases, folds, strict=True):
            if of == fold:
                case.scores = scorer.probabilities(case.features.tolist())
    rows = np.asarray(
        [answerability_features(case.question, case.profile, case.passages, case.units()) for case in cases]
    )
    # What is not known counts as usual, as it does where it is judged.
    rows = np.where(np.isnan(rows), np.nanmean(rows, axis=0), rows)
    judged = np.zeros((2, len(cases)))
    for fold in range(_FOLDS):
        for at, kept in enumerate(_judges(cases, rows, folds != fold)):
            judge = judge_of({**kept, "doubtful": 0, "sure": 1})
            for row in np.flatnonzero(folds == fold):
                values = dict(zip(ANSWERABILITY_FEATURES, rows[row].tolist(), strict=True))
                judged[at, row] = judge.probability(values)
    return rows, *judged


def _scorer(cases: Sequence[Case], features: Sequence[str]) -> LinearModel:
    # Sentences of a document alone are those of the whole set once more.
    some = [case for case in cases if not (case.way or case.alone) and case.overlap.max(initial=0) > 0]
    rows = np.vstack([case.features for case in some])
    wanted = np.concatenate(
        [(case.overlap > 0) & (case.overlap >= _OVERLAP * min(1.0, case.overlap.max())) for case in some]
    )
    weights = np.concatenate([np.full(len(case.features), _SETS.get(case.of, 1.0)) for case in some])
    return _linear(features, rows, wanted.astype(float), weights)


def _judges(cases: Sequence[Case], rows: Array, chosen: NDArray[np.bool_]) -> tuple[Record, Record]:
    """Return both judges as they are kept, fitted on the chosen cases."""

    def judge(names: Sequence[str], sets: Mapping[str, float], ways: Mapping[str, float]) -> Record:
        some = [at for at, case in enumerate(cases) if chosen[at] and case.way in ways]
        weights = np.asarray(
            [
                sets.get(case.of, 1.0) * ways[case.way] * (1.0 if case.way or case.right() else _WRONG_WEIGHT)
                for case in (cases[at] for at in some)
            ]
        )
        wanted = np.asarray([float(not cases[at].way) for at in some])
        own = rows[np.ix_(some, [ANSWERABILITY_FEATURES.index(name) for name in names])]
        trees = GradientBoostingClassifier(**_TREES, random_state=0)
        return {
            "model": model_record(_linear(names, own, wanted, weights)),
            **trees_record(trees.fit(own, wanted, sample_weight=weights), names),
        }

    return judge(ANSWERABILITY_FEATURES, _SETS, _FOUND), judge(TOLD_FEATURES, _NEAR, _TOLD)


def _linear(names: Sequence[str], rows: Array, wanted: Array, weights: Array) -> LinearModel:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(scaler.transform(rows), wanted, sample_weight=weights)
    return LinearModel(tuple(names), scaler.mean_, scaler.scale_, model.coef_[0], float(model.intercept_[0]))


def _operating_point(cases: Sequence[Case], probabilities: Array, share: float) -> float:
    """Return the probability below which a share of the answerable questions lies; sets count alike."""
    answerable = np.asarray([not case.way for case in cases])
    sizes = Counter(case.of for case in cases if not case.way)
    weights = np.asarray([1 / sizes[case.of] for case in cases if not case.way])
    return float(np.quantile(probabilities[answerable], share, weights=weights, method="inverted_cdf"))


def _figures(
    cases: Sequence[Case], found: Array, told: Array, points: Sequence[Sequence[float]]
) -> dict[str, float]:
    """Return the cross-validated figures that are kept beside the weights."""
    answerable = np.asarray([not case.way for case in cases])
    near = np.asarray([case.way == GIVEN for case in cases])
    out = np.asarray([case.way == PROOF_OUT for case in cases])
    right = [case.right() for case in cases if not case.way]
    (found_doubtful, found_sure), (told_doubtful, told_sure) = points
    refused = (found < found_doubtful) | (told < told_doubtful)
    doubted = (found < found_sure) | (told < told_sure)
    figures = {
        "best unit holds the answer": float(np.mean(right)),
        "AUC, proof not found": _auc(answerable, out, found),
        "AUC, near misses": _auc(answerable, near, told),
    }
    for name, some in (("answerable", answerable), ("near misses", near), ("proof not found", out)):
        figures[f"{name}: refused"] = float(np.mean(refused[some]))
        figures[f"{name}: refused or doubtful"] = float(np.mean(doubted[some]))
    return {name: round(value, 3) for name, value in figures.items()}


def _auc(answerable: NDArray[np.bool_], others: NDArray[np.bool_], probabilities: Array) -> float:
    some = answerable | others
    return float(roc_auc_score(answerable[some], probabilities[some]))


if __name__ == "__main__":
    sys.exit(main())
