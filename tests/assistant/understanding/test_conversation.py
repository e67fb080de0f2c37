"""A question that leans on the conversation becomes one that stands by itself."""

from __future__ import annotations

import pytest

from assistant.types import Turn
from assistant.understanding.conversation import standalone
from assistant.understanding.names import Names, learn_names
from vectorstore.types import PolicyDocument


@pytest.fixture
def names() -> Names:
    documents = [
        PolicyDocument(id="a", source="a", content_hash="a", title="临澜市生物医药产业规划", region="临澜市"),
        PolicyDocument(id="b", source="b", content_hash="b", title="砚川市生物医药产业规划", region="砚川市"),
    ]
    return learn_names(documents)


@pytest.mark.parametrize(
    ("before", "text", "query"),
    [
        ("临澜市2030年产业规模目标是多少？", "那砚川呢？", "砚川2030年产业规模目标是多少？"),
        (
            "临澜市2030年产业规模目标是多少？",
            "和砚川比，两地目标各是多少？",
            "临澜市和砚川2030年产业规模目标是多少？",
        ),
        (
            "临澜市2030年产业规模目标是多少？",
            "跟砚川相比怎么样？",
            "临澜市和砚川2030年产业规模目标是多少？",
        ),
        ("临澜市2030年产业规模目标是多少？", "和砚川比一下", "临澜市和砚川2030年产业规模目标是多少？"),
        (
            "临澜市和砚川市2030年产业规模目标是多少？",
            "与砚川市比较呢？",
            "临澜市和砚川市2030年产业规模目标是多少？",
        ),
        ("临澜市2030年产业规模目标是多少？", "和砚川比，哪个渔港大？", "临澜市和砚川哪个渔港大？"),
        ("临澜市2028年产业规模目标是多少？", "2030年呢？", "临澜市2030年产业规模目标是多少？"),
        ("临澜市2024年东岸区兑现了多少奖补？", "那西岸区呢？", "临澜市2024年西岸区兑现了多少奖补？"),
        ("临澜市2024年东岸区兑现了多少奖补？", "砚川市呢？", "砚川市2024年东岸区兑现了多少奖补？"),
        ("临澜市A03岗位招几人？", "A12呢？", "临澜市A12岗位招几人？"),
        ("“海岬药谷”建在哪里？", "那原药港呢？做什么的？", "原药港建在哪里？做什么的？"),
        ("临澜市2025年平均寿命是多少？", "2030年要到多少？", "临澜市平均寿命，2030年要到多少？"),
        ("临澜市产业规模目标是多少？", "它的重点产业有哪些？", "临澜市的重点产业有哪些？"),
        ("临澜市2030年产业规模目标是多少？", "砚川市是多少？", "砚川市2030年产业规模目标是多少？"),
        ("臺中市渔船补助是多少？", "臺北市呢？", "台北市渔船补助是多少？"),
        ("临澜市渔船补助是多少？", "臺北市呢？", "台北市渔船补助是多少？"),
        ("首次认定的企业奖励多少？", "砚川市呢？", "砚川市首次认定的企业奖励多少？"),
        ("临澜市产业规模目标是多少？", "还有呢？", "临澜市产业规模目标是多少？"),
        ("哪些文件提到了海洋牧场？", "还有哪些？", "哪些文件提到了海洋牧场？"),
        ("临澜市2025年产业产值是多少？", "它的目标呢？", "临澜市产业产值，目标是多少？"),
        (
            "中澜（临澜）生物医药产业园总体规划多大？",
            "该园区核心区有多大？",
            "中澜（临澜）生物医药产业园核心区有多大？",
        ),
        ("临澜市产业规模目标是多少？", "该市有哪些渔港？", "临澜市有哪些渔港？"),
        (
            "临澜市2030年产业规模目标是多少？",
            "这个目标是约束性的吗？",
            "临澜市2030年产业规模目标是约束性的吗？",
        ),
        ("临澜市的渔港规划还有效吗？", "砚川那份呢？", "砚川的渔港规划还有效吗？"),
        ("临澜市2030年产业规模目标是多少？", "那佛山呢？", "佛山2030年产业规模目标是多少？"),
        ("临澜市2028年产业规模目标是多少？", "2030年的呢？", "临澜市2030年产业规模目标是多少？"),
        ("临澜市2030年產業規模目標是多少？", "換成砚川市呢？", "砚川市2030年产业规模目标是多少？"),
        ("临澜市2030年产业规模目标是多少？", "目前呢？", "临澜市产业规模，目前是多少？"),
        ("临澜市对三类注册证奖励多少？", "那二类的呢？", "临澜市对二类注册证奖励多少？"),
        ("临澜市对Ⅲ期试验给多少资助？", "Ⅱ期呢？", "临澜市对Ⅱ期试验给多少资助？"),
        ("临澜市第一家研究院是什么？", "第二家呢？", "临澜市第二家研究院是什么？"),
        ("临澜市对首次认定的企业奖励多少？", "重新认定的呢？", "临澜市对重新认定的企业奖励多少？"),
        ("临澜市渔业大学海洋研究院有多少人？", "它什么时候成立？", "临澜市渔业大学海洋研究院什么时候成立？"),
        ("临澜市的措施由哪个部门实施？", "有效期到哪天？", "临澜市的措施，有效期到哪天？"),
        ("临澜市怎么建设渔港？", "谁来负责？", "临澜市建设渔港，谁来负责？"),
        ("临澜市怎么建设渔港？", "那由谁来负责？", "临澜市建设渔港，由谁来负责？"),
        ("临澜市产业产值是多少？", "要是出口呢，一年多少？", "临澜市产业产值，出口，一年多少？"),
        ("临澜市2030年床位数的目标是多少？", "现在达到多少了？", "临澜市床位数，现在达到多少了？"),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    names: Names, before: str, text: str, query: str
) -> None:
    assert standalone(text, [Turn("user", before), Turn("assistant", "……")], names) == query


def test_a_question_of_its_own_takes_nothing_from_before(names: Names) -> None:
    history = [Turn("user", "临澜市2030年产业规模目标是多少？")]
    assert standalone("砚川市重点发展哪些产业？", history, names) == "砚川市重点发展哪些产业？"
    assert standalone("砚川市有哪些空间布局？", history, names) == "砚川市有哪些空间布局？"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("今天上海天气怎么样？", "What is the target of 临澜 for 2030?"),
        ("今天上海天气怎么样？", "高新技术企业奖励多少？"),
        ("临澜市2030年产业规模目标是多少？", "什么是瞪羚企业？"),
        ("临澜市2030年产业规模目标是多少？", "哪些文件提到了渔港？"),
    ],
)
def test_a_question_that_stands_by_itself_gets_nothing_from_before(
    names: Names, before: str, text: str
) -> None:
    assert standalone(text, [Turn("user", before)], names) == text


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("渔港数量的目标是多少？", "临澜市2030年渔港数量的目标是多少？"),
        ("那渔港数量的目标是多少？", "临澜市2030年渔港数量的目标是多少？"),
        ("2028年渔港数量的目标是多少？", "临澜市2028年渔港数量的目标是多少？"),
        ("现在有多少渔港？", "临澜市现在有多少渔港？"),
        ("谢谢。另外，重点产业有哪些？", "临澜市2030年重点产业有哪些？"),
        ("全国有多少渔港？", "全国有多少渔港？"),
    ],
)
def test_a_question_with_its_own_subject_takes_the_place_and_year_only(
    names: Names, text: str, query: str
) -> None:
    history = [Turn("user", "临澜市2030年贸易总额目标是多少？")]
    assert standalone(text, history, names) == query


