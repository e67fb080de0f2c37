"""Whatever the model or its endpoint does, there is an answer, and one line that says what happened."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from assistant.types import Answer
from prompts import load
from tests.assistant.answering import KEY
from tests.assistant.asking import Ask, proven
from tests.assistant.modelled import FIGURE, PROOF, QUESTION, number_of, with_model
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.library import PolicyLibrary

RULES = load("answer").text
BEFORE_ANY_TEXT: dict[str, tuple[Callable[[], Reply], str]] = {
    "server error": (lambda: Reply(status=500), "出错"),
    "wrong key": (lambda: Reply(status=401, code="invalid_api_key", message=f"Incorrect key: {KEY}"), "密钥"),
    "too many requests": (lambda: Reply(status=429), "繁忙"),
    "quota gone": (lambda: Reply(status=429, code="insufficient_quota"), "额度"),
    "no credit": (lambda: Reply(status=402), "额度"),
    "no such model": (lambda: Reply(status=404, code="model_not_found"), "POLICY_CHAT_MODEL"),
    "filtered question": (lambda: Reply(status=400, code="content_filter"), "审核"),
    "filtered answer": (lambda: Reply("", pieces=[""], finish_reason="content_filter"), "审核"),
    "says nothing": (lambda: Reply("", pieces=[""]), "没有给出回答"),
    "only blanks": (lambda: Reply(" \n "), "没有"),
    "only thinks": (lambda: Reply("<think>想一想</think>"), "没有给出回答"),
    "breaks off before the first word": (lambda: Reply(pieces=[""], ending="cut"), "断开"),
    "no JSON": (lambda: Reply(pieces=[""], events=["{not json"]), "无法解读"),
}
USELESS: dict[str, Callable[[], Reply]] = {
    "chats": lambda: Reply("您好，很高兴为您服务！请问还有什么可以帮您？"),
    "answers from its own knowledge": lambda: Reply("该区目标约为一千五百亿元。"),
    "answers in English": lambda: Reply("The target for 2030 is 980 billion yuan [1]."),
    "answers in Japanese": lambda: Reply("にせんさんじゅうねんのもくひょうはとてもおおきいです[1]。"),
    "recites its rules": lambda: Reply(RULES),
    "cites what does not say so": lambda: Reply("目标为1234亿元[1]。"),
    "cites what there is not": lambda: Reply("目标为1234亿元[77]。"),
    "repeats itself without end": lambda: Reply(pieces=["再说一遍。"], ending="endless"),
    "goes on without end": lambda: Reply(pieces=["啊"], ending="endless"),
    "writes JSON": lambda: Reply('{"answer": "1234", "sources": []}'),
    "breaks off in its first sentence": lambda: Reply(pieces=["目标为", "1234亿元[1]，"], ending="cut"),
}


@pytest.fixture
def extracted(ask: Ask) -> Answer:
    return ask(QUESTION)


def check_in_place(answer: Answer, extracted: Answer) -> str:
    """Check that the answer without a model stands in its place, and return the one notice of it."""
    assert answer.text == extracted.text
    assert answer.mode == "extractive"
    (notice,) = [line for line in answer.notices if line not in extracted.notices]
    assert notice.endswith("以下为资料原文摘录。")
    assert KEY not in notice
    return notice


@pytest.mark.parametrize(("failure", "told"), BEFORE_ANY_TEXT.values(), ids=BEFORE_ANY_TEXT.keys())
def test_where_the_model_fails_the_answer_without_it_takes_its_place(
    example_library: PolicyLibrary,
    openai_server: OpenAIServer,
    extracted: Answer,
    failure: Callable[[], Reply],
    told: str,
) -> None:
    openai_server.replies(failure())
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert told in check_in_place(answer, extracted)


@pytest.mark.parametrize("reply", USELESS.values(), ids=USELESS.keys())
def test_where_nothing_of_an_answer_holds_the_one_without_a_model_takes_its_place(
    example_library: PolicyLibrary,
    openai_server: OpenAIServer,
    extracted: Answer,
    reply: Callable[[], Reply],
) -> None:
    openai_server.replies(reply())
    answer = with_model(example_library, openai_server, policy_answer_tokens=200).ask(QUESTION).answer
    check_in_place(answer, extracted)


def test_an_endpoint_that_is_not_there_is_told(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    openai_server.close()
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert "无法连接" in check_in_place(answer, extracted)


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        (Reply(ending="cut"), "断开"),
        (Reply(ending="stall"), "POLICY_TOKEN_TIMEOUT"),
        (Reply(events=["{not json"]), "无法解读"),
        (Reply(events=['{"error": {"message": "overloaded"}}']), "中途报错"),
        (Reply(finish_reason="length"), "不完整"),
        (Reply(finish_reason=None), "不完整"),
        (Reply(finish_reason="content_filter"), "审核"),
    ],
    ids=["cut", "stall", "malformed", "error event", "limit", "no end", "filter"],
)
def test_what_holds_of_an_answer_that_breaks_off_stays_and_is_completed(
    example_library: PolicyLibrary,
    openai_server: OpenAIServer,
    extracted: Answer,
    ending: Reply,
    told: str,
) -> None:
    def reply(request: Request) -> Reply:
        text = f"目标为{FIGURE}[{number_of(request)}]。此外"
        return Reply(text, ending=ending.ending, events=ending.events, finish_reason=ending.finish_reason)

    openai_server.script = reply
    limit = 2 if ending.ending == "stall" else 60
    stream = with_model(example_library, openai_server, policy_token_timeout=limit).ask(QUESTION)
    shown = "".join(stream)
    answer = stream.answer
    assert shown == answer.text
    assert answer.text.startswith(f"目标为{FIGURE}[1]。此外\n")
    assert re.sub(r"\[\d+\]", "", extracted.text) in re.sub(r"\[\d+\]", "", answer.text)
    assert (answer.mode, answer.refused) == ("model", False)
    (notice,) = [line for line in answer.notices if line not in extracted.notices]
    assert told in notice
    assert notice.endswith("后附资料原文摘录。")
    assert proven(answer, example_library)


def test_a_model_that_says_a_true_sentence_for_ever_is_ended(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.script = lambda request: Reply(
        pieces=[f"{PROOF}[{number_of(request)}]。"], ending="endless"
    )
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert 0 < answer.text.count(PROOF) <= 8
    assert any("反复" in notice for notice in answer.notices)
    assert openai_server.client_left.wait(60)


@pytest.mark.parametrize(
    "text",
    ["根据所给资料，无法回答这一问题。", "抱歉，资料中没有提到2040年的目标。", "资料未说明具体金额[1]。"],
)
def test_a_model_that_finds_nothing_in_its_own_words_refuses(
    example_library: PolicyLibrary, openai_server: OpenAIServer, text: str
) -> None:
    openai_server.replies(Reply(text))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert (answer.refused, answer.mode) == (True, "model")


def test_after_a_failure_the_next_question_finds_the_model_again(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply(status=500))
    assistant = with_model(example_library, openai_server)
    assert assistant.ask(QUESTION).answer.mode == "extractive"
    openai_server.script = lambda request: Reply(f"{FIGURE}[{number_of(request)}]。")
    assert assistant.ask(QUESTION).answer.mode == "model"
