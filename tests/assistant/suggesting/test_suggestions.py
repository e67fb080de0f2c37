from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from assistant.suggesting.suggestions import (
    Example,
    comparison_questions,
    example_questions,
    short_title,
    showcase,
)
from tests.assistant.ui.samples import answer, citation, document, passage
from vectorstore.types import Passage, PassageKind, Period, Status

TODAY = date(2026, 6, 1)


def questions(text: str, **fields: object) -> list[str]:
    section = fields.pop("section", ("第一章 总则",))
    kind = fields.pop("kind", PassageKind.TEXT)
    found = example_questions([document(**fields)], lambda _: [passage(text, section=section, kind=kind)])
    return [example.question for example in found]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("到2030年，全市港口货物吞吐量达到3.2亿吨。", "青屿市2030年港口货物吞吐量的目标是多少？"),
        ("坚持“一港三湾”布局，优化岸线。", "青屿市的“一港三湾”指的是什么？"),
        ("对在本市新建的岸电设施，给予最高200万元补助。", "青屿市新建的岸电设施可获得多少补助？"),
    ],
)
def test_policy_language_suggests_its_own_questions(text: str, question: str) -> None:
    assert questions(text) == [question]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("第二节 发展目标", "《青屿市绿色港口发展办法》的发展目标是什么？"),
        ("三、重点任务", "《青屿市绿色港口发展办法》的重点任务有哪些？"),
        ("（二）保障措施", "《青屿市绿色港口发展办法》的保障措施有哪些？"),
    ],
)
def test_usual_headings_suggest_questions(heading: str, question: str) -> None:
    assert questions("略。", section=("第一章 总则", heading)) == [question]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("二、加快岸电设施建设", "青屿市在加快岸电设施建设方面有哪些安排？"),
        ("（三）健康服务", "青屿市在健康服务方面有哪些安排？"),
        ("3.创新管理机制", "青屿市在创新管理机制方面有哪些安排？"),
    ],
)
def test_other_headings_are_asked_about_as_people_do(heading: str, question: str) -> None:
    assert questions("略。", section=("第三章 主要任务", heading)) == [question]


@pytest.mark.parametrize("heading", ["一、指导思想", "第二章 总体要求", "前言部分"])
def test_what_every_document_has_is_not_asked_for(heading: str) -> None:
    assert questions("略。", section=(heading,)) == []


def test_what_a_document_reports_is_not_asked_for_as_a_plan() -> None:
    assert questions("略。", section=("第一章 发展现状", "一、岸线利用较为集约")) == []


def test_conditions_are_asked_for() -> None:
    asked = "《青屿市绿色港口发展办法》要求申请人符合哪些条件？"
    assert questions("申请人应当同时符合下列条件：") == [asked]


def test_a_table_of_indicators_is_asked_for_as_a_list() -> None:
    row = passage("岸电使用率：2030年95%", kind=PassageKind.TABLE_ROW, table="专栏1 主要指标")
    asked = example_questions([document()], lambda _: [row])
    assert "青屿市的主要指标有哪些？" in [example.question for example in asked if example.kind == "list"]


def test_a_document_without_a_region_is_asked_about_by_its_title() -> None:
    assert questions("到2030年，货物吞吐量达到3亿吨。", region="") == [
        "《青屿市绿色港口发展办法》2030年货物吞吐量的目标是多少？"
    ]


def test_what_was_reached_already_is_not_asked_as_a_target() -> None:
    assert questions("2025年，吞吐总量达到3亿吨。") == []


def test_national_doctrine_is_not_asked_about() -> None:
    assert questions("统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局。") == []


@pytest.mark.parametrize("region", ["东海省青屿市", "东海省青屿市（云浦县）", "青屿市"])
def test_a_place_is_named_without_its_province(region: str) -> None:
    assert questions("坚持“一港三湾”布局。", region=region) == ["青屿市的“一港三湾”指的是什么？"]


def test_plain_text_and_footnotes_suggest_nothing() -> None:
    assert questions("本办法由市交通局负责解释。") == []
    assert questions("坚持“一港三湾”布局。", kind=PassageKind.FOOTNOTE) == []


