"""What is asked of several things at once is answered for each of them."""

from __future__ import annotations

import pytest

from assistant.question import understand
from assistant.understanding.members import members
from tests.assistant.asking import Filled, asker

PLAN = """# 甲川市海洋牧场发展规划

（2026—2030年）

## 一、布局

按照“一岸提质、两湾联动”的格局布局海洋牧场，形成集聚效应。“一岸提质”即在东岸改造老旧网箱；“两湾联动”即由北湾带动南湾发展休闲渔业。

## 二、指标

| 序号 | 指标 | 2025年 | 2030年 |
| --- | --- | --- | --- |
| 1 | 当年新投放鱼礁项目数（个） | 11 | 26 |
| 2 | 当年新验收鱼礁项目数（个） | 8 | 17 |

## 三、现状

2025年，海洋牧场良种覆盖率为61%。

## 四、目标

到2030年，力争海洋牧场良种覆盖率达到84%。
"""


@pytest.mark.parametrize(
    ("question", "told_apart"),
    [
        ("新投放项目和新验收项目的目标分别是多少？", [{"投放"}, {"验收"}]),
        ("“一岸提质、两湾联动”分别指什么？", [{"一岸", "提质"}, {"两湾", "联动"}]),
        ("海洋牧场和渔港的关系是什么？", []),
    ],
)
def test_things_are_told_apart_by_the_words_only_they_have(question: str, told_apart: list[set[str]]) -> None:
    assert members(understand(question)) == told_apart


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("2030年当年新投放鱼礁项目和新验收鱼礁项目的目标分别是多少？", ["26", "17"]),
        ("“一岸提质、两湾联动”分别指什么？", ["东岸改造老旧网箱", "北湾带动南湾"]),
        ("海洋牧场良种覆盖率是多少？", ["61%", "84%"]),
    ],
    ids=["two rows", "two pieces of a name", "reached and aimed at"],
)
def test_each_of_them_is_answered(library_of: Filled, question: str, held: list[str]) -> None:
    text = asker(library_of({"plan.md": PLAN}))(question).text
    assert [wanted for wanted in held if wanted not in text] == []


def test_a_question_for_the_aim_is_answered_with_the_aim_alone(library_of: Filled) -> None:
    text = asker(library_of({"plan.md": PLAN}))("海洋牧场良种覆盖率目标是多少？").text
    assert "84%" in text
    assert "61%" not in text


DIVISION = """# 甲川市海洋牧场分区指引

## 一、原则

各区统筹布局海洋牧场，合理确定分工方向，形成合力。

## 二、方向

东湾片区依托老渔港，侧重发展深远海养殖；西湾片区依托滩涂，侧重发展贝藻增殖；北岛片区利用岛礁，侧重发展休闲海钓。
"""


def test_clauses_side_by_side_answer_together_what_each_does(library_of: Filled) -> None:
    answer = asker(library_of({"plan.md": DIVISION}))("甲川市下面几个片区的海洋牧场怎么分工？")
    assert not answer.refused
    assert "深远海养殖；西湾片区依托滩涂，侧重发展贝藻增殖；北岛片区利用岛礁，侧重发展休闲海钓" in answer.text
