"""Fits the scorer of sentences and the decision whether to answer; writes `assistant/selecting/fitted.json`.

    python -m benchmarks.fitting SHARED [--folder KEPT] [--more SET]... [--write]

With POLICY_EMBEDDING_MODEL set, the passages are found with that embedding, and `fitted_embedding.json` is
written: how near it holds a passage to be tells more than the built-in vectors do.

Both are logistic regressions (scikit-learn, L2) on the named features of `assistant/selecting`. The scorer
learns which sentences of the passages found overlap with the evidence or the reference answer. The decision
learns to tell answerable questions from those that are not: unanswerable ones of the sets, ones whose proof
is taken out of what was found, and ones whose year or place is changed. Figures are cross-validated in five
folds, all cases of a gold document or of a question in one, the decision resting on scores of other folds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from assistant.evaluation.matching import comparable, holds
from assistant.evaluation.questions import GoldenQuestion
from assistant.question import Question, understand
from assistant.retriever import find, term_weights
from assistant.selecting.answerability import ANSWERABILITY_FEATURES, answerability_features
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.linear_model import LinearModel, model_record
from assistant.selecting.places import holds_for
from assistant.selecting.query_profile import QueryProfile, profile_of
from assistant.selecting.sentence_features import EMBEDDED_FEATURES, SENTENCE_FEATURES, sentence_features
from assistant.selecting.units import Unit, units_of
from assistant.types import Hit
from assistant.understanding.names import Names, learn_names
from benchmarks.embedded import opened_library
from benchmarks.question_sets import QuestionSet, question_sets
from benchmarks.unanswerable import unanswerable
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings

_WRITTEN = Path(__file__).parents[1] / "assistant" / "selecting"
# How much a question of each set counts: small sets on whole documents more than many on short texts.
_SETS = {"golden": 2.0, "golden-2": 3.0, "policy-qa": 1.0, "cross-script": 0.5, "examples": 2.0}
# Not learnt from with an embedding: a thousand short texts of everything, which take long to embed.
_PLAIN = {"cross-script"}
# The same for sets of made-up documents and of one's own. Three are not learnt from: they tell what the
# others are worth.
_OWN = 1.0
_KEPT_OUT = ("made-up 1", "made-up 6", "made-up 8")
_GIVEN, _PROOF_OUT = "原本无答案", "证据不在所找段落中"
_SWAPS = {"年份换掉": 0.5, "地点换掉": 0.4, "数量换掉": 0.5}
_WAYS = {"": 1.0, _GIVEN: 4.0, _PROOF_OUT: 0.7, **_SWAPS}
# Of many documents only so many questions have their place or year changed; shorter references prove little.
_SOME_DOCUMENTS, _SWAPPED, _WORD_CHARS = 100, 200, 5
_WRONG_WEIGHT, _OVERLAP, _THIRD = 0.4, 0.34, 3
_FOLDS, _STRENGTH, _HITS, _MORE_HITS = 5, 0.3, 10, 24
# Share of answerable questions that may be refused, and refused or given with doubt.
_REFUSED, _DOUBTED = 0.05, 0.15


@dataclass
class Case:
    """A question with what was found for it.

    Attributes:
        group: cases of one group are in one fold.
        way: how it was made unanswerable; "" for an answerable one.
        overlap: for each sentence the share of the reference that it holds.
        features: of each sentence, a row each.
        scores: of each sentence, from a scorer that has not seen its group.
    """

    group: str
    way: str
    weight: float
    wanted: tuple[tuple[str, ...], ...]
    question: Question
    profile: QueryProfile
    passages: tuple[Candidate, ...]
    overlap: NDArray[np.float64]
    features: NDArray[np.float64]
    scores: NDArray[np.float64]

    def units(self) -> list[Unit]:
        """Return the best unit of each passage by the scores, best first."""
        return units_of(self.profile, self.passages, self.scores.tolist(), None)

    def right(self) -> bool:
        """Return whether the best unit holds all that a right answer holds."""
        unit = self.units()[0]
        said = comparable("".join(one.text for one in unit.passage.sentences[unit.first : unit.last + 1]))
        return all(any(_bare(choice) in _bare(said) for choice in item) for item in self.wanted)


def main() -> int:
    """Fit both models and print their cross-validated figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("build") / "gate")
    parser.add_argument(
        "--more", action="append", type=Path, default=[], help="a folder with a set of one's own"
    )
    parser.add_argument("--write", action="store_true", help="write the fitted weights into the project")
    options = parser.parse_args()
    embedding = library_settings().policy_embedding_model
    features = EMBEDDED_FEATURES if embedding else SENTENCE_FEATURES
    own = {folder.name for folder in options.more}
    sets = [
        one
        for one in question_sets(options.shared, options.more)
        if one.name in own | _SETS.keys() - (_PLAIN if embedding else set())
        or (one.name.startswith("made-up") and one.name not in _KEPT_OUT)
    ]
    cases = [case for one in sets for case in _cases(one, options.folder)]
    folds = _folds(cases)
    learning = [case for case in cases if not case.way and case.overlap.max(initial=0) > 0]
    for fold in range(_FOLDS):
        scorer = _scorer([case for case in learning if folds[case.group] != fold], features)
        for case in cases:
            if folds[case.group] == fold:
                case.scores = scorer.probabilities(case.features.tolist())
    rows, wanted, weights = _decisions(cases)
    probabilities = np.zeros(len(cases))
    for fold in range(_FOLDS):
        outside = np.array([folds[case.group] != fold for case in cases])
        model = _fitted(ANSWERABILITY_FEATURES, rows[outside], wanted[outside], weights[outside])
        probabilities[~outside] = model.probabilities(rows[~outside].tolist())
    answerable = probabilities[wanted > 0]
    doubtful, sure = (float(np.quantile(answerable, share)) for share in (_REFUSED, _DOUBTED))
    figures = _figures(cases, probabilities, doubtful, sure)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    if options.write:
        record = {
            "date": datetime.now().astimezone().date().isoformat(),
            "figures": figures,
            "scorer": model_record(_scorer(learning, features)),
            "answerability": model_record(_fitted(ANSWERABILITY_FEATURES, rows, wanted, weights)),
            "operating_points": {"sure": round(sure, 3), "doubtful": round(doubtful, 3)},
        }
        written = _WRITTEN / ("fitted_embedding.json" if embedding else "fitted.json")
        written.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _cases(one: QuestionSet, folder: Path) -> Iterator[Case]:
    with opened_library(one, folder) as library:
        names = learn_names(library.documents())
        questions = one.questions[::_THIRD] if one.name == "cross-script" else one.questions
        for question in questions:
            found = _found(library, question, names, _HITS)
            way = "" if question.answerable else _GIVEN
            yield from _case(library, one.name, question, way, found, names)
            if question.answerable:
                more = _found(library, question, names, _MORE_HITS)
                rest = [hit for hit in more if not _proves(question, hit)][:_HITS]
                yield from _case(library, one.name, question, _PROOF_OUT, rest, names)
        few = len(library.documents()) < _SOME_DOCUMENTS
        texts = {each.id: comparable(library.text(each.id)) for each in library.documents()} if few else {}
        for made in unanswerable(questions if few else questions[:_SWAPPED], texts, names):
            if made.way in _SWAPS:
                found = _found(library, made.question, names, _HITS)
                yield from _case(library, one.name, made.question, made.way, found, names)


