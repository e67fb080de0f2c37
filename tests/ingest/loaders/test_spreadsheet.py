"""Workbooks and CSV tables."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ingest.blocks import Heading, Paragraph, Table
from ingest.loaders import load
from ingest.pipeline import parse, understand
from tests.ingest.faults import fault
from tests.ingest.loaders.made_up import AFTER, BEFORE, BODY, CAPTION, HEADER, TITLE, assert_whole
from vectorstore.errors import UnreadableFileError


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for span in merged:
        book.active.merge_cells(span)
    return _saved(book)


def made_up_workbook() -> bytes:
    """The made-up document with every line in a merged row and the table in the middle."""
    before = [(TITLE,), *((line.text,) for line in BEFORE), (CAPTION,)]
    table = [HEADER, *(tuple(cell or None for cell in row) for row in BODY)]
    top = len(before) + 2
    lines = [f"A{row}:E{row}" for row in range(1, len(before) + 1)]
    rows = [*before, *table, *((line.text,) for line in AFTER)]
    return _sheet(*rows, merged=(*lines, f"A{top}:A{top + 1}"))


def test_the_document_is_whole() -> None:
    assert assert_whole(made_up_workbook(), "规划.xlsx", noted=False).document.format == "xlsx"


def test_figures_read_as_excel_shows_them() -> None:
    book = Workbook()
    book.active.append(("指标", "值"))
    shown = [
        (0.125, "0.0%"),
        (1234567, "#,##0"),
        (3.0, "General"),
        (2.5, "0.00"),
        (date(2024, 3, 5), "yyyy/m/d"),
    ]
    for value, form in shown:
        book.active.append(("甲", value))
        book.active.cell(book.active.max_row, 2).number_format = form
    (table,) = load(_saved(book), "a.xlsx").blocks
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows[1:]] == ["12.5%", "1,234,567", "3", "2.50", "2024年3月5日"]


def test_headers_of_two_rows_and_merged_categories_are_resolved() -> None:
    data = _sheet(
        ("类别", "指标", "2025年", None),
        (None, None, "目标", "实际"),
        ("设施", "起降点", 10, 8),
        (None, "航线", 5, 4),
        merged=("A1:A2", "B1:B2", "C1:D1", "A3:A4"),
    )
    parsed = parse(data, "a.xlsx")
    rows = [passage.text for passage in parsed.passages if passage.kind == "table_row"]
    assert rows[1] == "设施｜航线：2025年目标5；2025年实际4"


def test_sheets_are_sections_by_their_names_and_hidden_ones_are_left_out() -> None:
    book = Workbook()
    book.active.title = "城区"
    book.active.append(("甲",))
    other = book.create_sheet("乡镇")
    other.append(("乙",))
    book.create_sheet("草稿").append(("丙",))
    book["草稿"].sheet_state = "hidden"
    blocks = load(_saved(book), "a.xlsx").blocks
    assert blocks == (Heading("城区", 1), Paragraph("甲"), Heading("乡镇", 1), Paragraph("乙"))


def test_a_workbook_is_called_as_the_line_above_its_first_table_says() -> None:
    book = Workbook()
    book.active.title = "重点项目"
    book.active.append(("云岭县2026年农业重点项目计划表",))
    book.active.append(("填报单位：云岭县农业农村局 制表日期：2026年3月12日 金额单位：万元",))
    book.active.append(("序号", "项目名称", "总投资"))
    book.active.append((1, "渠道改造", 5940))
    book.active.append(("小计", None, 5940))
    for line in ("A1:C1", "A2:C2", "A5:B5"):
        book.active.merge_cells(line)
    book.create_sheet("惠农补贴").append(("甲",))
    told = parse(_saved(book), "a.xlsx")
    document, (table,) = told.document, told.tables
    assert (document.title, document.issuer) == ("云岭县2026年农业重点项目计划表", "云岭县农业农村局")
    assert (document.region, document.issued_on) == ("云岭县", date(2026, 3, 12))
    assert table.caption == document.title
    rows = [passage.text for passage in told.passages if passage.kind == "table_row"]
    assert rows == ["1 渠道改造：总投资：5940万元", "小计：总投资：5940万元"]


def _rows(data: bytes) -> list[str]:
    return [passage.text for passage in parse(data, "a.xlsx").passages if passage.kind == "table_row"]


@pytest.mark.parametrize(
    "said",
    [
        ("填报单位：云岭县水务局", "制表日期：2026年2月18日", "单位：万元"),
        ("云岭县水务局", "云岭县财政局", "2026年2月18日"),
        ("公开01表", None, None),
        (None, None, "（单位：万元）"),
    ],
)
def test_cells_that_say_who_made_a_table_and_when_name_no_column(said: tuple[str | None, ...]) -> None:
    data = _sheet(
        ("云岭县重点项目表",), said, ("序号", "项目名称", "总投资"), (1, "渠道改造", 5940), (2, "泵站", 800)
    )
    assert [row.partition("：")[2].removesuffix("万元") for row in _rows(data)] == [
        "总投资：5940",
        "总投资：800",
    ]


def test_income_and_expenditure_beside_each_other_are_two_tables() -> None:
    data = _sheet(
        ("部门收支总表",),
        ("部门名称：云岭县水务局", None, None, "单位：万元"),
        ("收入", None, "支出", None),
        ("项目", "预算数", "项目（按功能分类）", "预算数"),
        ("一、拨款收入", 3268.47, "一、农林水支出", 2894.33),
        (None, None, "二、节能环保支出", 97.5),
        merged=("A1:D1", "A3:B3", "C3:D3"),
    )
    assert _rows(data) == [
        "一、拨款收入：收入预算数：3268.47万元",
        "一、农林水支出：支出预算数：2894.33万元",
        "二、节能环保支出：支出预算数：97.5万元",
    ]
    assert parse(data, "a.xlsx").document.issuer == "云岭县水务局"


def test_figures_below_an_empty_row_go_on_under_the_names_above_it() -> None:
    data = _sheet(
        ("乡镇", "面积（亩）", "备注"),
        (),
        ("河谷片区",),
        ("霁塘镇", 18640, None),
        (),
        ("说明：山地片区为抽样推算。",),
        (),
        ("山地片区",),
        ("柘岚镇", 4120, "待核"),
    )
    assert _rows(data) == [
        "河谷片区｜霁塘镇：面积：18640亩",
        "说明：山地片区为抽样推算。",
        "山地片区｜柘岚镇：面积：4120亩；备注：待核",
    ]


def test_a_column_s_own_unit_goes_before_its_row_s_and_growth_has_none_of_them() -> None:
    data = _sheet(
        ("指标", "计量单位", "绝对量", "同比±%", "比上年增长"),
        ("用电量", "千瓦时", 28746.3, 4.2, 5),
        merged=(),
    )
    assert _rows(data) == ["用电量（千瓦时）：绝对量：28746.3千瓦时；同比±%：4.2%；比上年增长：5"]


def test_two_tables_of_a_sheet_are_parted_by_their_captions() -> None:
    data = _sheet(
        ("云岭市低保标准和资金",),
        ("表1 低保标准", None, "单位：元"),
        ("区县", "城市", "农村"),
        ("岭东区", 780, 620),
        ("表2 资金发放", None, "单位：万元"),
        ("区县", "资金", "户数"),
        ("岭东区", 927.21, 1264),
    )
    assert _rows(data) == ["岭东区：城市：780元；农村：620元", "岭东区：资金：927.21万元；户数：1264"]
    assert [table.caption for table in parse(data, "a.xlsx").tables] == [
        "表1低保标准",
        "表2资金发放",
    ]


def test_a_row_of_bare_units_is_no_part_of_the_names_above_it() -> None:
    data = _sheet(("品名", "数量", "单价"), (None, "台", "元"), ("离心机", 12, 980), merged=("A1:A2",))
    assert _rows(data) == ["离心机：数量：12台；单价：980元"]


def test_a_row_goes_by_its_name_and_not_by_its_code_and_a_sum_of_all_is_of_no_group() -> None:
    data = _sheet(
        ("序号", "编码", "品目", "限额"),
        ("一、货物类",),
        (1, "A02010104", "服务器", 20),
        (2, "A02010105", "交换机", 10),
        ("合计", None, None, 30),
        merged=("A2:D2", "A5:C5"),
    )
    assert _rows(data) == [
        "一、货物类｜编码：A02010104｜1 服务器：限额：20",
        "一、货物类｜编码：A02010105｜2 交换机：限额：10",
        "合计：限额：30",
    ]


def test_how_many_projects_there_are_names_no_row() -> None:
    data = _sheet(("地区", "项目个数（个）", "投资（亿元）"), ("栖鹭县", 71, 21.9), ("霁川县", 87, 34.6))
    assert _rows(data)[0] == "栖鹭县：项目个数：71个；投资：21.9亿元"


def test_an_empty_row_parts_two_tables() -> None:
    blocks = load(_sheet(("年份", "甲"), (2024, 1), (), ("年份", "乙"), (2024, 2)), "a.xlsx").blocks
    assert [block.rows[0] for block in blocks if isinstance(block, Table)] == [("年份", "甲"), ("年份", "乙")]


def test_a_csv_file_without_a_column_of_text_is_a_table() -> None:
    parsed = parse("指标,单位,2025年\n起降点,个,10\n航线,条,5\n".encode("gb18030"), "指标.csv")
    rows = [passage.text for passage in parsed.passages if passage.kind == "table_row"]
    assert rows == ["起降点（个）：2025年10个", "航线（条）：2025年5条"]


def test_fifty_thousand_rows_are_read() -> None:
    lines = ["指标,单位,2025年", *(f"第{number}类起降点,个,{number}" for number in range(50_000))]
    parsed = parse("\n".join(lines).encode(), "a.csv")
    assert sum(passage.kind == "table_row" for passage in parsed.passages) == 50_000


def test_formatting_far_below_does_not_make_a_sheet_large() -> None:
    book = Workbook()
    book.active.append(("指标", "值"))
    book.active.append(("甲", 1))
    book.active.cell(1_048_576, 16_000).number_format = "0.00"
    book.active.merge_cells("A2:A20000")
    (table,) = load(_saved(book), "a.xlsx").blocks
    assert isinstance(table, Table)
    assert table.rows == (("指标", "值"), ("甲", "1"))


def test_a_broken_workbook_and_one_with_entities_are_told() -> None:
    data = _sheet(("甲", "乙"), ("丙", "丁"))
    with pytest.raises(UnreadableFileError, match=r"损坏|识别"):
        load(data[: len(data) // 2], "a.xlsx")
    for name, content, reason in (
        ("xl/workbook.xml", b"<workbook", "损坏"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "实体"),
    ):
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
            for member in old.namelist():
                new.writestr(member, content if member == name else old.read(member))
        with pytest.raises(UnreadableFileError, match=reason):
            load(written.getvalue(), "a.xlsx")


def test_hidden_rows_columns_and_sheets_are_left_out_alike_and_reported() -> None:
    book = Workbook()
    book.active.title = "公开"
    for row in (("镇街", "名额", "底价"), ("东溪", 3, 910), ("西溪", 5, 920), ("南溪", 4, 930)):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("测算").append(("预留", 999))
    book["测算"].sheet_state = "veryHidden"
    found = understand(_saved(book), "名额.xlsx")
    rows = [passage.text for passage in found.parsed.passages if passage.kind == "table_row"]
    assert rows == ["东溪：名额：3", "南溪：名额：4"]
    for words in ("第 3 行", "西溪", "C 列", "910", "隐藏的工作表“测算”", "999"):
        assert any(words in line for line in found.dropped), words


def test_a_formula_without_a_value_is_reported() -> None:
    data = _sheet(("项目", "金额"), ("甲", 3), ("乙", 4), ("合计", "=SUM(B2:B3)"))
    assert any("B4 =SUM(B2:B3)" in line for line in understand(data, "a.xlsx").dropped)


def test_remarks_on_cells_are_reported() -> None:
    book = Workbook()
    for row in (("项目", "金额"), ("甲", 3), ("乙", 4)):
        book.active.append(row)
    book.active["B2"].comment = Comment("含税价", "审核")
    assert any("批注" in line and "含税价" in line for line in understand(_saved(book), "a.xlsx").dropped)


def test_the_decimals_and_signs_of_a_format_are_kept() -> None:
    text = parse(fault("11_thousands_decimals.xlsx"), "a.xlsx").text
    for words in ("项目2\t98,765.43", "项目7\t¥98,765.43", "项目4\t98,765.4", "项目13\t98765.43万元"):
        assert words in text


def test_hidden_row_and_formula_fault() -> None:
    found = understand(fault("33_hidden_row_formula.xlsx"), "a.xlsx")
    assert "插秧机" not in found.parsed.text
    for words in ("插秧机", "F6 =B6+C6", "预留资金"):
        assert any(words in line for line in found.dropped), words


def test_a_bold_first_row_names_the_columns_of_words() -> None:
    book = Workbook()
    for row in (("东", "南", "西"), ("甲", "乙", "丙"), ("丁", "戊", "己"), ("东", "己", "庚")):
        book.active.append(row)
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    (table,) = load(_saved(book), "a.xlsx").blocks
    assert isinstance(table, Table)
    assert table.header_rows == 1


@pytest.mark.parametrize(
    "bomb",
    [
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    ],
)
def test_a_merge_or_link_over_a_whole_sheet_takes_neither_time_nor_memory(bomb: str) -> None:
    plain, bombed = io.BytesIO(_sheet(("指标", "目标"), ("绿地", "12"))), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(bombed, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if "worksheets/" in info.filename:
                data = data.replace(b"</sheetData>", b"</sheetData>" + bomb.encode())
            target.writestr(info.filename, data)
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match="范围"):
        load(bombed.getvalue(), "a.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_merges_of_an_ordinary_size_are_read() -> None:
    data = _sheet(("表1",), ("指标", "目标"), ("绿地", "12"), merged=("A1:XFD1",))
    assert any(isinstance(block, Table) for block in load(data, "a.xlsx").blocks)
