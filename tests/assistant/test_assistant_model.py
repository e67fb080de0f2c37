"""The whole way of a question with a model: one that answers, fails, refuses, or cites nothing that holds."""

from __future__ import annotations

import pytest

from assistant.drafting.draft import NOTHING_FOUND
from assistant.types import Answer, Turn
from tests.assistant.asking import Ask, Filled, proven
from tests.assistant.modelled import FIGURE, QUESTION, number_of, with_model
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.library import PolicyLibrary


@pytest.fixture
def extracted(ask: Ask) -> Answer:
    return ask(QUESTION)


def test_the_model_s_answer_is_streamed_with_marks_that_are_citations(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    words = f"地区生产总值达到{FIGURE}"
    openai_server.script = lambda request: Reply(f"目标为{FIGURE}[{number_of(request, words)}]。")
    stream = with_model(example_library, openai_server).ask(QUESTION)
    pieces = list(stream)
    answer = stream.answer
    assert len(pieces) > 3
    assert "".join(pieces) == answer.text == f"目标为{FIGURE}[1]。"
    assert answer.mode == "model"
    assert not answer.refused
    assert words in answer.citations[0].quote
    assert proven(answer, example_library)


def test_the_model_reads_the_passages_that_were_found(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    assistant = with_model(example_library, openai_server)
    openai_server.replies(Reply("[1]"))
    _ = assistant.ask(QUESTION).answer
    best = assistant.search(QUESTION)[0].passage.text
    assert best.splitlines()[0][:40] in openai_server.requests[0].prompt


def test_several_passages_are_numbered_by_their_first_mark(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("甲[3]。乙[1]。又甲[3]。"))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.text == "甲[1]。乙[2]。又甲[1]。"
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert proven(answer, example_library)


def test_marks_without_a_passage_are_not_shown(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("甲[1]。乙[97]。"))
    stream = with_model(example_library, openai_server).ask(QUESTION)
    assert "97" not in "".join(stream)
    assert "97" not in stream.answer.text


def test_a_question_in_context_goes_to_the_model_as_it_was_understood(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("850亿元[1]。"))
    before = (Turn("user", "临澜市生物医药产业2030年的规模目标是多少？"), Turn("assistant", "1200亿元。"))
    answer = with_model(example_library, openai_server).ask("那2028年呢？", before).answer
    assert answer.query in openai_server.requests[-1].prompt


def test_a_draft_cited_by_the_model_brings_its_notice(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    words = "两库指高成长企业库"
    openai_server.script = lambda request: Reply(f"{words}[{number_of(request, words)}]。")
    answer = with_model(example_library, openai_server).ask("“两库一榜”指什么？").answer
    assert answer.mode == "model"
    assert any("征求意见稿" in notice for notice in answer.notices)


@pytest.mark.parametrize("text", ["【资料中未找到】", "资料中未找到。"])
def test_a_model_that_refuses_refuses(
    example_library: PolicyLibrary, openai_server: OpenAIServer, text: str
) -> None:
    openai_server.replies(Reply(text))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert (answer.refused, answer.mode) == (True, "model")
    assert answer.text.startswith(NOTHING_FOUND)


def test_an_answer_that_cites_nothing_is_not_trusted(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    openai_server.replies(Reply("目标为1234亿元。"))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.text == extracted.text
    assert "1234" not in answer.text
    assert any("出处" in notice for notice in answer.notices)


def test_a_figure_that_no_cited_passage_holds_is_not_trusted(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    words = f"地区生产总值达到{FIGURE}"
    openai_server.script = lambda request: Reply(f"目标为1234亿元[{number_of(request, words)}]。")
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.text == extracted.text
    assert answer.mode == "extractive"
    assert any("不符" in notice for notice in answer.notices)


def test_a_statement_that_fails_beside_one_that_holds_is_told(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    words = f"地区生产总值达到{FIGURE}"

    def reply(request: Request) -> Reply:
        number = number_of(request, words)
        other = 1 if number != 1 else 2
        return Reply(f"地区生产总值目标为{FIGURE}[{number}]。常住人口目标为77.7万人[{other}]。")

    openai_server.script = reply
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.mode == "model"
    assert [citation.supported for citation in answer.citations] == [True, False]
    assert answer.citations[1].why_not
    assert any("核对" in notice for notice in answer.notices)


def test_asked_without_the_model_the_endpoint_is_left_alone(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    answer = with_model(example_library, openai_server).ask(QUESTION, mode="extractive").answer
    assert answer.text == extracted.text
    assert openai_server.requests == []


def test_where_nothing_was_found_the_model_is_not_asked(
    library_of: Filled, openai_server: OpenAIServer
) -> None:
    assert with_model(library_of({}), openai_server).ask(QUESTION).answer.refused
    assert openai_server.requests == []
