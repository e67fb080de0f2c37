"""Without any setting nothing is sent anywhere, and answers are those without a model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation import GoldenQuestion, read_questions
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

FILE = Path(__file__).parents[1] / "data" / "questions.jsonl"
QUESTIONS = read_questions(FILE)
# The console script in a process that cannot reach, nor even look up, any address.
OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(refuse)
import cli
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("question", QUESTIONS[::4], ids=lambda question: question.id)
def test_answers_are_those_without_a_model(
    example_library: PolicyLibrary, openai_server: OpenAIServer, question: GoldenQuestion
) -> None:
    unset = Assistant(example_library, AssistantSettings())
    configured = Assistant(example_library, settings(openai_server))
    plain = unset.ask(question.text).answer
    told = configured.ask(question.text, mode="extractive").answer
    assert plain.mode == "extractive"
    assert (plain.text, plain.citations, plain.notices, plain.refused) == (
        told.text,
        told.citations,
        told.notices,
        told.refused,
    )
    assert openai_server.requests == []


def test_where_no_address_can_be_reached_all_is_answered_the_same(
    example_settings: LibrarySettings, example_library: PolicyLibrary, tmp_path: Path
) -> None:
    environment = {**os.environ, "POLICY_DATA_DIR": str(example_settings.policy_data_dir)}
    asked = [sys.executable, "-c", OFFLINE, "ask", "--from", str(FILE), "--json"]
    run = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assistant = Assistant(example_library, AssistantSettings())
    told = [json.loads(line)["text"] for line in run.stdout.splitlines()]
    assert told == [assistant.ask(one.text, one.history).answer.text for one in QUESTIONS]
