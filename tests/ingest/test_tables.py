import pytest

from ingest.blocks import Table
from ingest.grids import column_table, flattened_table, pipe_table
from ingest.heads import head_rows
from ingest.tables import rows_of

FLAT = [
    "\t类别",
    "\t序号",
    "\t主要指标",
    "\t2025年",
    "\t2030年",
    "\t属 性",
    "",
    "\t综合",
    "",
    "质效",
    "\t1",
    "\t海洋生产总值（亿元）",
    "\t900",
    "\t力争1200",
    "\t预期性",
    "",
    "\t",
    "\t2",
    "\t海洋新兴产业占比（%）",
    "\t31.5",
    "\t40",
    "\t预期性",
    "",
    "\t创新",
    "驱动",
    "\t3",
    "\t研发机构数（个）",
    "\t7",
    "\t23",
    "\t约束性",
    "",
    "三、空间布局",
]


def test_a_table_of_one_cell_a_line_is_rebuilt_by_its_serial_numbers() -> None:
    found = flattened_table(FLAT, 0)
    assert found is not None
    table, end = found
    assert table.rows[0] == ("类别", "序号", "主要指标", "2025年", "2030年", "属性")
    assert table.rows[1] == ("综合质效", "1", "海洋生产总值（亿元）", "900", "力争1200", "预期性")
    assert table.rows[2][0] == ""
    assert FLAT[end:] == ["", "三、空间布局"]


def test_a_row_reads_by_itself_with_the_category_carried_down() -> None:
    found = flattened_table(FLAT, 0)
    assert found is not None
    sentences = [row.sentence for row in rows_of(found[0])]
    for words in ("综合质效｜", "海洋新兴产业占比（%）：", "2025年31.5", "2030年40", "预期性"):
        assert words in sentences[1]
    assert sentences[2].startswith("创新驱动｜")
    assert "2030年力争1200" in sentences[0]


def test_the_cells_of_a_row_stay_as_they_stand() -> None:
    found = flattened_table(FLAT, 0)
    assert found is not None
    assert rows_of(found[0])[1].cells == ("2", "海洋新兴产业占比（%）", "31.5", "40", "预期性")


def test_a_table_without_serial_numbers_is_rebuilt_by_its_width() -> None:
    cells = ["指标", "2025年", "2030年", "产值", "400", "650", "就业", "12", "18", "出口", "3", "5"]
    found = flattened_table([f"\t{cell}" for cell in cells], 0)
    assert found is not None
    assert found[0].rows[2] == ("就业", "12", "18")


def test_tabbed_lines_that_are_no_table_are_left_alone() -> None:
    assert flattened_table(["\t专栏1：重点", "\t发展疫苗", "\t发展器械"], 0) is None


def test_columns_parted_by_tabs_or_wide_gaps() -> None:
    for gap in ("\t", "   "):
        lines = [gap.join(cells) for cells in (("指标", "2025年", "2030年"), ("产值", "400", "650"))]
        found = column_table([*lines, "正文。"], 0)
        assert found is not None
        assert found[0].rows[1] == ("产值", "400", "650")
        assert found[1] == 2


def test_the_remains_of_a_box_are_no_pipe_table() -> None:
    assert pipe_table(["|---|", "| 1. 健全平台。 |", "|---|"]) is None


def test_a_unit_column_and_a_unit_line_both_give_the_unit() -> None:
    by_column = Table((("指标", "单位", "2030年"), ("产值", "亿元", "650")))
    assert rows_of(by_column)[0].sentence == "产值（亿元）：2030年650亿元"
    by_line = Table((("指标", "2030年"), ("产值", "650")))
    assert rows_of(by_line, "单位：亿元")[0].sentence == "产值：2030年650亿元"


