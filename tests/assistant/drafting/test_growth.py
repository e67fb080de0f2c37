"""What is worked out from two figures of the ledger is told with both, and with how they differ."""

from __future__ import annotations

import pytest

from tests.assistant.asking import MARK, Ask, Filled, asker, proven, sources
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary

PLAN = """云泽市海洋经济规划（2026—2030年）

一、基础

2020年，全市海水养殖产量达到40万吨。2025年，海洋经济总产值达到400亿元，海洋油气产值达到90亿元。

二、目标

到2030年，海水养殖产量达到64.8万吨，规上海洋经济总产值力争达到644.2亿元。

主要指标如下。

| 指标 | 2025年 | 2030年 | 属性 |
|---|---|---|---|
| 出口额（亿元） | 30 | 90 | 预期性 |
| 学位（个） | 900 | 1200 | 约束性 |
| 污水集中处理率（%） | 95 | 95 | 约束性 |
| 港口泊位（个） | 50 | 55 | 预期性 |
"""


@pytest.fixture
def ask(library_of: Filled) -> Ask:
    return asker(library_of({"规划.md": PLAN}))


def said(answer_text: str) -> str:
    return MARK.sub("", answer_text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "云泽市海水养殖产量从2020年到2030年增加多少？",
            "2020年40万吨，2030年目标值64.8万吨，推算增加24.8万吨，增长62%，年均增长4.9%",
        ),
        ("云泽市出口额2030年比2025年多多少亿元？", "推算增加60亿元，增长200%，年均增长24.6%"),
        ("云泽市学位2025年到2030年年均增长多少？", "推算增加300个，增长33.3%，年均增长5.9%"),
        (
            "云泽市2030年出口额目标90亿元，是不是比2025年少？",
            "2030年目标值90亿元，推算增加60亿元",
        ),
        ("云泽市学位数量从2025年到2030年有什么变化？", "2025年900个，2030年目标值1200个，推算增加300个"),
    ],
)
def test_a_change_is_told_with_both_figures_and_their_proof(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert told in said(answer.text)
    assert answer.certainty == "sure"


def test_nothing_is_told_below_what_one_row_answers(library_of: Filled) -> None:
    plan = """云泽市海洋经济规划（2026—2030年）

一、目标

云泽市各部门要逐项对照，推动哪些条件成熟的指标在2025年就提前达到2030年目标。

| 类别 | 指标 | 2022年 | 2025年 | 2030年 | 属性 |
|---|---|---|---|---|---|
| 渔港服务 | 二级以上渔港设置救援站比例（%） | 66.7 | 100 | 100 | 约束性 |
| 渔港服务 | 乡镇渔港、社区码头达到国家服务能力推荐标准比例（%） | 30.8 | 46 | 69 | 约束性 |
"""
    answer = asker(library_of({"规划.md": plan}))("云泽市哪些指标2025年就达到2030年目标？")
    assert len(answer.citations) == 1
    assert answer.text.endswith("2030年目标值100%[1]。")


def test_figures_of_unlike_names_are_told_to_be_unlike(library_of: Filled) -> None:
    library = library_of({"规划.md": PLAN})
    answer = asker(library)("云泽市海洋经济总产值2025年到2030年要增加多少？")
    assert "增加244.2亿元，增长61.1%，年均增长10%" in said(answer.text)
    assert "口径不同：2025年为“海洋经济总产值”，2030年为“规上海洋经济总产值”" in answer.text
    assert proven(answer, library)


def test_shares_change_by_points(library_of: Filled) -> None:
    plan = PLAN.replace("| 95 | 95 |", "| 90.5 | 95 |")
    text = asker(library_of({"规划.md": plan}))("云泽市污水集中处理率2025年到2030年提高多少？").text
    assert "推算提高4.5个百分点" in said(text)
    assert "增长" not in text


@pytest.mark.parametrize(("most", "first"), [("最快", "出口额"), ("最慢", "港口泊位")])
def test_the_indicator_that_grows_most_or_least_stands_first(ask: Ask, most: str, first: str) -> None:
    lines = said(ask(f"云泽市哪个指标增长{most}？").text).splitlines()
    assert lines[0] == f"按2025年到2030年的年均增长推算，增长{most}的是“{first}”："
    assert lines[1].startswith(f"{first}：2025年")


def test_goals_that_are_met_early_are_listed(ask: Ask) -> None:
    text = said(ask("云泽市哪些指标2025年就达到2030年目标？").text)
    assert "污水集中处理率：2025年95%，2030年目标值95%" in text
    assert "学位" not in text


@pytest.mark.parametrize(
    "question",
    ["云泽市滨海旅游收入2025年到2030年增加多少？", "桐原市海水养殖产量从2020年到2030年增加多少？"],
)
def test_what_the_ledger_does_not_hold_is_not_worked_out(ask: Ask, question: str) -> None:
    assert "推算" not in ask(question).text


def test_which_indicators_are_binding_in_a_year_is_asked_of_the_table(ask: Ask) -> None:
    text = ask("云泽市2030年有哪些约束性指标？").text
    assert [name in text for name in ("学位", "污水集中处理率", "出口额")] == [True, True, False]


def test_growth_on_one_side_is_worked_out_and_held_against_what_the_other_states(library_of: Filled) -> None:
    stated = "桐原市海洋经济规划\n\n一、目标\n\n到2030年，力争海洋经济总产值年均增速不低于8%。\n"
    library: PolicyLibrary = library_of({"a.md": PLAN, "b.md": stated})
    answer = asker(library)("到2030年，桐原市海洋经济和云泽市海洋经济，哪边要求的年均增速更高？")
    text = said(answer.text)
    assert "不低于8%" in text
    assert "2025年400亿元，2030年力争644.2亿元，推算年均增长10%" in text
    assert "云泽市高于桐原市（云泽市10%，桐原市8%以上）" in text
    assert sources(answer) == {"a.md", "b.md"}
    assert proven(answer, library)


def test_sides_that_measure_other_things_are_not_set_against_each_other(library_of: Filled) -> None:
    other = "桐原市海洋经济规划\n\n一、目标\n\n到2030年，海洋经济规模达到500亿元。\n"
    answer = asker(library_of({"a.md": PLAN, "b.md": other}))(
        "云泽市和桐原市2030年海洋经济规模目标哪个更大？"
    )
    assert "口径不同，不宜直接比较" in answer.text
    assert "高于" not in answer.text


def test_which_side_has_more_is_told_where_both_measure_one_thing(library_of: Filled) -> None:
    texts = {
        f"{city}.txt": f"{city}渔业规划\n\n一、目标\n\n到2030年，水产品加工产值达到{value}亿元。\n"
        for city, value in (("甲川市", 30), ("乙原市", 45))
    }
    text = asker(library_of(texts))("甲川市和乙原市2030年水产品加工产值哪个更高？").text
    assert "按所载数值，乙原市高于甲川市（乙原市45亿元，甲川市30亿元）。" in text


def test_a_figure_that_staff_changed_to_what_is_not_written_is_not_reckoned_with(library_of: Filled) -> None:
    library = library_of({"规划.md": PLAN})
    wanted = FactFilter(FactKind.INDICATOR, name="海水养殖产量", year=2030)
    (found,) = library.ledger.facts(wanted)
    change = (("value", "99"),)
    revision = FactRevision(
        "规划.md", found.fact.kind, found.fact.quote, found.fact.read, change, False, "甲"
    )
    with library.write() as writer:
        writer.revise(revision)
    assert "99" not in asker(library)("云泽市海水养殖产量从2020年到2030年增加多少？").text
