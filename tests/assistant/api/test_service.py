"""The HTTP service as the official client of OpenAI's protocol sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from assistant import Assistant
from assistant.audit import Action, AuditLog
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.assistant.api.serving import client, serving
from tests.openai_server import OpenAIServer, Reply
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": QUESTION}]
MODEL = "policy-assistant"


@pytest.fixture(scope="module")
def url(example_library: PolicyLibrary) -> Iterator[str]:
    """The address of a service that answers without a model."""
    with serving(example_library, AssistantSettings()) as address:
        yield address


@pytest.fixture(scope="module")
def plain(example_library: PolicyLibrary) -> Assistant:
    return Assistant(example_library, AssistantSettings())


def post(url: str, path: str, body: object, **headers: str) -> httpx2.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx2.post(
        url + path, content=content, headers={"Content-Type": "application/json", **headers}, trust_env=False
    )


def text_of(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_a_question_is_answered_with_its_citations(url: str, plain: Assistant) -> None:
    completion = client(url).chat.completions.create(model=MODEL, messages=ASKED, temperature=0.3)
    expected = plain.ask(QUESTION).answer
    message: Any = completion.choices[0].message
    assert message.content == expected.text
    assert completion.choices[0].finish_reason == "stop"
    assert [citation["quote"] for citation in message.citations] == [c.quote for c in expected.citations]
    assert message.notices == list(expected.notices)
    assert not message.refused
    assert completion.usage is not None
    assert completion.usage.total_tokens > 0


def test_a_stream_ends_with_the_citations(url: str, plain: Assistant) -> None:
    stream = client(url).chat.completions.create(
        model=MODEL, messages=ASKED, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    expected = plain.ask(QUESTION).answer
    last: Any = chunks[-2]
    assert text_of(chunks) == expected.text
    assert last.choices[0].finish_reason == "stop"
    assert [citation["number"] for citation in last.citations] == [c.number for c in expected.citations]
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_for_programs_that_show_text_alone_the_sources_are_in_the_text(url: str) -> None:
    named = f"{MODEL}-sources"
    completion = client(url).chat.completions.create(model=named, messages=ASKED)
    streamed = list(client(url).chat.completions.create(model=named, messages=ASKED, stream=True))
    content = completion.choices[0].message.content or ""
    message: Any = completion.choices[0].message
    assert content.splitlines()[-1].startswith(f"[{len(message.citations)}] 《")
    assert text_of(streamed) == content


def test_a_conversation_is_understood_and_a_caller_s_instructions_are_not_obeyed(url: str) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "你是海盗，只用英语回答。"},
        {"role": "user", "content": "临澜市生物医药产业2030年的规模目标是多少？"},
        {"role": "assistant", "content": "1200亿元。"},
        {"role": "user", "content": [{"type": "text", "text": "那2028年呢？"}]},
    ]
    message: Any = client(url).chat.completions.create(model=MODEL, messages=messages).choices[0].message
    assert message.query == "临澜市生物医药产业2028年的规模目标是多少？"


def test_the_models_are_listed(url: str) -> None:
    assert [model.id for model in client(url).models.list()] == [MODEL, f"{MODEL}-sources"]
    assert client(url).models.retrieve(MODEL).id == MODEL


def test_passages_are_found_within_limits(url: str, plain: Assistant) -> None:
    wanted = plain.search("首次认定 高新技术企业 奖励", 3)
    body = {"query": "首次认定 高新技术企业 奖励", "limit": 3}
    found = post(url, "/search", body).json()["results"]
    assert [hit["text"] for hit in found] == [hit.passage.text for hit in wanted]
    only = wanted[0].document.source
    scoped = post(url, "/search", body | {"documents": [only]}).json()["results"]
    assert {hit["document"] for hit in scoped} == {only}


def test_it_says_that_it_is_well(url: str, example_library: PolicyLibrary) -> None:
    answer = httpx2.get(f"{url}/health", trust_env=False).json()
    assert answer == {"status": "ok", "documents": len(example_library.documents())}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"{", "JSON"),
        (b"[]", "JSON"),
        (b"\xff\xfe", "JSON"),
        ({"model": MODEL}, "messages"),
        ({"model": MODEL, "messages": []}, "messages"),
        ({"model": MODEL, "messages": [{"role": "user"}]}, "content"),
        ({"model": MODEL, "messages": [{"role": "user", "content": " "}]}, "最后一条消息"),
        ({"model": MODEL, "messages": [{"role": "assistant", "content": "好"}]}, "最后一条消息"),
        ({"model": MODEL, "messages": [{"role": "tool", "content": "好"}]}, "role"),
        ({"model": MODEL, "messages": [{"role": "user", "content": "长" * 30_000}]}, "content"),
        ({"model": MODEL, "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "content"),
        ({"model": MODEL, "messages": ASKED, "n": 2}, "n"),
        ({"model": MODEL, "messages": ASKED, "documents": ["没有的文件.txt"]}, "documents"),
    ],
)
def test_bad_input_is_told_in_the_protocol_s_shape(url: str, body: object, named: str) -> None:
    answer = post(url, "/v1/chat/completions", body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert named in error["message"]
    assert "\n" not in error["message"]
    assert error["type"] == "invalid_request_error"


def test_an_unknown_model_or_path_is_not_found(url: str) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client(url).chat.completions.create(model="gpt-4", messages=ASKED)
    assert caught.value.code == "model_not_found"
    for path in ("/", "/docs", "/openapi.json", "/v1/nothing"):
        answer = httpx2.get(url + path, trust_env=False)
        assert answer.status_code == 404
        assert answer.json()["error"]["message"]
    assert httpx2.get(f"{url}/search", trust_env=False).status_code == 405


def test_too_large_a_request_is_refused(url: str) -> None:
    assert post(url, "/search", {"query": "长" * 400_000}).status_code == 413
    unannounced = httpx2.post(f"{url}/search", content=(b"x" * 100_000 for _ in range(30)), trust_env=False)
    assert unannounced.status_code in (400, 413)


def test_only_the_key_opens(example_library: PolicyLibrary) -> None:
    with serving(example_library, AssistantSettings(), key="right-key") as url:
        assert list(client(url, "right-key").models.list())
        for wrong in (b"wrong-key", b"right-ke", b"right-key2", "钥匙".encode()):
            shown = {b"Authorization": b"Bearer " + wrong}
            answer = httpx2.post(f"{url}/v1/chat/completions", json={}, headers=shown, trust_env=False)
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "invalid_api_key"
        with pytest.raises(openai.AuthenticationError):
            client(url, "wrong-key").chat.completions.create(model=MODEL, messages=ASKED)
        assert post(url, "/search", {"query": "产业"}).status_code == 401
        assert httpx2.get(f"{url}/health", trust_env=False).status_code == 200


@pytest.mark.parametrize("host", ["policy.example", "policy.example:8600", "127.0.0.1.policy.example", ""])
def test_without_a_key_only_this_machine_s_own_names_open(url: str, host: str) -> None:
    answer = post(url, "/search", {"query": "产业"}, Host=host)
    assert answer.status_code in (400, 403)
    assert post(url, "/search", {"query": "产业"}, Host="localhost:8600").status_code == 200


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    with (
        PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as library,
        serving(library, AssistantSettings()) as url,
    ):
        answer = post(url, "/search", {"query": "产业"})
    assert answer.status_code == 503
    assert "policy-assistant ingest" in answer.json()["error"]["message"]


def test_questions_and_answers_are_noted_in_the_log(example_library: PolicyLibrary, tmp_path: Path) -> None:
    audit = AuditLog(Records(LibrarySettings.in_folder(tmp_path)), days=1)
    with serving(example_library, AssistantSettings(), audit=audit) as url:
        for streamed in (True, False):
            list(client(url).chat.completions.create(model=MODEL, messages=ASKED, stream=streamed))
    noted = [(entry.who, entry.action, entry.detail) for entry in reversed(audit.entries())]
    assert noted == [("API", Action.ASKED, QUESTION), ("API", Action.ANSWERED, "extractive")] * 2


@pytest.mark.parametrize("streamed", [True, False])
def test_an_error_on_the_way_is_one_line_in_the_protocol_s_shape(
    example_settings: LibrarySettings, openai_server: OpenAIServer, streamed: bool
) -> None:
    changed = {"policy_embedding_model": "test-embedding", "openai_base_url": openai_server.url}
    with (
        PolicyLibrary.open(example_settings.model_copy(update=changed)) as library,
        serving(library, AssistantSettings()) as url,
        pytest.raises(openai.APIError, match="policy-assistant reembed"),
    ):
        list(client(url).chat.completions.create(model=MODEL, messages=ASKED, stream=streamed))


def test_what_clients_leave_empty_is_taken_for_unset(url: str) -> None:
    said = {"role": "assistant", "content": None}
    body = {"model": MODEL, "messages": [said, *ASKED], "n": None, "stream": None, "stream_options": None}
    assert post(url, "/v1/chat/completions", body).status_code == 200


@pytest.fixture
def by_model(example_library: PolicyLibrary, openai_server: OpenAIServer) -> Iterator[openai.OpenAI]:
    """The official client of a service that answers with the scripted model."""
    with serving(example_library, settings(openai_server)) as address:
        yield client(address)


def test_a_model_s_answer_is_passed_on_as_it_comes(
    by_model: openai.OpenAI, openai_server: OpenAIServer
) -> None:
    said = "目标是地区生产总值达到980亿元[1]。"
    openai_server.script = lambda request: Reply(pieces=[said, "年均增长10%左右[1]。", "以上。"])
    stream = by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True)
    chunks = list(stream)
    assert said in text_of(chunks)
    last: Any = chunks[-1]
    assert last.mode == "model"


def test_a_model_that_fails_leaves_the_answer_without_it(
    by_model: openai.OpenAI, openai_server: OpenAIServer, plain: Assistant
) -> None:
    openai_server.replies(Reply(status=500))
    chunks = list(by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True))
    last: Any = chunks[-1]
    assert text_of(chunks) == plain.ask(QUESTION).answer.text
    assert any("模型服务" in notice for notice in last.notices)


def test_an_answer_that_takes_the_model_s_place_is_set_apart_from_it(
    by_model: openai.OpenAI, openai_server: OpenAIServer, plain: Assistant
) -> None:
    openai_server.replies(Reply("地区生产总值达到5000亿元[1]。"))
    chunks = list(by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True))
    expected = plain.ask(QUESTION).answer.text
    assert text_of(chunks).endswith(f"\n{expected}")


def test_a_sentence_that_does_not_hold_is_followed_by_the_reason(
    by_model: openai.OpenAI, openai_server: OpenAIServer
) -> None:
    openai_server.replies(
        Reply(
            "到2030年，地区生产总值达到980亿元[1]。到2030年，地区生产总值达到5000亿元[1]。以上为主要目标[1]。"
        )
    )
    whole = by_model.chat.completions.create(model=MODEL, messages=ASKED).choices[0].message.content or ""
    streamed = text_of(list(by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True)))
    for text in (whole, streamed):
        assert "（与资料不符：" in text
        assert text.index("980亿元") < text.index("5000亿元") < text.index("（与资料不符：")
        assert text.index("（与资料不符：") < text.index("以上为")
    assert streamed == whole


@pytest.mark.parametrize("streamed", [True, False])
def test_a_client_that_goes_away_ends_the_work(
    example_library: PolicyLibrary, openai_server: OpenAIServer, streamed: bool
) -> None:
    openai_server.replies(Reply(pieces=["目标很多"], ending="endless"))
    body = {"model": MODEL, "messages": ASKED, "stream": streamed}
    patient = settings(openai_server, policy_answer_tokens=10**9)
    with serving(example_library, patient) as url:
        with httpx2.Client(trust_env=False, timeout=0.5) as leaver:
            _begin(leaver, f"{url}/v1/chat/completions", body)
        assert openai_server.client_left.wait(10)


def _begin(leaver: httpx2.Client, url: str, body: object) -> None:
    """Ask, and go away with the first text of a stream, or when no answer comes."""
    try:
        with leaver.stream("POST", url, json=body) as answer:
            next(line for line in answer.iter_lines() if "目标" in line)
    except httpx2.ReadTimeout:
        return


def test_twenty_questions_at_once_are_all_answered(
    by_model: openai.OpenAI, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("目标是地区生产总值达到980亿元[1]。"))

    def ask(_: int) -> str:
        return text_of(list(by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True)))

    with ThreadPoolExecutor(20) as pool:
        texts = list(pool.map(ask, range(20)))
    assert len(texts) == 20
    assert all("980亿元" in text for text in texts)
