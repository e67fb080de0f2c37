"""On real documents and golden questions, search and answers stay above these floors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation import Evaluation, examine, read_questions
from assistant.settings import AssistantSettings
from vectorstore.library import PolicyLibrary


@pytest.fixture(scope="module")
def evaluation(real_library: PolicyLibrary) -> Evaluation:
    """What becomes of the golden questions on the real documents, without a model."""
    folder = os.environ.get("GOLDEN", "")
    if not folder:
        pytest.skip("没有标准问题：环境变量 GOLDEN 未设置 (GOLDEN is not set)")
    questions = read_questions(Path(folder) / "questions.jsonl")
    assistant = Assistant(real_library, AssistantSettings())
    return examine(assistant, real_library, questions, "extractive")


def value(evaluation: Evaluation, name: str) -> float:
    found = next(figure.value for figure in evaluation.figures if figure.name == name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("recall@10", 0.85),
        ("complete", 0.70),
        ("refused_right", 0.6),
        ("genuine", 1.0),
        ("numbers", 1.0),
        ("marked", 1.0),
    ],
)
def test_a_figure_does_not_fall_below_its_floor(evaluation: Evaluation, name: str, floor: float) -> None:
    assert value(evaluation, name) >= floor


def test_few_questions_are_refused_that_could_be_answered(evaluation: Evaluation) -> None:
    assert value(evaluation, "refused_wrong") <= 0.08
