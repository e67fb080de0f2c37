"""The HTTP service as the official client of OpenAI's protocol sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from assistant import Assistant
from assistant.records.audit import Action, AuditLog
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.assistant.api.serving import ASKED, MODEL, PATIENCE, QUESTION, client, post, serving
from tests.assistant.modelled import number_of
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings


@pytest.fixture(scope="module")
def plain(example_library: PolicyLibrary) -> Assistant:
    return Assistant(example_library, AssistantSettings())


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
    answer = httpx2.get(f"{url}/health", trust_env=False, timeout=PATIENCE).json()
    assert answer == {"status": "ok", "documents": len(example_library.documents())}


def test_questions_and_answers_are_noted_in_the_log(example_library: PolicyLibrary, tmp_path: Path) -> None:
    audit = AuditLog(Records(LibrarySettings.in_folder(tmp_path)), days=1)
    with serving(example_library, AssistantSettings(), audit=audit) as url:
        for streamed in (True, False):
            list(client(url).chat.completions.create(model=MODEL, messages=ASKED, stream=streamed))
    noted = [(entry.who, entry.action, entry.detail) for entry in reversed(audit.entries())]
    assert noted == [("API", Action.ASKED, QUESTION), ("API", Action.ANSWERED, "extractive")] * 2


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
    openai_server.script = lambda request: Reply(
        pieces=[f"目标是地区生产总值达到980亿元[{number_of(request)}]。", "年均增长10%左右[1]。", "以上。"]
    )
    stream = by_model.chat.completions.create(model=MODEL, messages=ASKED, stream=True)
    chunks = list(stream)
    assert "目标是地区生产总值达到980亿元[1]。" in text_of(chunks)
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
    openai_server.script = lambda request: Reply(
        "到2030年，地区生产总值达到980亿元[{0}]。到2030年，地区生产总值达到5000亿元[{0}]。以上为主要目标[{0}]。".format(
            number_of(request)
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
    asked = Event()

    def reply(_: Request) -> Reply:
        asked.set()
        return Reply(pieces=["目标很多"], ending="endless")

    openai_server.script = reply
    body = json.dumps({"model": MODEL, "messages": ASKED, "stream": streamed})
    patient = settings(openai_server, policy_answer_tokens=10**9)
    with serving(example_library, patient) as url:
        with closing(HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)) as leaver:
            leaver.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
            assert asked.wait(PATIENCE)
            if streamed:
                with leaver.getresponse() as answer:
                    next(line for line in answer if "目标" in line.decode())
        assert openai_server.client_left.wait(PATIENCE)


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


def test_a_draft_is_checked(url: str) -> None:
    wrong = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"
    (told,) = post(url, "/verify", {"text": wrong}).json()["sentences"]
    assert told["finding"] == "differs"
    assert "50万元" in told["suggestion"]
    assert told["citations"][0]["quote"]
    assert post(url, "/verify", {"text": ""}).status_code == 400


def get(url: str, path: str) -> httpx2.Response:
    return httpx2.get(url + path, trust_env=False, timeout=PATIENCE)


def test_facts_are_given_with_their_proof_page_by_page(url: str, example_library: PolicyLibrary) -> None:
    first = get(url, "/facts?kind=indicator&year=2030&limit=5").json()
    rest = get(url, "/facts?kind=indicator&year=2030&limit=1000&offset=5").json()
    assert first["total"] == 5 + len(rest["facts"])
    assert first["unread"] == []
    for one in first["facts"]:
        text = example_library.text(one["document_id"])
        assert text[one["start"] : one["end"]] == one["quote"]
        assert one["kind"] == "indicator"
        first_year, last_year = one["period"] or (one["year"], one["year"])
        assert first_year <= 2030 <= last_year
        assert (one["corrected"], one["original"], one["rejected"]) == (False, None, False)
    of_region = get(url, "/facts?region=%E6%9C%9B%E6%B1%80%E5%8C%BA").json()
    assert 0 < of_region["total"] < get(url, "/facts").json()["total"]


def test_facts_are_asked_for_by_what_their_kind_has(url: str) -> None:
    everything = get(url, "/facts?kind=deadline").json()["total"]
    effects = get(url, "/facts?kind=deadline&relation=effect&rejected=true").json()
    assert 0 < effects["total"] < everything
    assert {one["relation"] for one in effects["facts"]} == {"effect"}
    assert get(url, "/facts?role=partner&body=none").json()["total"] == 0


@pytest.mark.parametrize("query", ["kind=opinion", "year=abc", "limit=0", "limit=100000", "offset=-1"])
def test_facts_asked_for_wrongly_are_refused(url: str, query: str) -> None:
    answer = get(url, f"/facts?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_facts_of_an_unknown_document_are_refused(url: str) -> None:
    answer = get(url, "/facts?document=none")
    assert answer.status_code >= 400
    assert answer.json()["error"]["message"]