def test_a_question_in_traditional_characters_stays_as_typed_where_it_needs_nothing(names: Names) -> None:
    history = [Turn("user", "砚川市2030年产业规模目标是多少？")]
    assert standalone("临澜市有哪些產業園區？", history, names) == "临澜市有哪些產業園區？"


def test_a_last_part_that_names_another_place_asks_the_same_of_it(names: Names) -> None:
    asked = "临澜市2030年产业规模目标是多少？和砚川比呢？"
    assert standalone(asked, [], names) == "临澜市和砚川2030年产业规模目标是多少？"
    own = "临澜市2030年产业规模目标是多少？砚川有哪些产业？"
    assert standalone(own, [], names) == own


def test_places_asked_about_in_turn_can_be_held_together(names: Names) -> None:
    history = [Turn("user", "临澜市2030年产业规模目标是多少？"), Turn("user", "那砚川呢？")]
    assert standalone("两地相比呢？", history, names) == "临澜市和砚川2030年产业规模目标是多少？"


def test_one_place_alone_cannot_be_held_together_with_anything(names: Names) -> None:
    history = [Turn("user", "临澜市2030年产业规模目标是多少？")]
    assert "和" not in standalone("两者相比呢？", history, names)


def test_a_chain_of_follow_ups_keeps_its_subject(names: Names) -> None:
    history = [Turn("user", "临澜市2030年产业规模目标是多少？"), Turn("user", "那砚川呢？")]
    assert standalone("2028年呢？", history, names) == "砚川2028年产业规模目标是多少？"


@pytest.mark.parametrize("between", ["谢谢", "你好", "你能做什么？"])
def test_what_is_said_to_the_assistant_itself_is_no_question_to_lean_on(names: Names, between: str) -> None:
    history = [Turn("user", "临澜市2030年产业规模目标是多少？"), Turn("user", between)]
    assert standalone("那砚川呢？", history, names) == "砚川2030年产业规模目标是多少？"
    assert standalone(between, history[:1], names) == between
