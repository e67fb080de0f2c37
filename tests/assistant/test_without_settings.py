"""Without any setting nothing is sent anywhere, and answers are those without a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary

QUESTIONS = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[1] / "data" / "questions.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("question", QUESTIONS[::4])
def test_answers_are_those_without_a_model(
    example_library: PolicyLibrary, openai_server: OpenAIServer, question: str
) -> None:
    unset = Assistant(example_library, AssistantSettings())
    configured = Assistant(example_library, settings(openai_server))
    plain = unset.ask(question).answer
    told = configured.ask(question, mode="extractive").answer
    assert plain.mode == "extractive"
    assert (plain.text, plain.citations, plain.notices, plain.refused) == (
        told.text,
        told.citations,
        told.notices,
        told.refused,
    )
    assert openai_server.requests == []
