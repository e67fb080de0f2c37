"""Fits the share of vectors in a ranking; writes `assistant/fusion/fitted.json`.

    python -m benchmarks.fusing SHARED [--folder KEPT] [--more SET]... [--only NAME]... [--write]

The embedding is that of POLICY_EMBEDDING_MODEL. Every set is searched with it as it is and with noise that
spoils it. The share is a logistic function of the named features of `assistant/fusion`, fitted by maximum
likelihood: the passages that prove an answer against all that were found, under a softmax of fused scores.
Below a floor the share is none; the floor is where the sets gain most and lose least. Figures are
cross-validated in five folds, all cases of a gold document or of a question in one.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.evaluation.matching import comparable
from assistant.evaluation.outcome import SEARCHED
from assistant.evaluation.questions import GoldenQuestion
from assistant.fusion.ranking import BothSides, Worth, both_sides
from assistant.fusion.vector_share import FUSION_FEATURES, FittedShare
from assistant.question import understand
from assistant.retriever import term_weights, worth_of
from assistant.selecting.linear_model import LinearModel, model_record
from assistant.understanding.names import learn_names
from benchmarks.embedded import EmbeddedLibrary, embedded_library
from benchmarks.question_sets import QuestionSet, sets_parser, wanted_sets
from vectorstore.embeddings import embedding_model
from vectorstore.settings import library_settings

_WRITTEN = Path(__file__).parents[1] / "assistant" / "fusion" / "fitted.json"
_NOISE = (0.0, 0.15, 0.3, 0.45)
_FLOORS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
_FOLDS, _STRENGTH, _THIRD = 5, 0.003, 3
# How much a set falls is held against it as heavily as five sets' gain; so much is chance.
_CHANCE, _FALL = 0.005, 1.0
# Those that ask the same of the same documents count less.
_SETS = {"golden, Traditional": 0.3, "golden, one wrong character": 0.5, "examples": 0.5}

Array = NDArray[np.float64]


@dataclass(slots=True)
class Case:
    """A question with what keywords and one embedding say of it.

    Attributes:
        of: set and embedding.
        group: what must not be on both sides of a fold.
        sides: what was found.
        worth: what is added for a document.
        proofs: for each piece of evidence the ids of the passages that hold it.
        trust: what the embedding is worth in the library.
    """

    of: tuple[str, float]
    group: str
    sides: BothSides
    worth: Worth
    proofs: tuple[frozenset[str], ...]
    trust: float

    def ranks(self, share: float) -> list[int]:
        """Return the rank of each proof among the first ten, from 1; 0 where it is not there."""
        first = list(self.sides.fused(share, self.worth))[:SEARCHED]
        return [next((n for n, key in enumerate(first, 1) if key in proof), 0) for proof in self.proofs]


def main() -> int:
    """Fit, print the cross-validated figures, and write the weights where that is asked for."""
    parser = sets_parser(__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = [one for one in wanted_sets(options) if not one.left_out]
    cases = [case for one in sets for noise in _NOISE for case in _cases(one, options.folder, noise)]
    folds = np.array([zlib.crc32(case.group.encode()) % _FOLDS for case in cases])
    models: list[LinearModel] = [
        _fitted([case for case, fold in zip(cases, folds, strict=True) if fold != out])
        for out in range(_FOLDS)
    ]
    found = {
        floor: _figures(cases, [FittedShare(models[fold], floor) for fold in folds]) for floor in _FLOORS
    }
    floor = max(found, key=lambda one: _gain(found[one]))
    figures = {"floor": floor, "sets": found[floor]}
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    if options.write:
        record = {
            "date": datetime.now().astimezone().date().isoformat(),
            "embedding": library_settings().policy_embedding_model,
            "figures": found[floor],
            "share": model_record(_fitted(cases)),
            "floor": floor,
        }
        _WRITTEN.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _cases(one: QuestionSet, folder: Path, noise: float) -> Iterator[Case]:
    model = embedding_model(library_settings())
    with embedded_library(one, folder, model, noise) as library:
        names = learn_names(library.documents())
        documents = library.by_id
        texts = {passage.id: comparable(passage.text) for passage in library.passages()}
        asked = one.questions[::_THIRD] if one.name == "cross-script" else one.questions
        for golden in asked:
            proofs = tuple(_proofs(library, golden, texts))
            if not golden.answerable or not any(proofs):
                continue
            question = understand(golden.text, golden.history, names)
            worth = worth_of(question, documents)
            weights = partial(term_weights, library, question)
            sides = both_sides(library, question, (), weights, worth, vectors=True)
            group = golden.gold[0] if golden.gold else golden.id
            yield Case((one.name, noise), group, sides, worth, proofs, library.yardstick.trust)


def _proofs(
    library: EmbeddedLibrary, golden: GoldenQuestion, texts: dict[str, str]
) -> Iterator[frozenset[str]]:
    """Yield the passages that hold each piece of evidence, or belong to each gold record."""
    if golden.gold:
        records = {document.source.rpartition("#")[2]: document.id for document in library.documents()}
        for name in golden.gold:
            yield frozenset(key for key in texts if key.partition(":")[0] == records.get(name))
    for piece in () if golden.gold else map(comparable, golden.evidence):
        yield frozenset(key for key, text in texts.items() if piece in text)


def _fitted(cases: Sequence[Case]) -> LinearModel:
    trusted = [case for case in cases if case.trust]
    rows = np.array([case.sides.features for case in trusted])
    center, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = list(zip(trusted, (rows - center) / scale, strict=True))
    count = Counter(case.of for case, _ in table)
    problem = [
        (_candidates(case), row, case.trust, _SETS.get(case.of[0], 1.0) / count[case.of])
        for case, row in table
    ]

    def loss(values: Array) -> tuple[float, Array]:
        total = _STRENGTH * float(values[2:] @ values[2:])
        slope = np.concatenate([[0.0, 0.0], 2 * _STRENGTH * values[2:]])
        for candidates, row, trust, weight in problem:
            one, own = _likelihood(candidates, row, trust, values)
            total += weight * one
            slope += weight * own
        return total, slope

    begin = np.concatenate([[np.log(10.0), -1.0], np.zeros(len(FUSION_FEATURES))])
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return LinearModel(FUSION_FEATURES, center, scale, best[2:], float(best[1]))


def _candidates(case: Case) -> tuple[Array, Array, Array]:
    """Return the scores of all candidates by keywords and by vectors, and which of them prove what."""
    words, near = case.sides.fused(1e-12, case.worth), case.sides.fused(1.0, case.worth)
    proofs = [[float(key in proof) for key in words] for proof in case.proofs if proof & words.keys()]
    return np.array([*words.values()]), np.array([near[key] for key in words]), np.array(proofs)


def _likelihood(
    candidates: tuple[Array, Array, Array], row: Array, trust: float, values: Array
) -> tuple[float, Array]:
    """Return how unlikely the proofs are under a softmax of the fused scores, and its slope."""
    words, near, proofs = candidates
    sharpness, chance = np.exp(values[0]), 1 / (1 + np.exp(-(values[1] + row @ values[2:])))
    scores = words + trust * chance * (near - words)
    likely = np.exp(sharpness * (scores - scores.max()))
    total, slope = 0.0, np.zeros(len(values))
    for proof in proofs:
        proving = likely * proof
        total += np.log(likely.sum()) - np.log(proving.sum())
        pull = likely / likely.sum() - proving / proving.sum()
        slope[0] += sharpness * (pull @ scores)
        by_share = sharpness * (pull @ (near - words)) * trust * chance * (1 - chance)
        slope[1:] += by_share * np.concatenate([[1.0], row])
    return float(total), slope


def _figures(cases: Sequence[Case], shares: Sequence[FittedShare]) -> dict[str, dict[str, list[float]]]:
    """Return set → embedding → recall at 5 and at 10 and mean reciprocal rank; keywords alone come first."""
    ranks: defaultdict[str, defaultdict[str, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for case, share in zip(cases, shares, strict=True):
        name, noise = case.of
        if not noise:
            ranks[name]["keywords"].append(case.ranks(0.0))
        vectors = case.trust * share.of(case.sides.features) if case.trust else 0.0
        ranks[name][f"noise {noise}"].append(case.ranks(vectors))
    return {name: {way: _measured(found) for way, found in of_set.items()} for name, of_set in ranks.items()}


def _measured(ranks: Sequence[Sequence[int]]) -> list[float]:
    every = np.array([rank for found in ranks for rank in found])
    first = [min((rank for rank in found if rank), default=0) for found in ranks]
    reciprocal = float(np.mean([1 / rank if rank else 0.0 for rank in first]))
    shares = (np.mean((every > 0) & (every <= 5)), np.mean(every > 0), reciprocal)
    return [round(float(share), 3) for share in shares]


def _gain(figures: dict[str, dict[str, list[float]]]) -> float:
    """Return the mean gain over keywords alone, less what sets fall by."""
    changes = [
        np.subtract(found, of_set["keywords"])
        for of_set in figures.values()
        for way, found in of_set.items()
        if way != "keywords"
    ]
    fallen = sum(float(np.maximum(0, -change[1:] - _CHANCE).sum()) for change in changes)
    return float(np.mean(changes)) - _FALL * fallen


if __name__ == "__main__":
    sys.exit(main())
