"""Which rows name the columns: tables as offices write them, with and without heads and marks."""

from __future__ import annotations

import pytest

from ingest.blocks import Table
from ingest.cell_kinds import is_column_name
from ingest.grids import pipe_table
from ingest.heads import Marks, head_rows, headed
from ingest.pipeline import parse
from ingest.tables import rows_of
from tests.ingest.faults import fault

HEADED = [
    ("words above words", ["事项|牵头单位|配合单位", "场地落实|民政局|住建局", "资金拨付|财政局|审计局"]),
    ("one row below", ["任务|部门", "建设港区|市交通局"]),
    ("figures below", ["镇街|人口|耕地", "东溪镇|21034|3.4", "西溪镇|8900|12"]),
    ("months name columns", ["线路|1月|2月|3月", "1路|300|280|310", "2路|120|130|90"]),
    ("years name columns", ["指标|2025年|2030年", "产值|400|650", "出口|30|50"]),
    ("brackets of income", ["档次|5万元以下|5万元以上", "甲档|3%|5%", "乙档|2%|4%"]),
    ("serial numbers", ["序号|问题|整改措施", "1|排水不畅|疏浚管道", "2|路灯不亮|更换灯具"]),
    ("long texts below", ["情形|处理", "经营者擅自停业超过三十日的|责令限期恢复", "拒不改正的|收回摊位"]),
    ("dates below", ["批次|开始|结束", "一|2026-03-01|2026-03-15", "二|2026-04-01|2026-04-15"]),
    ("no known word", ["片区|格长|热线", "东湖片|张明|0570-6612345", "西山片|李华|0570-6612346"]),
]  # fmt: skip
HEADLESS = [
    ("figures from the first row on", ["东段|3公里|12万元", "西段|4公里|16万元", "南段|2公里|8万元"]),
    ("words alike", ["场地|市民政局|市住建局", "培训|市人社局|市教育局", "资金|市财政局|市审计局"]),
    ("names of rows", ["项目名称|云栖绿道", "建设单位|甲公司", "建设地点|东湖镇", "建设规模|3公里"]),
    ("serial numbers at once", ["1|疏浚管道|6月底前", "2|更换灯具|8月底前", "3|修补路面|9月底前"]),
    ("telephone numbers", ["东湖街道|0570-6612345", "西山街道|0570-6612346", "临江街道|0570-6612347"]),
    ("sentences", ["第一步。|提交申请表。", "第二步。|窗口受理并出具回执。", "第三步。|审核后发放。"]),
]  # fmt: skip


def _rows(lines: list[str]) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in lines]


@pytest.mark.parametrize("lines", [lines for _, lines in HEADED], ids=[name for name, _ in HEADED])
def test_a_row_unlike_those_below_names_the_columns(lines: list[str]) -> None:
    assert head_rows(_rows(lines)) == 1


@pytest.mark.parametrize("lines", [lines for _, lines in HEADLESS], ids=[name for name, _ in HEADLESS])
def test_a_first_row_like_all_others_is_none(lines: list[str]) -> None:
    assert head_rows(_rows(lines)) == 0


@pytest.mark.parametrize("lines", [lines for _, lines in HEADED + HEADLESS])
def test_rows_that_the_file_sets_off_name_the_columns(lines: list[str]) -> None:
    rows = [tuple("甲乙丙丁"[: lines[0].count("|") + 1]), *_rows(lines)]
    assert head_rows(rows, marks=Marks(set_off=(True, *(False for _ in lines)))) == 1


def test_a_table_that_is_bold_all_over_is_told_by_its_cells() -> None:
    rows = _rows(["东段|3公里|12万元", "西段|4公里|16万元", "南段|2公里|8万元"])
    assert head_rows(rows, marks=Marks(set_off=(True, True, True))) == 0


def test_declared_heads_are_believed() -> None:
    rows = _rows(["东段|西段", "甲|乙", "丙|丁"])
    assert head_rows(rows, marks=Marks(stated=2)) == 2
    assert head_rows(rows, marks=Marks(stated=3)) == 2, "some row is left"


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        (["类别|补贴额|", "|省级|市级", "拖拉机|5|2", "收割机|8|3"], []),
        (["类别|补贴额|补贴额", "|省级|市级", "拖拉机|由省定|由市定", "收割机|由省定|由市定"], []),
        (
            ["类别|补贴对象|", "|单位|个人", "甲类|学校|教师", "乙类|医院|护士"],
            ["类别|补贴对象|补贴对象", "类别|单位|个人", "甲类|学校|教师", "乙类|医院|护士"],
        ),
        (["镇街|人口|面积", "|（万人）|（平方公里）", "东溪镇|2.1|30", "西溪镇|0.9|12"], []),
    ],
)  # fmt: skip
def test_a_row_that_parts_the_heads_above_it_is_one_of_them(rows: list[str], filled: list[str]) -> None:
    assert head_rows(_rows(rows), _rows(filled)) == 2


def test_heads_of_three_rows() -> None:
    filled = _rows(
        [
            "项目|标准|标准|标准|标准",
            "项目|城镇|城镇|农村|农村",
            "项目|成人|儿童|成人|儿童",
            "低保|900|800|700|600",
        ]
    )
    rows = _rows(["项目|标准|||", "|城镇||农村|", "|成人|儿童|成人|儿童", "低保|900|800|700|600"])
    assert head_rows(rows, filled) == 3


