"""Finding goes on by keywords where the endpoint that embeds questions fails."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from assistant import Assistant
from assistant.settings import AssistantSettings
from ingest.pipeline import parse
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TEXT = "滨海栈道建设方案\n\n为方便群众出行，制定本方案。\n\n一、主要目标\n\n到2030年，建成滨海栈道48公里。\n"


def test_an_endpoint_that_fails_leaves_the_search_by_keywords(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    settings = LibrarySettings.in_folder(tmp_path).model_copy(
        update={
            "policy_embedding_model": "test-embedding",
            "openai_base_url": openai_server.url,
            "openai_api_key": SecretStr(openai_server.key),
        }
    )
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(parse(TEXT.encode(), "plan.txt"))
        assistant = Assistant(library, AssistantSettings(policy_chat_model=""))
        assert "48公里" in assistant.search("滨海栈道多少公里")[0].passage.text
        assert assistant.ask("滨海栈道建成多少公里").answer.notices == ()

        def away(text: str) -> list[float]:
            raise ConnectionError(text)

        openai_server.embed = away
        answer = assistant.ask("2030年滨海栈道建成多少公里").answer
        assert "48公里" in answer.text
        told = [note for note in answer.notices if "本次只按关键词查找" in note]
        assert len(told) == 1
        assert "test-embedding" in told[0]