def _found(library: PolicyLibrary, question: GoldenQuestion, names: Names, limit: int) -> list[Hit]:
    return find(library, understand(question.text, question.history, names), limit)


def _case(
    library: PolicyLibrary, name: str, golden: GoldenQuestion, way: str, hits: Sequence[Hit], names: Names
) -> Iterator[Case]:
    """Yield the case of a question; none where nothing was found or what is left answers it all the same."""
    question = understand(golden.text, golden.history, names)
    weights = term_weights(library, question)
    passages = candidates_of([hit for hit in hits if holds_for(question, hit)] or hits, weights)
    if not passages:
        return
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    overlap = np.concatenate([_overlap(golden, passage) for passage in passages])
    if way == _PROOF_OUT and overlap.max() >= 1:
        return
    rows = np.asarray(sentence_features(profile, passages))
    rows = rows if library.has_embedding else rows[:, : len(SENTENCE_FEATURES)]
    yield Case(
        group=golden.gold[0] if golden.gold else golden.id,
        way=way,
        weight=_SETS.get(name, _OWN),
        wanted=tuple(tuple(item.split("|")) for item in golden.must_include),
        question=question,
        profile=profile,
        passages=passages,
        overlap=overlap,
        features=rows,
        scores=np.zeros(len(rows)),
    )