def test_a_group_below_the_heads_is_none_of_them() -> None:
    rows = _rows(["序号|指标|2025年", "一、产业||", "1|总产值|400", "二、民生||", "2|学位|900"])
    assert head_rows(rows) == 1


def test_a_head_written_again_is_left_out() -> None:
    table = headed(_rows(["镇街|站长|电话", "东溪|张明|1", "镇街|站长|电话", "西溪|李华|2"]))
    assert table.header_rows == 1
    assert [row.full[0] for row in rows_of(table)] == ["东溪", "西溪"]


def test_a_headless_table_keeps_its_first_row() -> None:
    rows = rows_of(headed(_rows(["东段|3公里|甲公司", "西段|4公里|乙公司"])))
    assert [row.sentence for row in rows] == ["东段：3公里；甲公司", "西段：4公里；乙公司"]


def test_the_rule_of_markdown_parts_the_head_from_the_rows() -> None:
    table = pipe_table(["| 甲类 | 乙类 |", "|---|---|", "| 丙类 | 丁类 |", "| 戊类 | 己类 |"])
    assert table is not None
    assert table.header_rows == 1
    below_two = pipe_table(["|甲|乙|", "|丙|丁|", "|---|---|", "|戊|己|"])
    assert below_two is not None
    assert below_two.header_rows == 2


def test_an_empty_head_of_markdown_is_none() -> None:
    table = pipe_table(["| | |", "|---|---|", "| 东湖街道 | 0570-6612345 |", "| 西山街道 | 0570-6612346 |"])
    assert table is not None
    assert (table.header_rows, len(table.rows)) == (0, 2)


def test_a_column_of_bodies_is_no_column_of_measures() -> None:
    bodies = Table((("路段", "长度", "单位"), ("东段", "3公里", "甲公司"), ("西段", "4公里", "市市政处")))
    assert rows_of(bodies)[0].sentence == "东段：长度：3公里；单位：甲公司"
    measures = Table(
        (("指标", "单位", "目标"), ("绿道", "公里", "30"), ("厕所", "座", "12"), ("绿地", "—", "9"))
    )
    sentences = [row.sentence for row in rows_of(measures)]
    assert sentences == ["绿道（公里）：目标：30公里", "厕所（座）：目标：12座", "绿地：目标：9"]


def test_a_label_reaches_all_rows_that_it_spans() -> None:
    table = headed(
        _rows(["项目|档次|标准", "低保|一档|900", "|二档|800", "特困|一档|1200", "|二档|1100", "合计||4000"])
    )
    assert [row.full[0] for row in rows_of(table)] == ["低保", "低保", "特困", "特困", "合计"]


def test_the_labels_before_the_subject_keep_the_names_of_their_columns() -> None:
    table = headed(_rows(["街道|社区|项目名称|金额（万元）", "东湖|湖畔|廊桥|30", "东湖|柳浪|书屋|12"]))
    assert rows_of(table)[0].sentence == "街道：东湖｜社区：湖畔｜廊桥：金额：30万元"


@pytest.mark.parametrize("name", ["06_text_table.html", "07_text_table.md", "08_text_table.docx"])
def test_a_table_of_words_alone_keeps_all_its_rows(name: str) -> None:
    rows = [passage.text for passage in parse(fault(name), name).passages if passage.kind == "table_row"]
    assert rows == [
        "场地落实：牵头单位：市民政局；配合单位：市住建局",
        "资金拨付：牵头单位：市财政局；配合单位：市审计局",
        "人员培训：牵头单位：市人社局；配合单位：市教育局",
        "宣传引导：牵头单位：市委宣传部；配合单位：市文旅局",
    ]


def test_a_column_named_unit_may_hold_bodies() -> None:
    rows = [p.text for p in parse(fault("23_unit_column.docx"), "a.docx").passages if p.kind == "table_row"]
    assert rows == ["东段：长度：3公里；单位：甲公司", "西段：长度：4公里；单位：乙公司"]


def test_names_of_columns_are_told_from_what_stands_below() -> None:
    assert all(map(is_column_name, ("责任单位", "补贴标准（元）", "备 注", "完成时限", "增长率")))
    assert not any(map(is_column_name, ("市民政局", "30", "修补东湖路面", "每月十日前报送上月情况表")))


def test_names_that_are_parted_twice_below_are_three_rows_of_heads() -> None:
    parts = ("结果维持", "结果纠正")
    rows = (
        ("行政复议", "", "行政诉讼", "", "", ""),
        (*parts, "直接起诉", "", "复议后起诉", ""),
        ("", "", *parts, *parts),
        ("4", "1", "2", "0", "1", "3"),
    )
    whole = (
        ("行政复议", "行政复议", *["行政诉讼"] * 4),
        (*parts, "直接起诉", "直接起诉", "复议后起诉", "复议后起诉"),
        (*parts, *parts, *parts),
        rows[3],
    )
    assert head_rows(rows, whole) == 3


def test_what_reaches_down_along_figures_parts_no_heads() -> None:
    rows = (
        ("资金", "", "预算数", "执行数"),
        ("", "总额", "7216.40", "6950.12"),
        ("", "基本支出", "2402", "2402"),
    )
    whole = (("资金", "资金", "预算数", "执行数"), *(("资金", *row[1:]) for row in rows[1:]))
    assert head_rows(rows, whole) == 1
