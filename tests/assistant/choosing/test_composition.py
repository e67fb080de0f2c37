"""What a name consists of is answered where it is told, and refused where the name only goes by."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Filled, asker

PLAN = """# 甲川市交通规划

## 一、公路

加快甲北、甲南两条高速的互通建设，打造“三横两纵”公路网和“一环四射”公交网，方便群众出行。

## 二、港口

按“一港三区”布局港口，包括甲川港，以及东湾作业区、西湾作业区、北湾作业区。

## 三、水上巴士

开行东湾、西湾、北湾等“三湾环线”水上巴士。

构建“白天观光”和“夜间通勤”的班次“双班制”。实施“一船一码”工程，一艘船有一个身份码。
"""


@pytest.mark.parametrize(
    "question", ["“三横两纵”公路网具体由哪几条路组成？", "甲川市“一环四射”公交网分别是哪些线路？"]
)
def test_the_members_of_a_name_that_only_goes_by_are_refused(library_of: Filled, question: str) -> None:
    assert asker(library_of({"plan.md": PLAN}))(question).refused


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("“一港三区”指的是什么？", "东湾作业区、西湾作业区"),
        ("“三湾环线”由哪几个湾组成？", "东湾、西湾、北湾"),
        ("“双班制”指什么？", "“白天观光”和“夜间通勤”"),
        ("“一船一码工程”是什么意思？", "一个身份码"),
        ("“三横两纵”公路网有什么作用？", "方便群众出行"),
    ],
    ids=[
        "explained behind it",
        "listed before it",
        "two that make it",
        "quoted in part",
        "something else asked",
    ],
)
def test_what_the_document_tells_is_answered(library_of: Filled, question: str, held: str) -> None:
    answer = asker(library_of({"plan.md": PLAN}))(question)
    assert not answer.refused
    assert held in answer.text
