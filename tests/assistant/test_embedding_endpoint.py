"""Finding goes on by keywords where the endpoint that embeds questions fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import Assistant
from assistant.settings import AssistantSettings
from assistant.types import Certainty
from ingest.pipeline import parse
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TEXT = "滨海栈道建设方案\n\n为方便群众出行，制定本方案。\n\n一、主要目标\n\n到2030年，建成滨海栈道48公里。\n"


CLAUSES = ("盐田灯会", "渡口摆渡", "药圃义诊", "林场防火", "窑厂限产", "学堂午餐")
SUMS = {subject: f"{number}7万元" for number, subject in enumerate(CLAUSES, 1)}
MEASURES = "滨海市补助办法\n\n" + "\n\n".join(
    f"第{number}条 {subject}每年补助{SUMS[subject]}，由市财政局拨付。"
    for number, subject in zip("一二三四五六", CLAUSES, strict=True)
)


@pytest.fixture
def library(tmp_path: Path, openai_server: OpenAIServer) -> Iterator[PolicyLibrary]:
    settings = LibrarySettings.in_folder(tmp_path).model_copy(
        update={
            "policy_embedding_model": "test-embedding",
            "openai_base_url": openai_server.url,
            "openai_api_key": SecretStr(openai_server.key),
        }
    )
    with PolicyLibrary.open(settings) as opened:
        with opened.write() as writer:
            writer.put(parse(TEXT.encode(), "plan.txt"))
            writer.put(parse(MEASURES.encode(), "measures.txt"))
        yield opened


def away(text: str) -> list[float]:
    raise ConnectionError(text)


def test_an_endpoint_that_fails_leaves_the_search_by_keywords(
    library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    assistant = Assistant(library, AssistantSettings(policy_chat_model=""))
    assert "48公里" in assistant.search("滨海栈道多少公里")[0].passage.text
    assert assistant.ask("滨海栈道建成多少公里").answer.notices == ()

    openai_server.embed = away
    answer = assistant.ask("2030年滨海栈道建成多少公里").answer
    assert "48公里" in answer.text
    told = [note for note in answer.notices if "本次只按关键词查找" in note]
    assert len(told) == 1
    assert "test-embedding" in told[0]


@pytest.mark.parametrize("subject", CLAUSES)
def test_a_question_is_not_refused_because_the_endpoint_fails(
    library: PolicyLibrary, openai_server: OpenAIServer, subject: str
) -> None:
    openai_server.embed = away
    answer = (
        Assistant(library, AssistantSettings(policy_chat_model="")).ask(f"{subject}每年补助多少？").answer
    )
    assert answer.certainty is Certainty.SURE
    assert SUMS[subject] in answer.text.partition("\n")[0]
