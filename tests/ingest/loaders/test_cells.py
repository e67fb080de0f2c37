"""Grids of cells that reach over rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Block, Paragraph, Table
from ingest.loaders.cells import Cell, table_blocks


def _blocks(*rows: Sequence[str | tuple[str, int]]) -> list[Block]:
    """The blocks of rows whose cells say how many columns they reach over, where it is more than one."""
    cells: list[Cell] = []
    for at, row in enumerate(rows):
        column = 0
        for said in row:
            text, columns = said if isinstance(said, tuple) else (said, 1)
            cells.append(Cell(at, column, text, 1, columns))
            column += columns
    return table_blocks(cells)


def test_new_heads_below_a_name_that_begin_as_the_first_do_begin_another_table() -> None:
    found = _blocks(
        [("第（一）项", 3)],
        ["信息内容", "制发件数", "废止件数"],
        ["规章", "0", "0"],
        [("第（五）项", 3)],
        ["信息内容", ("处理决定数量", 2)],
        ["行政许可", ("1486", 2)],
    )
    tables = [block for block in found if isinstance(block, Table)]
    assert [table.rows[0][:2] for table in tables] == [("信息内容", "制发件数"), ("信息内容", "处理决定数量")]
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["第（一）项", "第（五）项"]


def test_a_page_that_begins_with_the_same_name_and_heads_goes_on_with_the_table() -> None:
    name, heads = [("重点项目表", 3)], ["序号", "项目名称", "总投资"]
    found = _blocks(name, heads, ["1", "渠道改造", "30"], name, heads, ["2", "泵站", "12"])
    (table,) = (block for block in found if isinstance(block, Table))
    assert [row for row in table.rows if row[1]] == [
        tuple(heads),
        ("1", "渠道改造", "30"),
        ("2", "泵站", "12"),
    ]


def test_who_made_a_table_and_when_stands_below_it_too() -> None:
    found = _blocks(
        ["县区", "产值", "增速"],
        ["云岭县", "205.40", "6.9"],
        ["编制单位：云泽市统计局", "编制日期：", "2026年3月26日"],
    )
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        "编制单位：云泽市统计局 编制日期： 2026年3月26日"
    ]


def test_a_part_with_a_number_and_heads_of_its_own_is_another_table() -> None:
    found = _blocks(
        [("一、主要指标", 3)],
        ["项目", "本月数", "累计数"],
        ["营业总收入", "486.32", "2318.75"],
        [("二、分企业情况", 3)],
        ["企业名称", "资产负债率", "备注"],
        ["云岭港务公司", "66.3", "快报数"],
    )
    assert [block.rows[0] for block in found if isinstance(block, Table)] == [
        ("项目", "本月数", "累计数"),
        ("企业名称", "资产负债率", "备注"),
    ]


def test_the_name_of_a_part_may_stand_beside_its_unit() -> None:
    heads = ["序号", "项目名称", "预算"]
    found = _blocks(
        [("（一）采购单位：云岭县医院", 2), "金额单位：万元"],
        heads,
        ["1", "螺旋CT", "860.00"],
        [("（二）采购单位：云岭县教育局", 2), "金额单位：万元"],
        heads,
        ["1", "智慧黑板", "352.80"],
    )
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        "（一）采购单位：云岭县医院 金额单位：万元",
        "（二）采购单位：云岭县教育局 金额单位：万元",
    ]
    assert [len(block.rows) for block in found if isinstance(block, Table)] == [2, 2]


def test_each_row_of_nothing_but_names_of_columns_begins_a_table() -> None:
    found = _blocks(
        [("单位名称", 2), "云岭县农业局", "联系人及电话", "8100"],
        [("资金数额", 2), "全年预算数", "全年执行数", "执行率"],
        ["", "总额", "7216.40", "6950.12", "96.31%"],
        ["一级指标", "二级指标", "年度指标值", "实际完成值", "得分"],
        ["产出指标", "数量指标", "≥3.2万亩", "3.35万亩", "10"],
    )
    first, second = (block for block in found if isinstance(block, Table))
    assert first.rows[0][-1] == "执行率"
    assert second.rows[0] == ("一级指标", "二级指标", "年度指标值", "实际完成值", "得分")
    said = [block.text for block in found if isinstance(block, Paragraph)]
    assert said == ["单位名称：云岭县农业局", "联系人及电话：8100"]
