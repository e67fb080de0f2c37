import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.generative import AnswerModel
from tests.assistant.answering import HITS, KEY, answer, failure, settings
from tests.openai_server import OpenAIServer, Reply
from vectorstore.errors import EndpointError, SettingsError


@pytest.mark.parametrize(
    "reply", [Reply(""), Reply("<think>只想不说"), Reply("", reasoning="只想不说"), Reply(" \n ")]
)
def test_an_empty_reply_is_an_error(openai_server: OpenAIServer, reply: Reply) -> None:
    openai_server.replies(reply)
    assert "没有给出回答" in failure(openai_server)


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (401, "invalid_api_key", "OPENAI_API_KEY"),
        (402, "", "额度"),
        (403, "", "权限"),
        (404, "model_not_found", "POLICY_CHAT_MODEL"),
        (429, "rate_limit_exceeded", "稍后再试"),
        (429, "insufficient_quota", "额度"),
        (400, "content_filter", "内容审核"),
        (400, "data_inspection_failed", "内容审核"),
        (400, "context_length_exceeded", "POLICY_CONTEXT_TOKENS"),
        (400, "bad", "400"),
        (500, "", "500"),
        (503, "", "503"),
    ],
)
def test_each_error_is_told_apart(openai_server: OpenAIServer, status: int, code: str, told: str) -> None:
    openai_server.replies(Reply(status=status, code=code, message=f"your key {KEY} ..."))
    assert told in failure(openai_server)


def test_a_wrong_key_is_not_repeated_in_the_error(openai_server: OpenAIServer) -> None:
    openai_server.key = "another"
    assert "OPENAI_API_KEY" in failure(openai_server)
    assert openai_server.requests[0].headers["authorization"].endswith(KEY)


def test_a_server_that_is_away_is_named(openai_server: OpenAIServer) -> None:
    openai_server.close()
    message = failure(openai_server)
    assert "无法连接" in message
    assert openai_server.url.split("/")[2] in message


def test_credentials_in_the_address_stay_out_of_the_message(openai_server: OpenAIServer) -> None:
    openai_server.close()
    message = failure(openai_server, openai_base_url=openai_server.url.replace("//", "//user:geheim@"))
    assert "geheim" not in message


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_what_may_succeed_later_is_tried_again(openai_server: OpenAIServer, status: int) -> None:
    openai_server.replies(Reply(status=status, headers={"Retry-After-Ms": "1"}), Reply("300亿元[1]。"))
    assert answer(openai_server, policy_retries=1)[0] == "300亿元[1]。"
    assert len(openai_server.requests) == 2


def test_a_server_that_names_its_time_is_not_asked_before(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply(status=429, headers={"Retry-After": "30"}), Reply("300亿元[1]。"))
    told = failure(openai_server, policy_retries=1, policy_first_token_timeout=1.5)
    assert "POLICY_FIRST_TOKEN_TIMEOUT" in told
    assert len(openai_server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_cannot_succeed_is_not_tried_again(openai_server: OpenAIServer, status: int) -> None:
    openai_server.replies(Reply(status=status, headers={"Retry-After-Ms": "1"}))
    failure(openai_server, policy_retries=2)
    assert len(openai_server.requests) == 1


def test_a_server_that_never_begins_is_given_up(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply("晚了", hold=threading.Event()))
    assert "POLICY_ANSWER_TIMEOUT" in failure(openai_server, policy_answer_timeout=0.3)


def test_a_first_token_that_does_not_come_is_given_up(openai_server: OpenAIServer) -> None:
    hold = threading.Event()
    openai_server.replies(Reply("晚了", hold=hold))
    assert "POLICY_FIRST_TOKEN_TIMEOUT" in failure(openai_server, policy_first_token_timeout=0.3)


def test_a_stream_that_falls_silent_is_given_up_after_what_it_said(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply(pieces=["规模为"], ending="stall"))
    reply = AnswerModel(settings(openai_server, policy_token_timeout=2)).answer("问", HITS)
    pieces = iter(reply)
    assert next(pieces) == "规模为"
    with pytest.raises(EndpointError, match="POLICY_TOKEN_TIMEOUT"):
        next(pieces)
    assert reply.ending.cut_short


def test_a_broken_stream_is_an_error_after_what_it_said(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply(pieces=["规模为"], ending="cut"))
    pieces = iter(AnswerModel(settings(openai_server)).answer("问", HITS))
    assert next(pieces) == "规模为"
    with pytest.raises(EndpointError, match="中途断开"):
        next(pieces)


@pytest.mark.parametrize("event", ["{not json", '"text"', "[1, 2]"])
def test_a_malformed_event_is_an_error(openai_server: OpenAIServer, event: str) -> None:
    openai_server.replies(Reply("规模为", events=[event]))
    assert "无法解读" in failure(openai_server)


def test_an_error_event_within_the_stream_is_an_error(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply("规模为", events=['{"error": {"message": "overloaded", "code": "busy"}}']))
    assert "中途报错" in failure(openai_server)


def test_an_address_without_the_protocol_is_an_error(openai_server: OpenAIServer) -> None:
    assert "/v1" in failure(openai_server, openai_base_url=openai_server.url + "/wrong/place")


def test_withheld_content_is_told(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply("规模", finish_reason="content_filter"))
    assert "内容审核" in failure(openai_server)


def test_a_proxy_of_the_environment_does_not_stand_before_this_machine(
    openai_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    openai_server.replies(Reply("300亿元[1]。"))
    assert answer(openai_server)[0] == "300亿元[1]。"


def test_a_missing_provider_package_is_named(openai_server: OpenAIServer) -> None:
    with pytest.raises(SettingsError, match="langchain-ollama"):
        answer(openai_server, policy_chat_model="ollama:qwen3:8b")


def test_an_error_after_the_thoughts_is_still_an_error(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply("<think>想</think>", ending="cut"))
    assert "中途断开" in failure(openai_server)


def test_a_model_without_temperature_is_asked_again_without_it(openai_server: OpenAIServer) -> None:
    openai_server.replies(
        Reply(status=400, code="unsupported_value", param="temperature"), Reply("300亿元[1]。")
    )
    assert answer(openai_server)[0] == "300亿元[1]。"
    assert [request.body["temperature"] for request in openai_server.requests] == [0, 1]


def test_twenty_questions_at_once_are_all_answered(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply("300亿元[1]。"))
    model = AnswerModel(settings(openai_server))
    with ThreadPoolExecutor(20) as pool:
        texts = list(pool.map(lambda _: "".join(model.answer("产业规模多大", HITS)), range(20)))
    assert texts == ["300亿元[1]。"] * 20
