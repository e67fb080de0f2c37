"""A question of several parts is answered part by part, each part understood in the light of the others."""

from __future__ import annotations

import pytest

from assistant.question import AnswerKind, single_questions, understand
from tests.assistant.asking import Filled, asker

PLAN = """# 甲川市海洋牧场发展规划

（2026—2030年）

## 一、发展目标

到2030年，全市海洋牧场面积达到300公顷，海域水质全面达标。

## 二、科技支撑

依托甲川海洋学院培育苗种，到2030年良种覆盖率达到80%。

## 三、生态修复

近岸海域水质改善要多方发力。成立海域整治指挥部，制订整治方案。

## 四、文旅融合

支持渔港开办海上观光，到2030年接待游客40万人次。
"""


def test_each_part_asks_for_itself_and_leans_on_the_others() -> None:
    first, second = single_questions(understand("海洋牧场2030年面积目标是多少？由什么机构推动水质达标？"))
    assert first.kind is AnswerKind.NUMBER
    assert second.kind is not AnswerKind.NUMBER
    assert "海洋牧场" in second.wording
    assert second.years == (2030,)


def test_a_part_without_words_of_its_own_is_led_by_the_first() -> None:
    _, second = single_questions(understand("海洋牧场示范区是谁批准的？哪一年？"))
    assert "海洋牧场示范区" in second.query
    assert second.kind is AnswerKind.NUMBER


def test_a_question_of_one_part_is_itself() -> None:
    question = understand("海洋牧场面积是多少？")
    assert single_questions(question) == (question,)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("海洋牧场面积2030年达到多少？水质整治成立什么机构？", ["300公顷", "海域整治指挥部"]),
        ("海洋牧场良种覆盖率2030年要到多少？接待游客多少人次呢？", ["80%", "40万人次"]),
    ],
)
def test_parts_that_stand_far_apart_are_all_answered(
    library_of: Filled, question: str, held: list[str]
) -> None:
    text = asker(library_of({"plan.md": PLAN}))(question).text
    assert [wanted for wanted in held if wanted not in text] == []
