"""Ranges, rounded figures, ordinals and what is told of the very thing, held against a passage."""

from __future__ import annotations

import pytest

from assistant.grounding import ground
from assistant.types import Verdict
from tests.assistant.answering import hit


def test_the_ends_of_a_range_belong_together() -> None:
    told = hit("形成1-3家大型企业，5-10家中型企业，产值由3亿元提高到9亿元。")
    assert ground("形成1—3家大型企业、5至10家中型企业。", [told]).reason == ""
    assert ground("产值由3亿元到9亿元。", [told]).reason == ""
    assert ground("形成1-5家大型企业。", [told]).verdict is Verdict.CONTRADICTED


ROUNDED = hit("2025年产值达到306.7亿元，同比增长10.5%，培训20.12万人次，其中女性占67.2%，费用不超过3%。")


@pytest.mark.parametrize(
    "statement",
    [
        "2025年产值约307亿元。",
        "2025年产值超过300亿元。",
        "培训超过20万人次。",
        "女性约占七成。",
        "费用没有超过3%。",
    ],
)
def test_a_rounder_figure_holds(statement: str) -> None:
    assert ground(statement, [ROUNDED]).reason == ""


@pytest.mark.parametrize(
    "statement", ["2025年产值约350亿元。", "2025年产值超过310亿元。", "培训超过21万人次。", "女性约占八成。"]
)
def test_a_figure_that_is_rounded_too_far_does_not(statement: str) -> None:
    assert ground(statement, [ROUNDED]).reason


NUMBERED = hit(
    "2024年10月13日是第35个国际减灾日。《云栖市船舶管理办法》（云栖市人民政府令第49号）自2026年6月1日起施行，"
    "企业不登记船舶设计寿命，技术水平达到国际先进，管理机制尚不健全，补贴标准就高执行。"
)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("2024年10月13日是第34个国际减灾日。", "第35个"),
        ("《云栖市船舶管理办法》为云栖市人民政府令第52号。", "第49号"),
        ("企业需要登记船舶设计寿命。", "不登记"),
        ("技术水平达到国际领先。", "先进"),
        ("管理机制已经健全。", "尚不"),
        ("补贴标准就低执行。", "高"),
    ],
)
def test_what_differs_is_named_in_the_source_s_words(statement: str, told: str) -> None:
    grounding = ground(statement, [NUMBERED])
    assert grounding.verdict is Verdict.CONTRADICTED
    assert told in grounding.reason


TOLD = hit(
    "甲乙公司2004年进驻园区，2007年在主板上市。2025年，全国、全省人均支出分别达到8016元、10901元。"
    "重点发展原料药、中间体、药用辅料。加快创建省级创新中心，北山街道绿地率为40%，南湖街道绿地率偏低。"
)


@pytest.mark.parametrize(
    "statement",
    [
        "甲乙公司2004年进驻园区。",
        "2025年，全省人均支出达到10901元。",
        "重点发展中间体、原料药、药用辅料。",
        "加快创建省级创新中心。",
        "北山街道绿地率为40%。",
    ],
)
def test_what_is_told_of_the_very_thing_is_supported(statement: str) -> None:
    assert ground(statement, [TOLD]).reason == ""


@pytest.mark.parametrize(
    "statement",
    [
        "甲乙公司2007年进驻园区。",
        "2025年，全国人均支出达到10901元。",
        "2025年，全省、全国人均支出分别达到8016元、10901元。",
        "重点发展原料药、中间体、化妆品。",
        "重点发展原料药、保健品、药用辅料。",
        "已创建省级创新中心。",
        pytest.param(
            "只发展原料药。",
            marks=pytest.mark.xfail(strict=True, reason="of three words 只 alone is too little to tell by"),
        ),
    ],
)
def test_what_is_told_of_another_thing_or_not_yet_is_found_out(statement: str) -> None:
    assert ground(statement, [TOLD]).reason


@pytest.mark.parametrize(
    ("times", "supported"),
    [("是2020年3亿元的3倍", True), ("比2020年的3亿元增长2倍", True), ("比2020年的3亿元增长4倍", False)],
)
def test_how_many_times_more_is_one_less_than_how_many_times(times: str, supported: bool) -> None:
    told = hit("青川市出口额由2020年的3亿元提高到2025年的9亿元。")
    assert (ground(f"2025年青川市出口额达到9亿元，{times}。", [told]).reason == "") is supported
