"""Units of the figures in tables."""

from __future__ import annotations

import pytest

from ingest.blocks import Table
from ingest.pipeline import parse
from ingest.table_units import is_unit
from ingest.tables import rows_of


def test_a_unit_column_and_a_unit_line_both_give_the_unit() -> None:
    by_column = Table((("指标", "单位", "2030年"), ("产值", "亿元", "650")))
    assert rows_of(by_column)[0].sentence == "产值（亿元）：2030年650亿元"
    by_line = Table((("指标", "2030年"), ("产值", "650")))
    assert rows_of(by_line, "单位：亿元")[0].sentence == "产值：2030年650亿元"


def test_a_line_that_says_who_made_a_table_and_when_gives_its_unit_to_all_but_its_days() -> None:
    table = Table((("项目名称", "开工", "总投资"), ("渠道改造", "2026.03", "5940")))
    made = "填报单位：云岭县农业农村局 制表日期：2026年3月12日 金额单位：万元"
    assert rows_of(table, made)[0].sentence == "渠道改造：开工：2026.03；总投资：5940万元"


@pytest.mark.parametrize("name", ["20至35公里（含）", "示范村（第一批）", "装配式（两层）", "清创缝合（大）"])
def test_words_in_brackets_behind_a_row_s_name_that_are_no_unit_stand_behind_no_figure(name: str) -> None:
    table = Table((("项目", "刷卡票价"), (name, "3.2")))
    assert rows_of(table)[0].sentence == f"{name}：刷卡票价：3.2"


def test_the_unit_of_a_row_is_read_before_what_else_its_brackets_say() -> None:
    table = Table((("项目", "2030年"), ("能耗（千瓦时/元，累计）", "0.3")))
    assert rows_of(table)[0].sentence == "能耗（千瓦时/元，累计）：2030年0.3千瓦时/元"


def test_the_name_of_a_table_may_state_its_unit() -> None:
    table = Table((("城市", "第一阶梯"), ("云泽市", "3.05")))
    assert (
        rows_of(table, "供水到户价格表（单位：元/立方米）")[0].sentence == "云泽市：第一阶梯：3.05元/立方米"
    )


def test_of_several_units_that_a_table_states_each_column_takes_its_own() -> None:
    table = Table((("项目", "问题数量", "问题金额", "备注"), ("民生资金", "20", "643.91", "3")))
    assert (
        rows_of(table, "单位：个、万元")[0].sentence
        == "民生资金：问题数量：20个；问题金额：643.91万元；备注：3"
    )
    unclear = Table((("项目", "甲", "乙"), ("民生资金", "20", "643.91")))
    assert rows_of(unclear, "单位：个、万元")[0].sentence == "民生资金：甲：20；乙：643.91"


def test_the_unit_of_what_is_counted_is_told_from_a_body() -> None:
    table = Table((("品目", "补贴额"), ("旋耕机", "800")))
    assert rows_of(table, "水量单位：亿立方米")[0].sentence == "旋耕机：补贴额：800亿立方米"
    assert rows_of(table, "编制单位：农机处")[0].sentence == "旋耕机：补贴额：800"
    assert rows_of(table, "补贴单位：元/台（套）")[0].sentence == "旋耕机：补贴额：800元/台（套）"


def test_a_row_of_units_below_the_names_of_columns_gives_each_its_own() -> None:
    heads = (("湖库", "总磷", "透明度"), ("（单位）", "mg/L", "cm"))
    table = Table((*heads, ("青螺水库", "0.012", "240")), header_rows=2)
    assert rows_of(table)[0].sentence == "青螺水库：总磷：0.012mg/L；透明度：240cm"


@pytest.mark.parametrize(
    "words", ["万元", "亿千瓦时", "元/平方米", "元/千伏安·月", "单位：万元", "台（套）", "万m³", "km²", "GB"]
)
def test_units_with_their_scale_and_rates_of_them_are_units(words: str) -> None:
    assert is_unit(words)


@pytest.mark.parametrize("words", ["", "含", "第一批", "元/", "财政局", "指数（无量纲）"])
def test_other_words_are_no_units(words: str) -> None:
    assert not is_unit(words)


def test_a_unit_above_the_heading_of_a_part_is_that_of_the_tables_of_all_parts() -> None:
    income = "一、收入\n科目\t年初预算\t累计\n增值税\t286000\t98742\n契税\t68800\t15034\n"
    spending = "二、支出\n科目\t年初预算\t累计\n教育支出\t318600\t103562\n农林水支出\t121700\t37448\n"
    text = f"云岭市收支表\n编制单位：云岭市财政局 单位：万元\n{income}{spending}"
    rows = [passage.text for passage in parse(text.encode(), "表.txt").passages if "支出：" in passage.text]
    assert rows == [
        "教育支出：年初预算：318600万元；累计：103562万元",
        "农林水支出：年初预算：121700万元；累计：37448万元",
    ]


def test_a_price_for_each_of_something_is_that_of_the_figure_behind_it() -> None:
    rows = (("车型", "计费单位", "收费标准", "最高限价"), ("小型车", "元/15分钟", "1.50", "48.00"))
    assert rows_of(Table(rows))[0].sentence == "小型车：收费标准：1.50元/15分钟；最高限价：48.00"
    counted = (("项目", "计价单位", "价格"), ("诊察费", "次", "14"))
    assert rows_of(Table(counted), "单位：元")[0].sentence == "诊察费：计价单位：次；价格：14元"
