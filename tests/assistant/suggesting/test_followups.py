"""What to ask next: from near the sources, answered by the library, nothing twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant, Scope, Turn
from assistant.settings import AssistantSettings
from assistant.types import Certainty
from tests.assistant.answering import settings
from tests.assistant.asking import Filled
from tests.openai_server import OpenAIServer, Reply
from vectorstore.library import PolicyLibrary

Suggest = Callable[[Reply], tuple[str, ...]]
PLAN = """青屿市绿色港口发展规划（2026—2030年）

第一章 发展现状

一、岸线利用较为集约

截至2025年，全市已利用岸线41公里，深水岸线利用率达到72%。

第二章 主要目标

到2030年，全市港口货物吞吐量达到3.2亿吨。

第三章 主要任务

一、加快岸电设施建设

新建岸电设施的企业，由市交通局会同财政局给予支持，建成岸电泊位60个。

二、完善集疏运体系

推进铁路专用线进港，建成疏港铁路18公里。
"""


@pytest.fixture
def assistant(library_of: Filled) -> Assistant:
    return Assistant(library_of({"plan.txt": PLAN}), AssistantSettings())


def test_what_stands_near_the_sources_is_suggested(assistant: Assistant) -> None:
    suggested = assistant.follow_ups(assistant.ask("青屿市建成疏港铁路多少公里？").answer)
    assert len(suggested) == 3
    assert any("目标" in question for question in suggested)
    assert "青屿市在加快岸电设施建设方面有哪些安排？" in suggested


def test_every_suggestion_is_answered_by_other_sources(example_library: PolicyLibrary) -> None:
    assistant = Assistant(example_library, AssistantSettings())
    for question in ("临澜市2030年生物医药产业规模的目标是多少？", "高新技术企业首次认定奖励多少？"):
        answer = assistant.ask(question).answer
        suggested = assistant.follow_ups(answer)
        assert len(suggested) == 3
        said = (Turn("user", question), Turn("assistant", answer.text))
        for further in suggested:
            told = assistant.ask(further, said).answer
            assert told.certainty is Certainty.SURE
            assert told.citations[0].quote != answer.citations[0].quote


def test_nothing_is_suggested_that_was_asked_before(assistant: Assistant) -> None:
    answer = assistant.ask("青屿市建成疏港铁路多少公里？").answer
    asked = assistant.follow_ups(answer)
    history = tuple(Turn("user", question) for question in asked)
    assert not set(assistant.follow_ups(answer, history)) & set(asked)


def test_what_the_answer_says_already_is_not_suggested(assistant: Assistant) -> None:
    answer = assistant.ask("青屿市2030年港口货物吞吐量的目标是多少？").answer
    assert not [question for question in assistant.follow_ups(answer) if "吞吐量" in question]


def test_what_a_table_told_is_not_suggested_again_as_a_sentence_tells_it(library_of: Filled) -> None:
    text = (
        "云浦县渔业规划\n\n一、目标\n\n到2030年，全县海水养殖产量达到19万吨。\n\n到2030年，全县渔业产值达到80亿元。\n\n"
        "二、指标\n\n|指标|2025年|2030年|\n|---|---|---|\n|养殖产量（万吨）|12|19|\n"
    )
    assistant = Assistant(library_of({"fish.md": text}), AssistantSettings())
    answer = assistant.ask("云浦县的主要指标有哪些？").answer
    assert "养殖产量（万吨）" in answer.text
    suggested = assistant.follow_ups(answer)
    assert "云浦县2030年渔业产值的目标是多少？" in suggested
    assert not [question for question in suggested if "海水养殖产量" in question]


def test_rows_of_a_table_are_asked_for_by_their_last_year(library_of: Filled) -> None:
    text = (
        "云浦县渔业规划\n\n一、目标\n\n|指标|2025年|2030年|\n|---|---|---|\n"
        "|海水养殖产量（万吨）|12|19|\n|休闲渔船（艘）|80|140|\n"
    )
    assistant = Assistant(library_of({"fish.md": text}), AssistantSettings())
    answer = assistant.ask("云浦县2030年海水养殖产量是多少？").answer
    assert assistant.follow_ups(answer) == ("云浦县2030年休闲渔船是多少？",)


def test_for_want_of_anything_near_the_document_itself_is_asked_about(library_of: Filled) -> None:
    text = (
        "云浦县护林员管理办法\n\n云浦县林业局\n\n2026年3月5日\n\n"
        + "".join(
            f"第{number}条 护林员分片巡山，按时填写记录，发现火情立即上报。\n\n"
            for number in "一二三四五六七八"
        )
        + "第九条 护林员每月补贴800元。\n\n本办法自发布之日起施行。\n"
    )
    assistant = Assistant(library_of({"rangers.txt": text}), AssistantSettings())
    suggested = assistant.follow_ups(assistant.ask("云浦县护林员每月补贴多少元？").answer)
    assert "《云浦县护林员管理办法》是什么时候发布的？" in suggested


def test_an_answer_without_sources_leads_nowhere(assistant: Assistant) -> None:
    assert assistant.follow_ups(assistant.ask("").answer) == ()


def test_suggestions_are_tried_within_the_scope(library_of: Filled) -> None:
    assistant = Assistant(library_of({"plan.txt": PLAN}), AssistantSettings())
    answer = assistant.ask("青屿市建成疏港铁路多少公里？").answer
    suggested = assistant.follow_ups(answer, scope=Scope(documents=("another.txt",)))
    assert not [question for question in suggested if "如何" in question or "目标" in question]


FURTHER = "青屿市建成岸电泊位多少个？"


@pytest.fixture
def by_model(library_of: Filled, openai_server: OpenAIServer) -> Suggest:
    """Ask with a model, then for suggestions, which the model makes with this reply."""
    assistant = Assistant(library_of({"plan.txt": PLAN}), settings(openai_server, policy_helper_timeout=5))

    def suggest(reply: Reply) -> tuple[str, ...]:
        openai_server.script = lambda request: (
            reply if "回答：" in request.prompt else Reply("建成疏港铁路18公里[1]。")
        )
        answer = assistant.ask("青屿市建成疏港铁路多少公里？").answer
        assert answer.mode == "model"
        return assistant.follow_ups(answer)

    return suggest


def test_the_model_s_questions_come_first_and_rules_fill_up(by_model: Suggest) -> None:
    suggested = by_model(Reply(f"<think>想</think>1. {FURTHER}\n"))
    assert suggested[0] == FURTHER
    assert len(suggested) == 3


@pytest.mark.parametrize(
    "line",
    [
        "青屿市2035年港口货物吞吐量的目标是多少？",
        "青屿市对海上风电设备制造企业的奖励是多少？",
        "滨港新区建成岸电泊位多少个？",
        "青屿市建成岸电泊位60个。",
        "青屿市建成岸电泊位多少个，请一并说明建设主体、资金来源、年度安排以及责任单位和完成时限？",
        "青屿市建成疏港铁路多少公里？",
    ],
)
def test_what_the_library_does_not_answer_anew_is_not_suggested(by_model: Suggest, line: str) -> None:
    assert line not in by_model(Reply(line))


@pytest.mark.parametrize(
    "reply", [Reply(status=500), Reply(""), Reply("三个问题", ending="cut"), Reply("吗", ending="endless")]
)
def test_where_the_model_fails_rules_suggest(by_model: Suggest, reply: Reply) -> None:
    assert len(by_model(reply)) == 3


def test_an_answer_without_the_model_asks_it_for_nothing(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    assistant = Assistant(example_library, settings(openai_server))
    answer = assistant.ask("高新技术企业首次认定奖励多少？", mode="extractive").answer
    assert assistant.follow_ups(answer)
    assert openai_server.requests == []


def test_passages_are_given_to_the_model_as_data(by_model: Suggest, openai_server: OpenAIServer) -> None:
    by_model(Reply(FURTHER))
    rules, data = openai_server.requests[-1].messages
    assert "不可信的数据" in rules["content"]
    assert '<资料 编号="1">' in data["content"]
