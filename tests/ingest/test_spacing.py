"""Spaces inside the sentences of a Chinese text."""

from __future__ import annotations

import pytest

from ingest.cleaning import tighten_spaces


@pytest.mark.parametrize(
    ("line", "tight"),
    [
        (
            "第 1 5 条 对在主板上市的企业，给予 企业300万元奖励。",
            "第15条 对在主板上市的企业，给予企业300万元奖励。",
        ),
        ("第 十 五 条 为了规范，制定本办法。", "第十五条 为了规范，制定本办法。"),
        ("第 2 章 附 则", "第2章 附则"),
        ("全力支持战略新 兴产业，推动企 业发展。", "全力支持战略新兴产业，推动企业发展。"),
        (
            "设立总规模不低于一亿元的重点产业发展引导 资金，列入预算。",
            "设立总规模不低于一亿元的重点产业发展引导资金，列入预算。",
        ),
    ],
)
def test_they_are_taken_out(line: str, tight: str) -> None:
    assert tighten_spaces(line) == tight


@pytest.mark.parametrize(
    "line",
    [
        "云栖市教育局 云栖市财政局",
        "一、申请资格 在云栖市居住满一年的，可以申请。",
        "（一）鼓励创新 对认定的企业，给予奖励。",
        "联系人：张某 联系电话：123，地址：云栖路",
        "组长：张三 李四 王五，副组长：赵六",
        "来源：云栖日报 发布时间：2024年，审核：某某",
    ],
)
def test_those_that_part_something_stay(line: str) -> None:
    assert tighten_spaces(line) == line