def test_a_line_that_says_who_made_a_table_and_when_gives_its_unit_to_all_but_its_days() -> None:
    table = Table((("项目名称", "开工", "总投资"), ("渠道改造", "2026.03", "5940")))
    made = "填报单位：云岭县农业农村局 制表日期：2026年3月12日 金额单位：万元"
    assert rows_of(table, made)[0].sentence == "渠道改造：开工：2026.03；总投资：5940万元"


@pytest.mark.parametrize("name", ["20至35公里（含）", "示范村（第一批）", "装配式（两层）"])
def test_words_in_brackets_behind_a_row_s_name_that_are_no_unit_stand_behind_no_figure(name: str) -> None:
    table = Table((("项目", "刷卡票价"), (name, "3.2")))
    assert rows_of(table)[0].sentence == f"{name}：刷卡票价：3.2"


def test_the_unit_of_a_row_is_read_before_what_else_its_brackets_say() -> None:
    table = Table((("项目", "2030年"), ("能耗（千瓦时/元，累计）", "0.3")))
    assert rows_of(table)[0].sentence == "能耗（千瓦时/元，累计）：2030年0.3千瓦时/元"


def test_a_cell_across_the_names_of_a_row_is_no_value_of_it() -> None:
    rows = (
        ("序号", "项目名称", "地点", "总投资"),
        ("1", "渠道", "云岭县", "30"),
        ("小计（1个）", "", "", "30"),
    )
    whole = (*rows[:2], ("小计（1个）", "小计（1个）", "小计（1个）", "30"))
    assert rows_of(Table(rows, filled=whole))[1].sentence.endswith("小计（1个）：总投资：30")


def test_header_lines_of_a_column_are_joined() -> None:
    table = Table((("指标", "目标值", ""), ("", "2025年", "2030年"), ("产值", "400", "650")), header_rows=2)
    assert "目标值2025年400" in rows_of(table)[0].sentence


def test_merged_cells_that_the_file_tells_are_used() -> None:
    rows = (("任务", "部门"), ("建设港区", "市交通局"), ("建设园区", ""))
    table = Table(rows, filled=(*rows[:2], ("建设园区", "市交通局")))
    assert rows_of(table)[1].sentence == "建设园区：部门：市交通局"
    assert rows_of(table)[1].cells == ("建设园区",)


def test_header_rows_end_above_the_first_figure() -> None:
    assert head_rows([("指标", "目标值", ""), ("", "2025年", "2030年"), ("产值", "400", "650")]) == 2
    assert head_rows([("任务", "部门"), ("建设港区", "市交通局")]) == 1


def test_a_table_of_one_cell_a_line_needs_no_tabs_where_its_rows_are_numbered() -> None:
    lines = [line.strip() for line in FLAT if line.strip()]
    found = flattened_table(lines, 0, tabbed=False)
    assert found is not None
    table, end = found
    assert [row[1] for row in table.rows] == ["序号", "1", "2", "3"]
    assert table.rows[1][0] == "综合质效"
    assert lines[end:] == ["三、空间布局"]


def test_a_row_across_the_table_is_the_group_of_the_rows_below() -> None:
    table = Table(
        (
            ("序号", "指标", "2025年", "2030年"),
            ("一、产业规模", "", "", ""),
            ("1", "总产值（亿元）", "400", "650"),
            ("2", "出口额（亿元）", "30", "50"),
            ("", "（一）创新平台", "", ""),
            ("3", "研发机构（个）", "7", "23"),
            ("二、民生服务", "", "", ""),
            ("4", "学位（个）", "900", "1200"),
            ("注：2025年为预计数。", "", "", ""),
        )
    )
    rows = rows_of(table)
    assert [row.sentence.partition("：")[0] for row in rows] == [
        "一、产业规模",
        "一、产业规模｜1 总产值（亿元）",
        "一、产业规模｜2 出口额（亿元）",
        "一、产业规模｜（一）创新平台",
        "一、产业规模｜（一）创新平台｜3 研发机构（个）",
        "二、民生服务",
        "二、民生服务｜4 学位（个）",
        "注",
    ]
    assert [row.full[0] for row in rows if row.is_group] == ["一、产业规模", "（一）创新平台", "二、民生服务"]


