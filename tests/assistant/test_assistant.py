"""The whole way of a question without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import AssistantSettings
from assistant.types import Scope
from ingest.pipeline import parse
from tests.assistant.asking import Ask, Filled, asker, filled, sources
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
FIGURE = "980亿元"


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


def test_a_question_that_only_itself_answers_takes_nothing_from_what_went_before(
    library_of: Filled,
) -> None:
    flats = "清溪县人才公寓管理办法\n第一条 人才公寓的租期最长不超过三年。"
    harbour = "青屿市渔港规划（2026—2030年）\n到2030年，全市渔港达到12座。"
    answer = asker(library_of({"flats.md": flats, "harbour.md": harbour}))(
        "人才公寓租期最长多久？", "青屿市2030年渔港达到多少座？"
    )
    assert answer.query == "人才公寓租期最长多久？"
    assert "三年" in answer.text


def test_a_model_must_be_configured_to_be_asked_for(example_library: PolicyLibrary) -> None:
    with pytest.raises(SettingsError, match="POLICY_CHAT_MODEL"):
        Assistant(example_library, AssistantSettings()).ask(QUESTION, mode="model")


def test_a_draft_is_held_against_the_library(tmp_path: Path) -> None:
    draft = "到2030年，甲川市建成渔港5个。到2030年，甲川市建成渔港8个。"
    with filled(tmp_path, {"a.txt": "甲川市渔港规划\n\n到2030年，甲川市建成渔港5个。\n"}) as library:
        checked = list(Assistant(library, AssistantSettings()).verify(draft))
    assert [(one.finding.verdict.value, one.suggestion) for one in checked] == [
        ("supported", ""),
        ("contradicted", "到2030年，甲川市建成渔港5个。"),
    ]
