"""Fits the weights by which found passages are ranked; writes `assistant/fusion/fitted.json`.

    python -m benchmarks.fusing SHARED [--folder KEPT] [--more SET]... [--only NAME]... [--write]

Every set is searched with the built-in vectors, and where POLICY_EMBEDDING_MODEL is set all but the largest
with that embedding as it is and with noise that spoils it. The weights of the features of `assistant/fusion`
are fitted by maximum likelihood: the passages that prove an answer against all that were found, under a
softmax of their scores (Cao et al., Learning to Rank: From Pairwise Approach to Listwise Approach, 2007).
Figures are cross-validated in five folds, all cases of a set in one.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.evaluation.matching import comparable
from assistant.evaluation.outcome import SEARCHED
from assistant.evaluation.questions import GoldenQuestion
from assistant.fusion.ranking import RANKING_FEATURES, Candidates, candidates
from assistant.question import understand
from assistant.retriever import term_weights, worth_of
from assistant.understanding.names import learn_names
from benchmarks.embedded import embedded_library
from benchmarks.question_sets import QuestionSet, library_of, sets_parser, wanted_sets
from vectorstore.embeddings import embedding_model
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings

_WRITTEN = Path(__file__).parents[1] / "assistant" / "fusion" / "fitted.json"
_BUILT_IN = "built in"
_NOISE = (0.0, 0.15, 0.3, 0.45)
# A model in the process takes an hour for its passages.
_BUILT_IN_ALONE = frozenset({"policy-qa"})
_FOLDS, _STRENGTH, _THIRD = 5, 0.001, 3
# Those that ask the same of the same documents count less.
_SETS = {"golden, Traditional": 0.3, "golden, one wrong character": 0.5, "examples": 0.5}

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what was found for it.

    Attributes:
        of: set and embedding.
        found: the candidates.
        features: theirs, vectors as far as they are trusted.
        proofs: for each piece of evidence the ids of the passages that hold it.
    """

    of: tuple[str, str]
    found: Candidates
    features: Array
    proofs: tuple[frozenset[str], ...]

    def ranks(self, weights: Array) -> list[int]:
        """Return the rank of each proof among the first ten, from 1; 0 where it is not there."""
        order = np.argsort(-(self.features @ weights), kind="stable")
        first = [self.found.ids[at] for at in order][:SEARCHED]
        return [next((n for n, key in enumerate(first, 1) if key in proof), 0) for proof in self.proofs]


def main() -> int:
    """Fit, print the cross-validated figures, and write the weights where that is asked for."""
    parser = sets_parser(__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = [one for one in wanted_sets(options) if not one.left_out]
    embedding = library_settings().policy_embedding_model
    spoilt = [f"noise {noise}" for noise in _NOISE] if embedding else []
    cases = [
        case
        for one in sets
        for way in (_BUILT_IN, *(spoilt if one.name not in _BUILT_IN_ALONE else ()))
        for case in _cases(one, options.folder, way)
    ]
    folds = [_fold(case.of[0]) for case in cases]
    models = [
        _fitted([case for case, fold in zip(cases, folds, strict=True) if fold != out])
        for out in range(_FOLDS)
    ]
    weights = _fitted(cases)
    record = {
        "date": datetime.now().astimezone().date().isoformat(),
        "embedding": embedding,
        "weights": dict(zip(RANKING_FEATURES, weights.round(4).tolist(), strict=True)),
        "figures": _figures(cases, [models[fold] for fold in folds]),
    }
    written = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(written)
    if options.write:
        _WRITTEN.write_text(written, encoding="utf-8")
    return 0


def _fold(name: str) -> int:
    """Return the fold of a set; sets that ask about the same documents are in one."""
    documents = "golden" if name == "colloquial" else name.partition(",")[0]
    return zlib.crc32(documents.encode()) % _FOLDS


def _opened(one: QuestionSet, folder: Path, way: str) -> AbstractContextManager[PolicyLibrary]:
    if way == _BUILT_IN:
        return library_of(one, folder)
    return embedded_library(one, folder, embedding_model(library_settings()), float(way.split()[1]))


def _cases(one: QuestionSet, folder: Path, way: str) -> Iterator[Case]:
    with _opened(one, folder, way) as library:
        names = learn_names(library.documents())
        texts = {passage.id: comparable(passage.text) for passage in library.passages()}
        asked = one.questions[::_THIRD] if one.name == "cross-script" else one.questions
        for golden in asked:
            proofs = tuple(_proofs(library, golden, texts))
            if not golden.answerable or not any(proofs):
                continue
            question = understand(golden.text, golden.history, names)
            worth = worth_of(question, library.by_id)
            found = candidates(library, question, (), term_weights(library, question), worth, vectors=True)
            trusted = [found.similar.trust if name == "vectors" else 1.0 for name in RANKING_FEATURES]
            yield Case((one.name, way), found, found.features * trusted, proofs)


def _proofs(
    library: PolicyLibrary, golden: GoldenQuestion, texts: dict[str, str]
) -> Iterator[frozenset[str]]:
    """Yield the passages that hold each piece of evidence, or belong to each gold record."""
    if golden.gold:
        records = {document.source.rpartition("#")[2]: document.id for document in library.documents()}
        for name in golden.gold:
            yield frozenset(key for key in texts if key.partition(":")[0] == records.get(name))
    for piece in () if golden.gold else map(comparable, golden.evidence):
        yield frozenset(key for key, text in texts.items() if piece in text)


def _fitted(cases: Sequence[Case]) -> Array:
    """Return the weights under which the proofs are likeliest, each set and embedding counting alike."""
    count = Counter(case.of for case in cases)
    problem = [
        (case.features, proving, _SETS.get(case.of[0], 1.0) / count[case.of])
        for case in cases
        for proof in case.proofs
        if (proving := np.array([float(key in proof) for key in case.found.ids])).any()
    ]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = _STRENGTH * float(weights @ weights), 2 * _STRENGTH * weights
        for features, proving, share in problem:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            right = likely * proving
            total += share * float(np.log(likely.sum()) - np.log(right.sum()))
            slope = slope + share * ((likely / likely.sum() - right / right.sum()) @ features)
        return total, slope

    best: Array = minimize(loss, np.ones(len(RANKING_FEATURES)), jac=True, method="L-BFGS-B").x
    return best


def _figures(cases: Sequence[Case], weights: Sequence[Array]) -> dict[str, dict[str, list[float]]]:
    """Return set → embedding → recall at 5 and at 10 and mean reciprocal rank; keywords alone come first."""
    keywords = np.array([float(name in ("keywords", "worth")) for name in RANKING_FEATURES])
    ranks: defaultdict[str, defaultdict[str, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for case, fitted in zip(cases, weights, strict=True):
        name, way = case.of
        if way == _BUILT_IN:
            ranks[name]["keywords"].append(case.ranks(keywords))
        ranks[name][way].append(case.ranks(fitted))
    return {name: {way: _measured(found) for way, found in of_set.items()} for name, of_set in ranks.items()}


def _measured(ranks: Sequence[Sequence[int]]) -> list[float]:
    every = np.array([rank for found in ranks for rank in found])
    first = [min((rank for rank in found if rank), default=0) for found in ranks]
    reciprocal = float(np.mean([1 / rank if rank else 0.0 for rank in first]))
    shares = (np.mean((every > 0) & (every <= 5)), np.mean(every > 0), reciprocal)
    return [round(float(share), 3) for share in shares]


if __name__ == "__main__":
    sys.exit(main())