def test_a_group_ends_the_merged_category_above_it() -> None:
    table = Table(
        (
            ("类别", "指标", "2030年"),
            ("甲类", "总产值", "650"),
            ("", "出口额", "50"),
            ("二、民生服务", "", ""),
            ("", "学位", "1200"),
        )
    )
    assert [row.sentence for row in rows_of(table)] == [
        "甲类｜总产值：2030年650",
        "甲类｜出口额：2030年50",
        "二、民生服务",
        "二、民生服务｜学位：2030年1200",
    ]


def test_rows_whose_other_cells_are_empty_are_no_groups() -> None:
    table = Table((("任务", "部门"), ("建设港区", ""), ("一、修路", ""), ("二、架桥", "交通局")))
    assert not any(row.is_group for row in rows_of(table))


def test_a_category_that_stands_in_its_first_line_only_is_carried_down() -> None:
    lines = [
        "类别    指标    单位    2025年    2030年",
        "规模    总产值    亿元    400    650",
        "出口额    亿元    30    50",
        "创新    研发机构    个    7    23",
        "专利    件    70    230",
    ]
    found = column_table([*lines, "", "正文。"], 0)
    assert found is not None
    assert found[1] == 5
    assert [row.full[:2] for row in rows_of(found[0])] == [
        ("规模", "总产值"),
        ("规模", "出口额"),
        ("创新", "研发机构"),
        ("创新", "专利"),
    ]


def test_a_line_that_lacks_a_figure_is_no_row() -> None:
    lines = ["类别    指标    2025年    2030年", "规模    总产值    400    650", "规模    出口额    30"]
    found = column_table(lines, 0)
    assert found is not None
    assert found[1] == 2


def test_a_numbered_line_between_rows_names_a_group() -> None:
    lines = [
        "序号    指标    2025年",
        "一、产业规模",
        "1    总产值    400",
        "",
        "二、民生",
        "2    学位    900",
    ]
    found = column_table([*lines, "三、空间布局", "沿海布局。"], 0)
    assert found is not None
    table, end = found
    assert (table.header_rows, end) == (1, 6)
    assert [row.sentence for row in rows_of(table)] == [
        "一、产业规模",
        "一、产业规模｜1 总产值：2025年400",
        "二、民生",
        "二、民生｜2 学位：2025年900",
    ]


def test_groups_within_groups_between_columns_of_text() -> None:
    lines = ["指标    2025年", "一、经济", "（一）规模", "总产值    400", "（二）效益", "利润    40"]
    found = column_table([*lines, "二、保障", "加强领导。"], 0)
    assert found is not None
    assert found[1] == 6
    assert [row.sentence for row in rows_of(found[0]) if not row.is_group] == [
        "一、经济｜（一）规模｜总产值：2025年400",
        "一、经济｜（二）效益｜利润：2025年40",
    ]


def test_a_heading_above_the_next_table_names_no_group_of_this_one() -> None:
    lines = [
        "指标    2025年    2030年",
        "总产值    400    650",
        "二、民生",
        "指标    2025年    2030年",
        "学位    9    12",
    ]
    found = column_table(lines, 0)
    assert found is not None
    assert found[1] == 2


def test_the_name_of_a_table_may_state_its_unit() -> None:
    table = Table((("城市", "第一阶梯"), ("云泽市", "3.05")))
    assert (
        rows_of(table, "供水到户价格表（单位：元/立方米）")[0].sentence == "云泽市：第一阶梯：3.05元/立方米"
    )


def test_of_several_units_none_stands_behind_every_figure() -> None:
    table = Table((("项目", "问题数量", "问题金额"), ("民生资金", "20", "643.91")))
    assert rows_of(table, "单位：个、万元")[0].sentence == "民生资金：问题数量：20；问题金额：643.91"
