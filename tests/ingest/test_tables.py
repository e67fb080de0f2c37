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


def test_a_code_that_is_no_number_of_the_row_stands_beside_its_name() -> None:
    rows = (("档次编号", "档次名称", "补贴额"), ("0101-1", "1200毫米以上单轴旋耕机", "800"))
    assert rows_of(Table(rows))[0].sentence == "档次编号：0101-1｜1200毫米以上单轴旋耕机：补贴额：800"
    behind = (("当事人", "许可编号"), ("蒲津公司", "9903"))
    assert rows_of(Table(behind))[0].sentence == "蒲津公司：许可编号：9903"


def test_a_code_before_a_cell_across_all_other_columns_begins_a_group() -> None:
    rows = (
        ("编码", "项目名称", "价格", "说明"),
        ("11", "（一）一般服务", "", ""),
        ("1101", "门诊诊察费", "14", "含挂号"),
    )
    whole = (rows[0], ("11", *["（一）一般服务"] * 3), rows[2])
    group, row = rows_of(Table(rows, filled=whole))
    assert group.is_group
    assert group.full[0] == "11 （一）一般服务"
    assert row.sentence == "（一）一般服务｜编码：1101｜门诊诊察费：价格：14；说明：含挂号"


def test_what_stands_behind_the_figures_names_no_row() -> None:
    rows = (("产品类别", "批次", "主要不合格项目"), ("雨衣", "36", "绳带长度"), ("水泥", "32", "强度"))
    assert rows_of(Table(rows))[0].sentence == "雨衣：批次：36；主要不合格项目：绳带长度"


def test_one_head_over_several_columns_of_words_parts_the_name_of_a_row() -> None:
    rows = (
        ("办理结果", "办理结果", "自然人"),
        ("不予公开", "属于国家秘密", "1"),
        ("予以公开", "予以公开", "19"),
    )
    first, second = rows_of(Table(rows, filled=rows))
    assert first.sentence == "不予公开｜属于国家秘密：自然人：1"
    assert second.sentence == "予以公开：自然人：19"


def test_the_only_row_of_a_table_of_figures_has_no_name() -> None:
    rows = (("结果维持", "结果纠正"), ("4", "1"))
    assert rows_of(Table(rows))[0].sentence == "结果维持：4；结果纠正：1"


def test_of_two_columns_of_names_that_which_tells_rows_apart_names_them() -> None:
    rows = (
        ("序号", "主项名称", "子项名称", "时限"),
        ("1", "社会救助", "进度查询", "5"),
        ("2", "社会救助", "备用金申领", "20"),
    )
    assert rows_of(Table(rows))[1].sentence == "主项名称：社会救助｜2 备用金申领：时限：20"


def test_a_row_with_a_number_that_sums_up_those_below_it_is_their_group() -> None:
    rows = (
        ("项目名称", "总投资", "地点"),
        ("一、续建项目", "124600", ""),
        ("医院迁建", "48600", "城南"),
        ("二、新建项目", "7450", ""),
        ("泵站改造", "7450", "白石渡"),
    )
    assert [row.sentence for row in rows_of(Table(rows))] == [
        "一、续建项目：总投资：124600",
        "一、续建项目｜医院迁建：总投资：48600；地点：城南",
        "二、新建项目：总投资：7450",
        "二、新建项目｜泵站改造：总投资：7450；地点：白石渡",
    ]


def test_what_is_done_about_something_does_not_name_it() -> None:
    rows = (
        ("阶段", "路段", "时间", "管制措施", "绕行"),
        ("一", "砚塔路", "全天", "单向通行", "书院街"),
        ("", "云梯大桥", "每日9时", "限速", "环城路"),
    )
    assert (
        rows_of(Table(rows))[1].sentence == "阶段：一｜云梯大桥：时间：每日9时；管制措施：限速；绕行：环城路"
    )


def test_a_sum_at_the_end_keeps_no_column_from_naming_the_others() -> None:
    rows = (
        ("一级指标", "三级指标", "得分"),
        ("产出指标", "播种面积", "8"),
        ("", "良种覆盖率", "6"),
        ("总分", "", "14"),
    )
    assert rows_of(Table(rows))[1].sentence == "产出指标｜良种覆盖率：得分：6"
