"""Vectors, built in and from an endpoint, and what the library does when they do not fit."""

from __future__ import annotations

import threading
from zlib import crc32

import numpy as np
import pytest
from pydantic import SecretStr

from tests.openai_server import OpenAIServer, Reply
from tests.vectorstore.samples import FIELDS, PLACES, SENTENCES, parsed
from vectorstore.doctor import examine
from vectorstore.embeddings import WordEmbeddings, embedding_model
from vectorstore.errors import EmbeddingError, LibraryError, SettingsError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild, reembed
from vectorstore.settings import LibrarySettings
from vectorstore.similarity import Similarities

KEY = "sk-very-secret"


@pytest.fixture
def remote(settings: LibrarySettings, openai_server: OpenAIServer) -> LibrarySettings:
    """Settings of a library whose vectors come from an endpoint."""
    return LibrarySettings(
        policy_data_dir=settings.policy_data_dir,
        policy_embedding_model="test-embedding",
        openai_api_key=SecretStr(KEY),
        openai_base_url=openai_server.url,
    )


def test_the_built_in_vectors_are_unit_vectors_of_the_words() -> None:
    near, far, empty = WordEmbeddings().embed(["大健康产业总规模", "河沿岸生态廊道", "，。"])
    question = WordEmbeddings().embed(["大健康产业规模是多少"])[0]
    assert np.linalg.norm(near) == pytest.approx(1)
    assert question @ near > 0.5 > question @ far
    assert not empty.any()
    assert WordEmbeddings().embed_query("大健康产业总规模") == pytest.approx(near.tolist())


def test_an_endpoint_fills_the_library_and_answers_queries(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        assert len(openai_server.embedded) == len(SENTENCES)
        assert library.vector_weight > 0
        assert len(library.search_vectors(SENTENCES[0], 3)) == 3


def test_a_vector_that_was_paid_for_is_never_asked_for_again(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    paid = len(openai_server.embedded)
    rebuild(remote)
    assert len(openai_server.embedded) == paid
    assert examine(remote).findings == ()


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "OPENAI_API_KEY"), (404, "模型"), (429, "稍后"), (500, "稍后"), (400, "不接受")],
)
def test_an_endpoint_that_refuses_is_named_without_its_key(
    remote: LibrarySettings, openai_server: OpenAIServer, status: int, said: str
) -> None:
    openai_server.replies(Reply(status=status, message=f"bad {KEY}", headers={"Retry-After": "0"}))
    with PolicyLibrary.open(remote) as library:
        with pytest.raises(EmbeddingError, match=said) as error, library.write() as writer:
            writer.put(parsed("规划.txt"))
        assert KEY not in str(error.value)
        assert "\n" not in str(error.value)
        assert library.documents() == ()


def test_a_different_model_is_refused_with_the_command_that_reembeds(
    settings: LibrarySettings, remote: LibrarySettings
) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    with PolicyLibrary.open(remote) as library:
        with pytest.raises(LibraryError, match="policy-assistant reembed"):
            library.search_vectors("产业", 3)
        with pytest.raises(LibraryError, match="policy-assistant reembed"), library.write():
            pass
        assert library.search_keywords("产业", 3)
        reembed(remote)
        assert library.search_vectors(SENTENCES[0], 3)
    assert examine(remote).findings == ()


def test_another_dimension_of_the_same_model_is_refused(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    openai_server.embed = lambda text: [1.0] * 5
    with (
        PolicyLibrary.open(remote) as library,
        pytest.raises(LibraryError, match=r"5 维.*reembed"),
        library.write() as writer,
    ):
        writer.put(parsed("办法.txt", "新的内容。"))


def test_a_cached_vector_of_another_dimension_is_refused(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    openai_server.embed = lambda text: [1.0] * 5
    with (
        PolicyLibrary.open(remote) as library,
        pytest.raises(EmbeddingError, match="reembed"),
        library.write() as writer,
    ):
        writer.put(parsed("办法.txt", SENTENCES[0], "新的内容。"))


def test_a_question_s_vector_of_another_dimension_is_refused(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        openai_server.embed = lambda text: [1.0] * 5
        with pytest.raises(LibraryError, match=r"5 维.*reembed"):
            library.search_vectors("产业规模", 3)


def test_a_question_is_paid_for_once_however_often_it_is_searched_for(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    with PolicyLibrary.open(remote) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        openai_server.requests.clear()
        for limit in (1, 2, 3):
            library.search_vectors("产业规模", limit)
    assert openai_server.embedded == ["产业规模"]


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(hold=threading.Event())])
def test_a_question_is_not_kept_waiting_by_an_endpoint_that_fails(
    remote: LibrarySettings, openai_server: OpenAIServer, reply: Reply
) -> None:
    hasty = remote.model_copy(update={"policy_embedding_timeout": 1})
    with PolicyLibrary.open(remote) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    openai_server.requests.clear()
    openai_server.replies(reply)
    with PolicyLibrary.open(hasty) as library:
        for query in ("产业规模", "产业规模", "生态廊道"):
            with pytest.raises(EmbeddingError, match="稍后"):
                library.search_vectors(query, 3)
    assert len(openai_server.requests) == 1, "neither repeated nor asked again at once"


def test_reembedding_goes_on_where_it_stopped(
    settings: LibrarySettings, remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    texts = [f"第{number}条措施的内容。" for number in range(150)]
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt", *texts))
    openai_server.replies(Reply(), Reply(status=401))
    with pytest.raises(EmbeddingError):
        reembed(remote)
    with PolicyLibrary.open(settings) as library:
        assert library.search_vectors(texts[0], 1), "the old vectors serve until the new are whole"
    openai_server.requests.clear()
    openai_server.replies(Reply())
    reembed(remote)
    assert 0 < len(openai_server.embedded) < len(texts)
    assert examine(remote).findings == ()


def test_a_colon_in_a_model_name_is_no_provider() -> None:
    named = LibrarySettings(policy_embedding_model="bge-m3:latest", openai_base_url="http://127.0.0.1:9/v1")
    assert embedding_model(named).name == "bge-m3:latest"


def test_a_provider_that_is_not_installed_is_named() -> None:
    with pytest.raises(SettingsError, match="cohere"):
        embedding_model(LibrarySettings(policy_embedding_model="cohere:embed-v4"))


def test_an_embedding_that_tells_less_than_words_is_left_out_and_named(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    openai_server.embed = lambda text: np.random.default_rng(crc32(text.encode())).normal(size=64).tolist()
    with PolicyLibrary.open(remote) as library:
        with library.write() as writer:
            for place in PLACES:
                of_place = [f"{place}的{field}由{place}负责，{field}每年检查。" for field in FIELDS]
                writer.put(parsed(f"{place}.txt", *of_place, title=f"{place}办法"))
        asked = len(openai_server.embedded)
        assert library.similarities("松涛县的冷链物流由谁负责", 5) == Similarities()
        assert len(openai_server.embedded) == asked
    assert [finding.part for finding in examine(remote).findings] == ["向量库"]
