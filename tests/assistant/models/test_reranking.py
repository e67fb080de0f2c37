"""A reranker orders what was found; where it fails, the order without it stands, with one notice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.models.cross_encoder import CrossEncoder
from assistant.settings import AssistantSettings
from tests.onnx_models import demanding_folder, embedding_folder, reranker_folder
from tests.openai_server import OpenAIServer, Reply
from vectorstore.errors import EndpointError, SettingsError
from vectorstore.hashing import embedded_text
from vectorstore.library import PolicyLibrary
from vectorstore.model_folder import ModelFolder

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
KEY = "jina-secret-of-the-tests"


def with_reranker(library: PolicyLibrary, server: OpenAIServer, **changed: object) -> Assistant:
    values: dict[str, object] = {
        "policy_rerank_url": f"{server.url}/rerank",
        "policy_rerank_model": "test-rerank",
        "policy_rerank_key": KEY,
    }
    return Assistant(library, AssistantSettings.model_validate(values | changed))


@pytest.fixture
def plain(example_library: PolicyLibrary) -> Assistant:
    return Assistant(example_library, AssistantSettings())


@pytest.mark.parametrize("path", ["", "/rerank"])
def test_passages_come_in_the_reranker_s_order(
    example_library: PolicyLibrary, openai_server: OpenAIServer, path: str
) -> None:
    openai_server.relevance = lambda text: -len(text)
    assistant = with_reranker(example_library, openai_server, policy_rerank_url=openai_server.url + path)
    hits = assistant.search(QUESTION, 5)
    sent = openai_server.requests[0].body
    assert sent["query"] == QUESTION
    assert sent["model"] == "test-rerank"
    assert openai_server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    shortest = sorted(sent["documents"], key=len)[:5]
    assert [text.endswith(hit.passage.text) for text, hit in zip(shortest, hits, strict=True)] == [True] * 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_more_is_looked_at_than_is_returned(
    example_library: PolicyLibrary, plain: Assistant, openai_server: OpenAIServer
) -> None:
    wanted = plain.search(QUESTION, 20)[19].passage.text
    openai_server.relevance = lambda text: float(text.endswith(wanted))
    assert with_reranker(example_library, openai_server).search(QUESTION, 3)[0].passage.text == wanted


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=401), "POLICY_RERANK_KEY"),
        (Reply(status=404), "POLICY_RERANK_URL"),
        (Reply(status=404, message="no model test-rerank"), "POLICY_RERANK_MODEL"),
        (Reply(status=500), "500"),
        (Reply(hold=threading.Event()), "POLICY_RERANK_TIMEOUT"),
        (Reply(events=['{"results": []}']), "POLICY_RERANK_URL"),
        (Reply(events=['{"data": 1}']), "POLICY_RERANK_URL"),
        (Reply(events=["[1]"]), "POLICY_RERANK_URL"),
        (Reply(events=['{"results": [{"index": 400, "relevance_score": 1}]}']), "POLICY_RERANK_URL"),
        (Reply(events=['{"results": [{"index": 0, "relevance_score": NaN}]}']), "POLICY_RERANK_URL"),
    ],
)
def test_a_reranker_that_fails_leaves_the_order_and_one_notice(
    example_library: PolicyLibrary, plain: Assistant, openai_server: OpenAIServer, reply: Reply, told: str
) -> None:
    openai_server.replies(reply)
    limit = 0.3 if reply.hold else 60
    assistant = with_reranker(example_library, openai_server, policy_rerank_timeout=limit)
    answer = assistant.ask(QUESTION).answer
    expected = plain.ask(QUESTION).answer
    assert (answer.text, answer.citations) == (expected.text, expected.citations)
    assert [notice for notice in answer.notices if "重排" in notice] == [answer.notices[0]]
    assert told in answer.notices[0]
    assert KEY not in "".join(answer.notices)


def test_a_reranker_that_is_away_is_named(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.close()
    notices = with_reranker(example_library, openai_server).ask(QUESTION).answer.notices
    assert "无法连接" in notices[0]


def test_what_the_reranker_leaves_out_comes_last(
    example_library: PolicyLibrary, plain: Assistant, openai_server: OpenAIServer
) -> None:
    before = plain.search(QUESTION, 4)
    openai_server.replies(Reply(events=[json.dumps({"results": [{"index": 2, "relevance_score": 0.9}]})]))
    after = with_reranker(example_library, openai_server).search(QUESTION, 4)
    assert [hit.passage.id for hit in after] == [before[place].passage.id for place in (2, 0, 1, 3)]


def test_each_side_of_a_comparison_keeps_its_turn(
    example_library: PolicyLibrary, plain: Assistant, openai_server: OpenAIServer
) -> None:
    question = "首次取得三类医疗器械注册证，临澜和砚川各奖励多少？"
    openai_server.relevance = lambda text: float("临澜" in text)
    before = plain.search(question)
    after = with_reranker(example_library, openai_server).search(question)
    assert [hit.document.id for hit in after] == [hit.document.id for hit in before]


def test_trying_what_to_ask_next_costs_nothing(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    assistant = with_reranker(example_library, openai_server)
    answer = assistant.ask(QUESTION).answer
    assert assistant.follow_ups(answer)
    assert len(openai_server.requests) == 1


def test_without_an_address_nothing_is_sent(plain: Assistant, openai_server: OpenAIServer) -> None:
    assert plain.search(QUESTION)
    assert openai_server.requests == []


def test_a_model_in_the_process_orders_the_first_thirty(
    example_library: PolicyLibrary, plain: Assistant, tmp_path: Path
) -> None:
    folder = reranker_folder(tmp_path / "longer-is-better")
    assistant = Assistant(example_library, AssistantSettings(policy_rerank_model=f"local:{folder}"))
    hits = assistant.search(QUESTION, 5)
    first = [hit.passage.text for hit in plain.search(QUESTION, 30)]
    length = {embedded_text(hit.document, hit.passage): hit for hit in plain.search(QUESTION, 30)}
    # The model reads 128 tokens, so that whatever is longer is as good.
    assert all(hit.passage.text in first for hit in hits)
    best = sorted(map(len, length), reverse=True)[4]
    assert all(
        len(embedded_text(hit.document, hit.passage)) >= min(best, 128 - 3 - len(QUESTION)) for hit in hits
    )
    assert assistant.ask(QUESTION).answer.notices == plain.ask(QUESTION).answer.notices


@pytest.mark.parametrize(
    ("make", "said"),
    [(embedding_folder, "不是重排模型"), (demanding_folder, "past_key_values")],
)
def test_a_model_that_is_no_reranker_leaves_the_order_and_one_notice(
    example_library: PolicyLibrary,
    plain: Assistant,
    tmp_path: Path,
    make: Callable[[Path], Path],
    said: str,
) -> None:
    folder = make(tmp_path / "m")
    assistant = Assistant(example_library, AssistantSettings(policy_rerank_model=f"local:{folder}"))
    answer, expected = assistant.ask(QUESTION).answer, plain.ask(QUESTION).answer
    assert answer.text == expected.text
    assert [note for note in answer.notices if said in note and "POLICY_RERANK_MODEL" in note]


def test_a_folder_without_a_reranker_is_refused_at_the_start(
    example_library: PolicyLibrary, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="POLICY_RERANK_MODEL"):
        Assistant(example_library, AssistantSettings(policy_rerank_model=f"local:{tmp_path / 'none'}"))


def test_a_model_that_takes_too_long_is_named(tmp_path: Path) -> None:
    folder = ModelFolder.named(f"local:{reranker_folder(tmp_path / 'slow')}", "POLICY_RERANK_MODEL")
    assert folder is not None
    texts = ["海岬" * 60] * 100  # more than one batch
    with pytest.raises(EndpointError, match="POLICY_RERANK_TIMEOUT"):
        CrossEncoder(folder, 1).scores(QUESTION, texts, patience=0)
    assert len(CrossEncoder(folder, 1).scores(QUESTION, texts, patience=60)) == 100
