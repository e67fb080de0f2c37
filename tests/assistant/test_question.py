"""A question is understood: its years, its words, and the form of answer it wants."""

from __future__ import annotations

import pytest

from assistant.question import AnswerKind, single_questions, understand
from assistant.types import Turn
from assistant.understanding.names import learn_names
from vectorstore.types import PolicyDocument


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("临澜市2030年产业规模目标是多少？", AnswerKind.NUMBER),
        ("第五人民医院什么时候建成？", AnswerKind.NUMBER),
        ("园区的规划面积有多大", AnswerKind.NUMBER),
        ("望汀区重点发展哪些产业？", AnswerKind.LIST),
        ("战略定位包括哪几项？", AnswerKind.LIST),
        ("什么是“三链融合”？", AnswerKind.FACT),
        ("“两库一榜”指什么", AnswerKind.FACT),
        ("如何推进低效用地再开发？", AnswerKind.FACT),
        ("对租用厂房的企业怎么支持", AnswerKind.FACT),
        ("这个办法还有效吗？", AnswerKind.STATUS),
        ("规划期限是哪几年？", AnswerKind.STATUS),
        ("这份规划是正式文件吗？", AnswerKind.STATUS),
        ("这个证的办法过期了吗？", AnswerKind.STATUS),
        ("许可证快过期了怎么办？", AnswerKind.FACT),
        ("租赁合同到期了还能续签吗？", AnswerKind.FACT),
        ("哪些文件提到了产业合作园？", AnswerKind.DOCUMENTS),
        ("临澜市和砚川市的奖励有什么区别？", AnswerKind.LIST),
        ("两地目标相比哪个高？", AnswerKind.FACT),
    ],
)
def test_the_form_of_answer_is_told_from_the_words_that_ask(text: str, kind: AnswerKind) -> None:
    assert understand(text).kind is kind


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("臨瀾市產業規模目標是多少？", "临澜市产业规模目标是多少？"),
        ("临澜市２０３０年目标是多少？", "临澜市2030年目标是多少？"),
        ("瞪羚企业的GDP占比是多少", "瞪羚企业的gdp占比是多少"),
    ],
)
def test_script_width_and_case_make_no_difference(text: str, same: str) -> None:
    one, other = understand(text), understand(same)
    assert (one.search, one.kind, one.years) == (other.search, other.kind, other.years)


def test_the_years_are_read_once_and_in_their_order() -> None:
    assert understand("2025年和２０３０年分别是多少？2025年完成了吗？").years == (2025, 2030)


@pytest.mark.parametrize(
    "text", ["投资20301万元的项目", "电话12025号", "编号32026", "面积2000亩", "每月2094.4元"]
)
def test_a_figure_that_only_looks_like_a_year_is_none(text: str) -> None:
    assert not understand(text).years


def test_years_from_the_conversation_are_wanted_less_firmly() -> None:
    asked = understand("那望汀区呢？", [Turn("user", "海岬高新区2030年产值目标是多少？")])
    assert asked.years == (2030,)
    assert asked.firm_years == ()


def test_two_places_held_against_each_other_are_asked_for_the_year_of_the_one_before() -> None:
    documents = [
        PolicyDocument(place, place, place, f"{place}规划", region=place) for place in ("临澜市", "砚川市")
    ]
    before = Turn("user", "临澜市2030年产业规模目标是多少？")
    asked = understand("与砚川市比较呢？", [before], learn_names(documents))
    assert asked.query == "临澜市和砚川市2030年产业规模目标是多少？"
    assert asked.firm_years == (2030,)


def test_the_words_that_only_ask_are_not_searched_for() -> None:
    search = understand("请问望汀区重点发展的产业有哪些呢？").search
    assert "重点发展的产业" in search
    assert not any(word in search for word in ("请问", "有哪些", "呢"))


def test_a_question_of_nothing_but_asking_words_is_still_searched_for() -> None:
    assert understand("有哪些？").search


@pytest.mark.parametrize("marks", ["“{}”", "「{}」", "『{}』", "《{}》", '"{}"'])
def test_terms_in_quotation_marks_are_taken_literally(marks: str) -> None:
    assert understand(f"{marks.format('三链融合')}是什么意思？").quoted == ("三链融合",)


def test_several_questions_are_answered_part_by_part() -> None:
    parts = understand("首批投产了多少个项目，总投资多少？何时建成？").parts
    assert [part.rstrip("？") for part in parts] == ["首批投产了多少个项目", "总投资多少", "何时建成"]


def test_a_clause_that_asks_nothing_belongs_to_the_question_behind_it() -> None:
    assert len(understand("按照规划，到2030年目标是多少？").parts) == 1


def test_what_is_said_before_a_clause_that_asks_leads_on_to_it() -> None:
    asked = understand("县里要买一台业务车，预算多少，对车有什么限制，谢谢")
    assert asked.parts == ("县里要买一台业务车，预算多少", "对车有什么限制，谢谢")
    assert understand("谁请假 谁主持").parts == ("谁请假", "谁主持")
    assert understand("研究院要花多少钱、建多大？").parts == ("研究院要花多少钱", "建多大")
    assert len(understand("生物药、化学药和器械哪个多？").parts) == 1
    assert len(understand("我家有两套房，能申请公租房吗？").parts) == 1


def test_each_part_of_a_question_is_about_the_place_that_it_names() -> None:
    documents = [
        PolicyDocument(place, place, place, f"{place}规划", region=place) for place in ("临澜市", "砚川市")
    ]
    query = "临澜市2030年产业规模多少？砚川市的企业一共有多少家？"
    first, second = single_questions(understand(query, (), learn_names(documents)))
    assert [mention.text for mention in first.mentions] == ["临澜市"]
    assert [mention.text for mention in second.mentions] == ["砚川市"]
    assert "临澜" not in second.wording
    (mention,) = second.mentions
    assert second.query[mention.start : mention.end] == "砚川市"


def test_the_query_shows_what_was_understood() -> None:
    before = [Turn("user", "海岬高新区2030年产值目标是多少？"), Turn("assistant", "600亿元。")]
    assert understand("2028年呢？", before).query == "海岬高新区2028年产值目标是多少？"
    assert understand("望汀医谷位于哪里？").query == "望汀医谷位于哪里？"


@pytest.mark.parametrize(
    ("text", "leans"),
    [("谁来负责？", True), ("谢谢。什么是瞪羚企业？", False), ("什么是瞪羚企业？", False)],
)
def test_what_was_asked_before_is_looked_for_where_a_question_leans_on_it(text: str, leans: bool) -> None:
    question = understand(text, [Turn("user", "临澜市怎么建设渔港？")])
    assert ("渔港" in question.wording) is leans
