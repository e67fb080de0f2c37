"""What is worked out from two figures of the ledger is told with both, and with how they differ."""

from __future__ import annotations

import pytest

from tests.assistant.asking import MARK, Ask, Filled, asker, proven
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter

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


@pytest.mark.parametrize(
    "question",
    ["云泽市滨海旅游收入2025年到2030年增加多少？", "桐原市海水养殖产量从2020年到2030年增加多少？"],
)
def test_what_the_ledger_does_not_hold_is_not_worked_out(ask: Ask, question: str) -> None:
    assert "推算" not in ask(question).text


def test_which_indicators_are_binding_in_a_year_is_asked_of_the_table(ask: Ask) -> None:
    text = ask("云泽市2030年有哪些约束性指标？").text
    assert [name in text for name in ("学位", "污水集中处理率", "出口额")] == [True, True, False]


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