def _proves(question: GoldenQuestion, hit: Hit) -> bool:
    """Return whether a passage proves the answer, or belongs to the record that does."""
    if question.gold:
        return hit.document.source.rpartition("#")[2] in question.gold
    text = comparable(hit.passage.text)
    if any(comparable(piece) in text for piece in question.evidence):
        return True
    return bool(question.must_include) and all(
        any(holds(text, comparable(choice)) for choice in item.split("|")) for item in question.must_include
    )


def _overlap(question: GoldenQuestion, passage: Candidate) -> NDArray[np.float64]:
    """Return the share of the evidence, or of the reference answer, that each sentence of a passage holds."""
    texts = [_bare(sentence.text) for sentence in passage.sentences]
    whole = "".join(texts)
    starts = np.cumsum([0, *map(len, texts)])
    wanted = question.evidence or [choice for item in question.must_include for choice in item.split("|")]
    record = passage.hit.document.source.rpartition("#")[2]
    overlap = np.zeros(len(texts))
    for piece in filter(None, map(_bare, wanted)):
        # A word or two stand in many a text that does not answer.
        if question.gold and len(piece) < _WORD_CHARS and record not in question.gold:
            continue
        at = whole.find(piece)
        while at >= 0:
            shared = np.minimum(at + len(piece), starts[1:]) - np.maximum(at, starts[:-1])
            overlap = np.maximum(overlap, np.maximum(shared, 0) / len(piece))
            at = whole.find(piece, at + 1)
    return overlap


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, comparable(text))).lower()


def _folds(cases: Sequence[Case]) -> dict[str, int]:
    groups = sorted({case.group for case in cases})
    drawn = np.random.RandomState(0).randint(0, _FOLDS, len(groups))
    return dict(zip(groups, map(int, drawn), strict=True))


def _scorer(cases: Sequence[Case], features: Sequence[str]) -> LinearModel:
    rows = np.vstack([case.features for case in cases])
    wanted = np.concatenate(
        [(case.overlap > 0) & (case.overlap >= _OVERLAP * min(1.0, case.overlap.max())) for case in cases]
    )
    weights = np.concatenate([np.full(len(case.features), case.weight) for case in cases])
    return _fitted(features, rows, wanted.astype(float), weights)


def _decisions(
    cases: Sequence[Case],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the features of each case, whether it can be answered, and how much it counts."""
    rows = np.asarray(
        [answerability_features(case.question, case.profile, case.passages, case.units()) for case in cases]
    )
    wanted = np.asarray([float(not case.way) for case in cases])
    weights = np.asarray(
        [
            case.weight * _WAYS[case.way] * (1.0 if case.way or case.right() else _WRONG_WEIGHT)
            for case in cases
        ]
    )
    return rows, wanted, weights


def _fitted(
    names: Sequence[str], rows: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]
) -> LinearModel:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(scaler.transform(rows), wanted, sample_weight=weights)
    return LinearModel(tuple(names), scaler.mean_, scaler.scale_, model.coef_[0], float(model.intercept_[0]))


def _figures(
    cases: Sequence[Case], probabilities: NDArray[np.float64], doubtful: float, sure: float
) -> dict[str, float]:
    """Return the cross-validated figures that are kept beside the weights."""
    answerable = [(case, value) for case, value in zip(cases, probabilities, strict=True) if not case.way]
    others = [(case, value) for case, value in zip(cases, probabilities, strict=True) if case.way]
    labels = [1.0] * len(answerable) + [0.0] * len(others)
    values = [value for _, value in (*answerable, *others)]
    return {
        "best unit holds the answer": round(float(np.mean([case.right() for case, _ in answerable])), 3),
        "AUC of the decision": round(float(roc_auc_score(labels, values)), 3),
        "answerable refused": round(float(np.mean([value < doubtful for _, value in answerable])), 3),
        "answerable refused or doubtful": round(float(np.mean([value < sure for _, value in answerable])), 3),
        "unanswerable refused": round(float(np.mean([value < doubtful for _, value in others])), 3),
        "unanswerable refused or doubtful": round(float(np.mean([value < sure for _, value in others])), 3),
    }


if __name__ == "__main__":
    sys.exit(main())
