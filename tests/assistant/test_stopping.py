"""An answer that is stopped or given up: what was shown stays, verified, and the endpoint is told."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from assistant.types import Verdict
from tests.assistant.asking import proven
from tests.assistant.modelled import FIGURE, PROOF, QUESTION, number_of, with_model
from tests.openai_server import OpenAIServer, Reply
from vectorstore.library import PolicyLibrary


@pytest.fixture
def model(openai_server: OpenAIServer) -> OpenAIServer:
    openai_server.script = lambda request: Reply(
        pieces=[f"{PROOF}[{number_of(request)}]。", "其目标", "为1234亿元[1]。"], ending="endless"
    )
    return openai_server


def test_what_was_shown_stays_and_is_verified(example_library: PolicyLibrary, model: OpenAIServer) -> None:
    stream = with_model(example_library, model).ask(QUESTION)
    shown = ""
    for piece in stream:
        shown += piece
        if "目标" in shown:
            stream.stop()
    answer = stream.answer
    assert answer.text == shown
    assert FIGURE in answer.text
    assert answer.statements[0].verdict is Verdict.SUPPORTED
    assert answer.mode == "model"
    assert "回答已停止。" in answer.notices
    assert not any("摘录" in notice for notice in answer.notices)
    assert proven(answer, example_library)


def test_the_endpoint_is_told(example_library: PolicyLibrary, model: OpenAIServer) -> None:
    stream = with_model(example_library, model).ask(QUESTION)
    next(iter(stream))
    stream.stop()
    _ = stream.answer
    assert model.client_left.wait(60)


def test_an_answer_given_up_tells_the_endpoint_too(
    example_library: PolicyLibrary, model: OpenAIServer
) -> None:
    stream = with_model(example_library, model).ask(QUESTION)
    next(iter(stream))
    stream.close()
    assert model.client_left.wait(60)
    with pytest.raises(RuntimeError, match="closed"):
        _ = stream.answer


def test_a_silent_endpoint_does_not_keep_a_reader_who_stops(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.script = lambda request: Reply(f"{PROOF}[{number_of(request)}]。", ending="stall")
    stream = with_model(example_library, openai_server, policy_token_timeout=600).ask(QUESTION)
    begun = Event()

    def stop() -> None:
        begun.wait(60)
        stream.stop()

    stopper = Thread(target=stop)
    stopper.start()
    shown = ""
    for piece in stream:
        shown += piece
        if PROOF in shown:
            begun.set()
    stopper.join()
    assert stream.answer.text.startswith(PROOF)


def test_stopped_before_the_first_word_there_is_still_something_to_read(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("甲", hold=Event()))
    stream = with_model(example_library, openai_server).ask(QUESTION)
    stream.stop()
    assert stream.answer.text == "回答已停止。"
    assert not stream.answer.citations


def test_sentences_are_handed_out_with_their_verdicts_while_the_answer_is_made(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.script = lambda request: Reply(
        f"{PROOF}[{number_of(request)}]。\n地区生产总值达到1234亿元[{number_of(request)}]。\n完",
        ending="stall",
    )
    stream = with_model(example_library, openai_server, policy_token_timeout=600).ask(QUESTION)
    seen: list[tuple[Verdict, ...]] = []
    for piece in stream:
        seen.append(tuple(statement.verdict for statement in stream.statements))
        if "完" in piece:
            stream.stop()
    assert seen[0] == ()
    assert (Verdict.SUPPORTED,) in seen
    assert (Verdict.SUPPORTED, Verdict.CONTRADICTED) in seen
