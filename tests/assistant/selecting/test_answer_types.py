"""The form that a question wants is told by its words, and a text either has it or not."""

from __future__ import annotations

import pytest

from assistant.selecting.answer_types import (
    answer_types_of,
    defines,
    focus_of,
    has_answer_type,
    unit_pattern,
    years_in,
)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("奖励多少万元?", "money"),
        ("什么时候截止?", "time"),
        ("由哪个部门负责?", "body"),
        ("有哪些措施?", "list"),
        ("咨询电话是什么?", "contact"),
        ("增速是多少?", "share"),
        ("县医院院长是谁?", "person"),
        ("领导小组组长叫什么名字?", "person"),
    ],
)
def test_forms_are_told_by_what_asks(question: str, form: str) -> None:
    assert form in answer_types_of(question)


def test_which_ones_asks_for_names_and_no_count() -> None:
    assert answer_types_of("联盟是指哪几个市?") == {"list"}
    assert unit_pattern("联盟是指哪几个市?") is None


def test_a_year_alone_is_no_number() -> None:
    assert not has_answer_type("number", "到2030年全面建成")
    assert has_answer_type("number", "到2030年建成5个")


def test_a_person_is_told_by_name_or_office_and_by_no_body() -> None:
    assert has_answer_type("person", "市长聂承谦作了报告")
    assert has_answer_type("person", "方案由覃若舟牵头")
    assert has_answer_type("person", "由克里斯托弗主讲")
    assert has_answer_type("person", "组长由分管副市长兼任")
    assert not has_answer_type("person", "该校小学部计划招收8个班,服务新港片区")
    assert "person" not in answer_types_of("监理单位是哪家?")


def test_a_unit_counts_with_its_like() -> None:
    households = unit_pattern("新增企业多少家?")
    assert households is not None
    assert households.search("新增企业30户")
    assert households.search("企业数(家):30")
    assert not households.search("投资30亿元")


def test_the_focus_is_what_stands_right_before_what_asks() -> None:
    assert "人口" in focus_of("甲川市2030年常住人口目标是多少?")
    assert "甲川" not in focus_of("甲川市2030年常住人口目标是多少?")


def test_years_of_the_republic_count() -> None:
    assert years_in("113年度每人每月,2022年为5万人") == {2024, 2022}


@pytest.mark.parametrize(
    ("term", "text", "said"),
    [
        ("三基地", "建设三基地:东港、西港、南港。", True),
        ("三基地", "三基地主要包括东港、西港、南港。", True),
        # The end of the term is enough.
        ("市级三基地", "三基地指东港、西港、南港。", True),
        ("三基地", "加快三基地建设。", False),
        ("三基地", "四中心包括东港、西港。", False),
    ],
)
def test_a_text_that_goes_on_to_say_what_a_term_is_defines_it(term: str, text: str, said: bool) -> None:
    assert defines(term, text) is said


def test_amounts_that_look_like_years_are_none() -> None:
    assert not years_in("每人每月2094.4元,一次性补助2000元,奖励1995家,2000人次")
    assert years_in("2025年补助2000元,2020-2030年,〔2024〕5号") == {2025, 2020, 2030, 2024}
