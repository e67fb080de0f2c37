"""The whole way of a question: without a model, with one, and with one that fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import Assistant
from assistant.drafting import NOTHING_FOUND
from assistant.settings import AssistantSettings
from assistant.types import Answer, Scope, Turn
from ingest.pipeline import parse
from tests.assistant.asking import Ask, Filled, asker, filled, proven, sources
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
FIGURE = "980亿元"
KEY = "sk-secret-of-the-tests"
NUMBER = re.compile(r'<资料 编号="(\d+)">')


def with_model(library: PolicyLibrary, server: OpenAIServer, **changed: object) -> Assistant:
    values: dict[str, object] = {
        "policy_chat_model": "test-chat",
        "openai_base_url": server.url,
        "openai_api_key": SecretStr(KEY),
        "policy_retries": 0,
    }
    return Assistant(library, AssistantSettings.model_validate(values | changed))


def number_of(request: Request, words: str) -> int:
    """Return the number under which the passage that holds these words was given to the model."""
    return int(NUMBER.findall(request.prompt[: request.prompt.index(words)])[-1])


@pytest.fixture
def extracted(ask: Ask) -> Answer:
    return ask(QUESTION)


def test_an_answer_tells_what_was_asked_and_how_long_it_took(ask: Ask) -> None:
    answer = ask(f"  {QUESTION}\n")
    assert answer.question == f"  {QUESTION}\n"
    assert answer.query == QUESTION
    assert answer.mode == "extractive"
    assert 0 < answer.seconds < 60


def test_the_pieces_are_the_text_and_can_be_read_once_more(example_library: PolicyLibrary) -> None:
    stream = Assistant(example_library, AssistantSettings()).ask(QUESTION)
    assert "".join(stream) == stream.answer.text
    assert list(stream) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x1b\x07", "\u200b"])
def test_an_empty_question_is_answered_with_the_request_to_ask(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.refused
    assert answer.text == "请输入您的问题。"
    assert answer.citations == ()


def test_control_characters_in_a_question_do_not_matter(ask: Ask) -> None:
    assert "980" in ask("海岬高新区\x00\x1b[2J 2030年\x07地区生产总值\u200b目标是多少？").text


def test_a_question_of_ten_thousand_characters_is_answered_by_its_beginning(ask: Ask) -> None:
    answer = ask(QUESTION + "另外请注意格式。" * 1300)
    assert any("问题过长" in notice for notice in answer.notices)
    assert len(answer.query) <= 1000


@pytest.mark.parametrize(
    "text",
    ["？？？", "a" * 500, "'; DROP TABLE documents; --", "<script>alert(1)</script>", "𠮷野家", "%s{}"],
)
def test_questions_that_are_none_are_refused_and_nothing_breaks(ask: Ask, text: str) -> None:
    assert ask(text).refused


def test_a_scope_limits_what_is_cited(ask: Ask) -> None:
    answer = ask("2030年生物医药产业目标是多少？", scope=Scope(regions=("砚川",)))
    assert sources(answer) == {"砚川市生物医药产业倍增行动方案.txt"}


def test_what_lies_outside_the_scope_is_refused(ask: Ask) -> None:
    assert ask(QUESTION, scope=Scope(regions=("砚川",))).refused


def test_an_empty_library_refuses(library_of: Filled) -> None:
    answer = asker(library_of({}))(QUESTION)
    assert (answer.refused, answer.citations) == (True, ())


def test_new_documents_are_known_without_starting_again(tmp_path: Path) -> None:
    with filled(tmp_path, {"a.txt": "甲川市渔港规划\n\n到2030年，甲川市建成渔港5个。\n"}) as library:
        ask = asker(library)
        assert ask("戊台市2030年建成渔港多少个？").refused
        with library.write() as writer:
            writer.put(parse("戊台市渔港规划\n\n到2030年，戊台市建成渔港7个。\n".encode(), "b.txt"))
        assert "渔港7个" in ask("戊台市2030年建成渔港多少个？").text


@pytest.mark.parametrize(
    ("before", "question", "held"),
    [
        ("临澜市生物医药产业2030年的规模目标是多少？", "那2028年呢？", "850"),
        ("海岬高新区2030年生物医药产业产值目标是多少？", "那望汀区呢？", "300亿元"),
        ("临澜市2030年生物医药产业规模目标是多少？", "砚川市是多少？", "800亿元"),
        ("临澜市首次认定的高新技术企业奖励多少？", "重新认定的呢？", "10万元"),
        ("“望汀医谷”在哪里？", "它的规划面积多大？", "3.6平方公里"),
        ("雏鹰计划给企业多少研发补助？", "瞪羚呢？", "100万元"),
    ],
)
def test_a_follow_up_is_answered_in_the_light_of_what_went_before(
    ask: Ask, before: str, question: str, held: str
) -> None:
    answer = ask(question, before)
    assert not answer.refused
    assert held in answer.text


def test_a_model_must_be_configured_to_be_asked_for(example_library: PolicyLibrary) -> None:
    with pytest.raises(SettingsError, match="POLICY_CHAT_MODEL"):
        Assistant(example_library, AssistantSettings()).ask(QUESTION, mode="model")


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
    assert answer.query in openai_server.requests[0].prompt


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


FAILURES: dict[str, Callable[[], Reply]] = {
    "server error": lambda: Reply(status=500),
    "wrong key": lambda: Reply(status=401, code="invalid_api_key", message=f"Incorrect API key: {KEY}"),
    "too many requests": lambda: Reply(status=429),
    "no such model": lambda: Reply(status=404, code="model_not_found"),
    "says nothing": lambda: Reply("", pieces=[""]),
    "only thinks": lambda: Reply("<think>想一想</think>"),
    "breaks off before the first word": lambda: Reply(pieces=[""], ending="cut"),
    "no JSON": lambda: Reply(pieces=[""], events=["{not json"]),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_where_the_model_fails_the_answer_without_it_takes_its_place(
    example_library: PolicyLibrary,
    openai_server: OpenAIServer,
    extracted: Answer,
    failure: Callable[[], Reply],
) -> None:
    openai_server.replies(failure())
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.text == extracted.text
    assert answer.mode == "extractive"
    assert "摘录" in answer.notices[0]
    assert KEY not in "".join(answer.notices)
    assert "Traceback" not in "".join(answer.notices)


def test_an_endpoint_that_is_not_there_is_named_in_a_notice(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    openai_server.close()
    assistant = with_model(example_library, openai_server)
    answer = assistant.ask(QUESTION).answer
    assert answer.text == extracted.text
    assert answer.mode == "extractive"
    assert answer.notices


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


def test_an_answer_that_breaks_off_is_replaced_whole(
    example_library: PolicyLibrary, openai_server: OpenAIServer, extracted: Answer
) -> None:
    openai_server.replies(Reply(pieces=["目标为", "1234亿元[1]，"], ending="cut"))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.text == extracted.text
    assert (answer.mode, bool(answer.notices)) == ("extractive", True)


def test_an_answer_cut_by_the_limit_says_so(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply(f"目标为{FIGURE}[1]，此外", finish_reason="length"))
    answer = with_model(example_library, openai_server).ask(QUESTION).answer
    assert answer.mode == "model"
    assert any("不完整" in notice for notice in answer.notices)


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


def test_after_a_failure_the_next_question_finds_the_model_again(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply(status=500), Reply(f"{FIGURE}[1]。"))
    assistant = with_model(example_library, openai_server)
    assert assistant.ask(QUESTION).answer.mode == "extractive"
    assert assistant.ask(QUESTION).answer.mode == "model"