def test_kinds_of_questions_and_documents_take_turns() -> None:
    first = document()
    second = document(id="d2", region="云浦县", title="云浦县港口规划")
    texts = {
        "d1": ["到2030年，吞吐总量达到3亿吨。到2035年，吞吐总量达到4亿吨。", "坚持“一港三湾”布局。"],
        "d2": ["到2030年，岸线总长达到30公里。"],
    }

    def passages(document_id: str) -> Iterable[Passage]:
        return [passage(text, section=("总则",)) for text in texts[document_id]]

    asked = [example.question for example in example_questions([first, second], passages)]
    assert asked == [
        "青屿市2030年吞吐总量的目标是多少？",
        "青屿市的“一港三湾”指的是什么？",
        "云浦县2030年岸线总长的目标是多少？",
        "青屿市2035年吞吐总量的目标是多少？",
    ]


def test_no_question_is_asked_twice_and_none_is_long() -> None:
    assert len(questions("坚持“一港三湾”。再谈“一港三湾”格局。")) == 1
    assert questions("坚持“一港三湾”布局。", region="很" * 40) == []


def test_an_example_is_good_where_its_own_section_is_the_first_proof() -> None:
    text = "坚持“一港三湾”布局。"
    example = next(example_questions([document()], lambda _: [passage(text)]))
    elsewhere = citation(text, text, passage=passage(text, section=("附件",)))
    assert example.answered_by(answer("甲[1]", citation(text, text), elsewhere))
    assert not example.answered_by(answer("甲[1]", elsewhere, citation(text, text)))
    assert not example.answered_by(answer("未找到[1]", citation(text, text), refused=True))


def test_documents_in_force_come_first_and_regions_take_turns() -> None:
    documents = [
        document(id="old", period=Period(2016, 2020)),
        document(id="draft", status=Status.DRAFT),
        document(id="a1"),
        document(id="a2"),
        document(id="b1", region="云浦县"),
        document(id="news", status=Status.NOT_POLICY),
    ]
    assert [item.id for item in showcase(documents, TODAY)] == ["a1", "b1", "a2", "draft", "old", "news"]


def test_only_some_documents_of_a_large_library_are_read() -> None:
    assert len(showcase([document(id=str(number)) for number in range(3000)], TODAY)) < 20


def test_a_title_is_said_as_people_say_it() -> None:
    assert short_title("青屿市人民政府关于印发《绿色港口办法》的通知") == "绿色港口办法"
    assert short_title("青屿市人民政府关于印发绿色港口办法的通知") == "绿色港口办法"
    assert short_title("关于做好《绿色港口办法》宣传的通知") == "关于做好《绿色港口办法》宣传的通知"
    assert short_title("青屿市绿色港口办法") == "青屿市绿色港口办法"


def test_what_two_places_both_tell_is_compared() -> None:
    texts = {
        "d1": "到2030年，全市港口货物吞吐量达到3.2亿吨。",
        "d2": "到2030年，全市港口货物吞吐量达到1.5亿吨。",
    }
    places = [document(id="d1", region="青屿市"), document(id="d2", region="东海省赤湾市")]
    (example,) = comparison_questions(places, lambda identity: [passage(texts[identity], section=())])
    assert example.question == "青屿市和赤湾市2030年港口货物吞吐量的目标分别是多少？"
    assert (example.document_id, example.compared_with) == ("d2", "d1")


def test_what_is_said_of_other_industries_is_not_compared() -> None:
    text = "到2030年，产业规模力争达到120亿元。"
    places = [
        document(id="d1", region="青屿市", title="青屿市低空经济产业发展规划"),
        document(id="d2", region="赤湾市", title="赤湾市大健康产业发展规划"),
        document(id="d3", region="白沙市", title="白沙市低空经济行动方案"),
    ]
    (example,) = comparison_questions(places, lambda _: [passage(text, section=())])
    assert example.question == "青屿市和白沙市2030年产业规模的目标分别是多少？"


def test_a_place_and_a_part_of_it_are_not_compared() -> None:
    text = "到2030年，全市港口货物吞吐量达到3.2亿吨。"
    places = [document(id="d1", region="青屿市"), document(id="d2", region="青屿市云浦县")]
    assert list(comparison_questions(places, lambda _: [passage(text)])) == []


def test_a_comparison_is_answered_by_the_documents_of_both_places() -> None:
    example = Example("target", "问", "d2", ("一、目标",), compared_with="d1")
    one, other = citation("甲。", "甲。"), citation("乙。", "乙。", 2, document=document(id="d2"))
    assert example.answered_by(answer("答", one, other))
    assert not example.answered_by(answer("答", other))
