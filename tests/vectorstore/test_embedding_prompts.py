"""What is written before questions and passages for embeddings that were trained with it."""

from __future__ import annotations

import pytest

from tests.openai_server import OpenAIServer
from tests.vectorstore.samples import SENTENCES, parsed
from vectorstore.embedding_prompts import EmbeddingPrompts, embedding_prompts, known_prompts
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import reembed
from vectorstore.settings import LibrarySettings


@pytest.fixture
def e5(settings: LibrarySettings, openai_server: OpenAIServer) -> LibrarySettings:
    """Settings of a library whose vectors come from an e5 behind an endpoint."""
    return LibrarySettings(
        policy_data_dir=settings.policy_data_dir,
        policy_embedding_model="intfloat/multilingual-e5-small",
        openai_base_url=openai_server.url,
    )


def asked(server: OpenAIServer) -> list[str]:
    """Every text that the endpoint was asked for since, and forget them."""
    texts = server.embedded
    server.requests.clear()
    return texts


def test_e5_hears_which_texts_are_passages_and_which_is_the_question(
    e5: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(e5) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        texts = asked(openai_server)
        assert len(texts) == len(SENTENCES)
        assert all(text.startswith("passage: ") for text in texts)
        library.search_vectors("产业规模", 3)
        assert asked(openai_server) == ["query: 产业规模"]


@pytest.mark.parametrize(
    ("model", "query", "passage"),
    [
        ("multilingual-e5-large", "query: ", "passage: "),
        ("local:/srv/models/e5-base-zh", "query: ", "passage: "),
        ("BAAI/bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("BAAI/bge-base-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-large-zh-noinstruct", "", ""),
        ("bge-m3:latest", "", ""),
        ("moka-ai/m3e-base", "", ""),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
        ("text-embedding-3-small", "", ""),
        ("builtin:e5", "", ""),
    ],
)
def test_the_prompts_are_those_of_the_model_s_name(model: str, query: str, passage: str) -> None:
    assert known_prompts(model) == EmbeddingPrompts(query, passage)


@pytest.mark.parametrize(
    "model",
    ["ollama:qwen3-embedding:0.6b", "intfloat/multilingual-e5-large-instruct", "gte-Qwen2-7B-instruct"],
)
def test_models_that_take_instructions_get_one_before_the_question_alone(model: str) -> None:
    prompts = known_prompts(model)
    assert prompts.query.startswith("Instruct: ")
    assert prompts.query.rstrip().endswith("\nQuery:")
    assert prompts.passage == ""


def test_settings_go_before_the_model_s_name() -> None:
    settings = LibrarySettings(
        policy_embedding_model="e5-small",
        policy_embedding_query_prompt="Instruct: 查找政策\\nQuery: ",
        policy_embedding_passage_prompt="none",
    )
    assert embedding_prompts(settings) == EmbeddingPrompts("Instruct: 查找政策\nQuery: ", "")


def test_vectors_made_with_another_prompt_are_not_mixed(
    e5: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(e5) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    other = e5.model_copy(update={"policy_embedding_passage_prompt": "none"})
    with PolicyLibrary.open(other) as library, pytest.raises(LibraryError, match=r"passage:.*reembed"):
        library.search_vectors("产业规模", 3)
    asked(openai_server)
    reembed(other)
    assert len(asked(openai_server)) == len(SENTENCES), "the vectors kept for the other prompt are no use"
