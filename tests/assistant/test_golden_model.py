"""A scripted model answers golden questions over HTTP: rightly, or with one thing changed in each answer.

GOLDEN_CHANGES sets how many changes of a kind are tried at each question (3 for the long form).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from tests.assistant.answering import settings
from tests.assistant.changing import Changed
from tests.assistant.golden_model import Golden, GoldenModel, changed, read_golden
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary

RIGHT = 0.98
CAUGHT = 0.95
CHANGES = int(os.environ.get("GOLDEN_CHANGES", "1"))


@pytest.fixture(scope="module")
def golden() -> tuple[Golden, ...]:
    folder = os.environ.get("GOLDEN", "")
    if not folder:
        pytest.skip("没有标准问题：环境变量 GOLDEN 未设置 (GOLDEN is not set)")
    return read_golden(Path(folder) / "questions.jsonl")


@pytest.fixture
def assistant(real_library: PolicyLibrary, openai_server: OpenAIServer) -> Assistant:
    return Assistant(real_library, settings(openai_server))


def told(assistant: Assistant, server: OpenAIServer, model: GoldenModel) -> Answer:
    server.script = model
    return assistant.ask(model.golden.question, model.golden.history).answer


def shown(answer: Answer, change: Changed) -> bool:
    """Return whether a changed sentence stands in an answer as if it were proven."""
    said = change.text.removesuffix("。")
    return any(statement.holds and said in statement.text for statement in answer.statements)


def test_right_sentences_with_right_citations_are_supported(
    golden: tuple[Golden, ...], assistant: Assistant, openai_server: OpenAIServer
) -> None:
    answers = [told(assistant, openai_server, GoldenModel(one)) for one in golden]
    statements = [statement for answer in answers for statement in answer.statements]
    wrong = [f"{statement.text} {statement.reason}" for statement in statements if not statement.holds]
    replaced = [answer.question for answer in answers if answer.mode != "model"]
    assert len(statements) > 0.8 * len(golden)
    assert len(wrong) + len(replaced) <= (1 - RIGHT) * len(statements), (wrong, replaced)


@pytest.mark.parametrize("kind", ["figure", "unit", "year", "bound", "name", "quoted", "listed"])
def test_a_changed_sentence_is_caught(
    golden: tuple[Golden, ...],
    assistant: Assistant,
    openai_server: OpenAIServer,
    kind: str,
) -> None:
    tried, missed = 0, []
    for one, change in changed(golden, kind, CHANGES):
        model = GoldenModel(one, change)
        answer = told(assistant, openai_server, model)
        if change.text in model.said:
            tried += 1
            missed += [change] if shown(answer, change) else []
    assert tried
    assert len(missed) <= (1 - CAUGHT) * tried, missed
