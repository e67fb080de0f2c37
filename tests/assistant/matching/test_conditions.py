"""The clauses of a measure are told apart: who qualifies, on what conditions, from which number on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.matching.conditions import conditions_of
from vectorstore.facts import Measure


def told(who: str) -> list[str]:
    return [f"{'对象：' if one.is_subject else ''}{one.text}" for one in conditions_of(Measure(who))]


@pytest.mark.parametrize(
    ("who", "conditions"),
    [
        ("首次通过认定的高新技术企业", ["首次通过认定", "对象：高新技术企业"]),
        ("从市外迁入且资格在有效期内的高新技术企业", ["从市外迁入", "资格在有效期内", "对象：高新技术企业"]),
        ("首次取得海域使用权证的", ["首次取得海域使用权证"]),
        ("领军人才", ["对象：领军人才"]),
        ("2类改良型海药，完成Ⅱ期试验的", ["2类改良型海药", "完成Ⅱ期试验"]),
        ("在本市转化的1类海药，完成Ⅱ期试验的", ["在本市转化", "完成Ⅱ期试验", "对象：1类海药"]),
    ],
)
def test_clauses_come_before_who_qualifies(who: str, conditions: list[str]) -> None:
    assert told(who) == conditions


@pytest.mark.parametrize(
    ("who", "name", "value"),
    [
        ("年产值首次突破10亿元、30亿元的企业", "年产值", 1_000_000_000),
        ("固定资产投资2000万元以上的项目", "固定资产投资", 20_000_000),
        ("研发费用占比不低于5%的企业", "研发费用占比", 5),
    ],
)
def test_a_bound_on_a_number_is_told_with_its_lowest_step(who: str, name: str, value: int) -> None:
    bound = conditions_of(Measure(who))[0].threshold
    assert bound is not None
    assert (bound.name, bound.value, bound.most) == (name, Decimal(value), False)


def test_what_excludes_is_told_as_such() -> None:
    (condition,) = conditions_of(Measure("被列入严重失信主体名单的", excluded=True))
    assert (condition.text, condition.excludes) == ("被列入严重失信主体名单", True)


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("经认定的公共服务平台", "经认定的公共服务平台"),
        ("从市外迁入且资格在有效期内的高新技术企业", "从市外迁入的高新技术企业"),
        ("首次取得海域使用权证的", "首次取得海域使用权证"),
        ("海洋企业引进的年薪50万元以上的人才", "海洋企业引进的人才：年薪"),
        ("上一年度的研发费用500万元以上的企业", "上一年度的研发费用"),
        ("企业的年产值超过5亿元的项目", "企业的年产值"),
    ],
)
def test_what_is_asked_says_of_whom_it_is_asked(who: str, asked: str) -> None:
    assert conditions_of(Measure(who))[0].asked == asked


@pytest.mark.parametrize(("clause", "once"), [("首次通过认定", False), ("年产值首次突破10亿元", True)])
def test_a_number_is_asked_once_and_a_clause_once_for_each_that_it_is_said_of(
    clause: str, once: bool
) -> None:
    first, second = (conditions_of(Measure(f"{clause}的{who}"))[0] for who in ("企业", "机构"))
    assert (first.key == second.key) is once


def test_whoever_belongs_to_those_who_qualify_is_asked_for_as_they_are() -> None:
    (belonging,), (subject,) = (conditions_of(Measure(who)) for who in ("属于中小企业的", "中小企业"))
    assert belonging.text == "属于中小企业"
    assert belonging.key == subject.key
