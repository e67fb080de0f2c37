"""A decision says what decided it, and the operating points make it a certainty."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.selecting.decision import Decision
from assistant.selecting.fitted_models import Judge
from assistant.settings import AssistantSettings
from assistant.trees import Split
from assistant.types import Certainty
from vectorstore.library import PolicyLibrary

QUESTION = "海岬高新区地区生产总值目标是多少？"


@pytest.fixture
def decision(example_library: PolicyLibrary) -> Decision:
    found = Assistant(example_library, AssistantSettings()).decision(QUESTION)
    assert found is not None
    return found


def judges(decision: Decision) -> tuple[tuple[Judge, float], ...]:
    return (decision.models.found, decision.found), (decision.models.told, decision.told)


def test_what_the_features_add_to_what_is_usual_makes_the_probability_of_a_judge(decision: Decision) -> None:
    for judge, probability in judges(decision):
        usual = sum(tree.mean if isinstance(tree, Split) else tree for tree in judge.trees.trees)
        added = sum(added for _, _, added in decision.contributions(judge))
        odds = (judge.model.bias + judge.trees.bias + usual) / 2 + added
        assert probability == pytest.approx(1 / (1 + math.exp(-odds)))


def test_the_strongest_feature_stands_first(decision: Decision) -> None:
    for judge, _ in judges(decision):
        strengths = [abs(added) for _, _, added in decision.contributions(judge)]
        assert strengths == sorted(strengths, reverse=True)


def test_what_is_not_known_of_a_question_speaks_neither_for_an_answer_nor_against_it(
    decision: Decision,
) -> None:
    found = decision.models.found
    usual = found.model.center[found.model.names.index("standout")]
    one, other = (dict(decision.features) | {"standout": value} for value in (math.nan, usual))
    assert found.probability(one) == found.probability(other)
    assert found.contributions(one) == found.contributions(other)


@pytest.mark.parametrize(
    ("found", "told", "certainty"),
    [
        (1.01, 1.01, Certainty.SURE),
        (0.99, 1.01, Certainty.DOUBTFUL),
        (1.01, 0.99, Certainty.DOUBTFUL),
        (0.0, 1.01, Certainty.NONE),
        (0.99, 0.0, Certainty.NONE),
    ],
)
def test_the_stricter_judge_decides(
    decision: Decision, found: float, told: float, certainty: Certainty
) -> None:
    models = decision.models
    judged = replace(decision, found=models.found.sure * found, told=models.told.sure * told)
    assert judged.certainty is certainty


@pytest.mark.parametrize("question", ["如何办理出国签证？", "临澜市如何办理出国签证？"])
def test_what_shares_no_word_but_a_place_with_its_question_is_refused(
    example_library: PolicyLibrary, question: str
) -> None:
    strange = Assistant(example_library, AssistantSettings()).decision(question)
    assert strange is not None
    assert strange.certainty is Certainty.NONE


def test_the_answer_is_as_certain_as_its_decision(example_library: PolicyLibrary, decision: Decision) -> None:
    answer = Assistant(example_library, AssistantSettings()).ask(QUESTION).answer
    assert answer.certainty is decision.certainty


def test_where_nothing_is_found_there_is_nothing_to_decide(example_library: PolicyLibrary) -> None:
    assert Assistant(example_library, AssistantSettings()).decision("") is None
