"""What is asked and found goes to the endpoint that is set, and nowhere that it points to."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from pydantic import SecretStr

from assistant import Assistant
from assistant.models.chat_model import open_model
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.assistant.strange_servers import moved
from tests.openai_server import OpenAIServer
from vectorstore.embeddings import embedding_model
from vectorstore.errors import EmbeddingError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_chat_model_s_redirect_carries_nothing_to_another_server(
    example_library: PolicyLibrary, openai_server: OpenAIServer, status: int
) -> None:
    with moved(status, openai_server.url) as url:
        answer = Assistant(example_library, settings(openai_server, openai_base_url=url)).ask(QUESTION).answer
    assert openai_server.requests == []
    assert "980亿元" in answer.text
    assert any("OPENAI_BASE_URL" in notice for notice in answer.notices)


@pytest.mark.parametrize("status", [307, 308])
def test_a_reranker_s_redirect_carries_nothing_to_another_server(
    example_library: PolicyLibrary, openai_server: OpenAIServer, status: int
) -> None:
    with moved(status, openai_server.url) as url:
        assistant = Assistant(
            example_library, AssistantSettings(policy_rerank_url=f"{url}/rerank", policy_rerank_model="m")
        )
        answer = assistant.ask(QUESTION).answer
    assert openai_server.requests == []
    assert any("POLICY_RERANK_URL" in notice for notice in answer.notices)


@pytest.mark.parametrize("status", [307, 308])
def test_an_embedding_model_s_redirect_carries_nothing_to_another_server(
    tmp_path: Path, openai_server: OpenAIServer, status: int
) -> None:
    with moved(status, openai_server.url) as url:
        model = embedding_model(
            LibrarySettings.in_folder(tmp_path).model_copy(
                update={
                    "policy_embedding_model": "test-embedding",
                    "openai_base_url": url,
                    "openai_api_key": SecretStr("k"),
                }
            )
        )
        with pytest.raises(EmbeddingError, match="OPENAI_BASE_URL"):
            model.embed([QUESTION])
        with pytest.raises(EmbeddingError, match="OPENAI_BASE_URL"):
            model.embed_query(QUESTION)
    assert openai_server.requests == []


def test_a_local_ollama_is_told_to_follow_no_redirect_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its package is not among ours: what is handed to it is all there is to see."""
    told: list[dict[str, object]] = []

    def opened(_: str, **options: object) -> FakeListChatModel:
        told.append(options)
        return FakeListChatModel(responses=[""])

    monkeypatch.setattr("langchain.chat_models.init_chat_model", opened)
    monkeypatch.setattr("langchain.embeddings.init_embeddings", opened)
    open_model(AssistantSettings(policy_chat_model="ollama:m"))
    stored = LibrarySettings.in_folder(tmp_path)
    embedding_model(stored.model_copy(update={"policy_embedding_model": "ollama:m"}))
    # The embedding model a second time, with little patience for questions.
    assert [options["client_kwargs"] for options in told] == 3 * [{"follow_redirects": False}]
