"""What the fitting of the judgement writes is what it has fitted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.proof.judgement import judgement_of
from benchmarks import judging


def test_the_trees_kept_judge_as_those_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    names = ["missing", "swap", "moved"]
    figures = random.integers(0, 4, (300, 3)).astype(float)
    false = figures[:, 0] + random.normal(0, 1, 300) > figures[:, 1]
    weights = random.uniform(0.5, 2, 300)
    monkeypatch.setattr(judging, "_FILE", tmp_path / "judgement.json")
    judging._write(names, figures, false, weights, 0.5, 300)
    judgement = judgement_of(json.loads((tmp_path / "judgement.json").read_text(encoding="utf-8")))
    expected = judging._fit(figures, false, weights).predict_proba(figures)[:, 1]
    doubts = [judgement.doubt(dict(zip(names, row, strict=True))) for row in figures]
    assert doubts == pytest.approx(list(expected), abs=0.01)
    assert max(doubts) - min(doubts) > 0.5
