"""PDF pages of several layouts: columns, sideways text, bare tables, watermarks, forms."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from ingest.loaders import load
from ingest.pipeline import parse, understand
from tests.ingest.faults import fault

_FONT = "STSong-Light"
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), _FONT, 10)]
_LEFT = [
    "第一条 为规范青石市沿街店铺的招牌设",
    "置，保护街道风貌，制定本办法。第二条",
    "招牌的底边离地面不得低于三米，超出墙",
    "面不得多于五十厘米，夜间亮灯不得晚于",
    "二十三时。第三条 店铺更换招牌前，应当",
    "向所在街道备案，备案不收取任何费用。",
]  # fmt: skip
_RIGHT = [
    "第四条 街道应当自收到备案之日起三个",
    "工作日内答复，逾期不答复的视为同意。",
    "第五条 违反本办法的，责令限期改正，逾",
    "期不改的处二百元以上一千元以下罚款。",
    "第六条 本办法由市城市管理局负责解释，",
    "自二〇二六年三月一日起施行，无例外。",
]  # fmt: skip


def _drawn(*pages: Callable[[Canvas], None]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    for draw in pages:
        canvas.setFont(_FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _rows(parsed: object) -> list[str]:
    return [passage.text for passage in parsed.passages if passage.kind == "table_row"]  # type: ignore[attr-defined]


def _cells(
    canvas: Canvas, rows: Sequence[Sequence[str]], xs: Sequence[int], top: int = 700, step: int = 22
) -> None:
    for order, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=True):
            canvas.drawString(x, top - order * step, cell)


def _in_order(text: str, *words: str) -> bool:
    flat = "".join(text.split())
    places = [flat.find("".join(word.split())) for word in words]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize("shift", [0, 5])
def test_two_columns_are_read_one_after_the_other(by_rows: bool, shift: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 780, "青石市店铺招牌管理办法")
        left = [(60, 740 - 18 * n, line) for n, line in enumerate(_LEFT)]
        right = [(310, 740 - shift - 18 * n, line) for n, line in enumerate(_RIGHT)]
        pairs = [place for pair in zip(left, right, strict=True) for place in pair]
        for x, y, line in pairs if by_rows else [*left, *right]:
            canvas.drawString(x, y, line)
        canvas.drawString(
            60, 600, "附：本办法配图由市城市管理局另行发布，图中尺寸以本办法为准，特此说明如上。"
        )

    text = load(_drawn(page), "a.pdf").text
    assert _in_order(text, "店铺招牌管理办法", *_LEFT, *_RIGHT, "附：本办法配图"), text


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [[line[:12] for line in lines] for lines in (_LEFT, _RIGHT, [line[3:15] for line in _LEFT])]

    def page(canvas: Canvas) -> None:
        for n in range(6):
            for x, column in zip((50, 220, 390), columns, strict=True):
                canvas.drawString(x, 740 - 18 * n, column[n])

    text = load(_drawn(page), "a.pdf").text
    assert _in_order(text, "".join(columns[0]), "".join(columns[1]), "".join(columns[2])), text


def test_the_cells_of_a_table_are_no_columns_of_text() -> None:
    rows = [("项目", "负责单位"), *((f"第{n}号泵站", f"青石市第{n}排水所") for n in range(1, 9))]
    parsed = parse(_drawn(lambda canvas: _cells(canvas, rows, (60, 320))), "a.pdf")
    assert "第3号泵站：负责单位：青石市第3排水所" in _rows(parsed)


@pytest.mark.parametrize("turn", [90, 270, 180])
def test_a_page_drawn_sideways_is_read_upright(turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(*{90: (595, 0), 270: (0, 842), 180: (595, 842)}[turn])
        canvas.rotate(turn)
        canvas.setFont(_FONT, 12)
        canvas.drawString(60, 500, "附表 青石市停车收费标准")
        table = Table(
            [["车型", "首小时", "全天"], ["小型车", "5元", "40元"], ["大型车", "8元", "72元"]],
            style=TableStyle(_GRID),
        )
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 60, 400)
        canvas.drawString(60, 380, "不足一小时的按一小时计算。")

    parsed = parse(_drawn(page), "a.pdf")
    assert _rows(parsed) == ["小型车：首小时：5元；全天：40元", "大型车：首小时：8元；全天：72元"]
    assert _in_order(parsed.text, "附表 青石市停车收费标准", "小型车", "不足一小时的按一小时计算。")


def test_a_sideways_note_at_the_edge_does_not_part_the_text() -> None:
    def page(canvas: Canvas) -> None:
        for n in range(8):
            canvas.drawString(
                80, 740 - 20 * n, f"第{n + 1}条 青石市第{n + 1}类排水户应当每季度报送水质检测报告。"
            )
        canvas.saveState()
        canvas.translate(40, 500)
        canvas.rotate(90)
        canvas.drawString(0, 0, "装订线内不得书写")
        canvas.restoreState()

    text = load(_drawn(page), "a.pdf").text
    lines = [line for line in text.split("\n") if line]
    assert [line[:3] for line in lines[:8]] == [f"第{n}条" for n in range(1, 9)]
    assert lines[8] == "装订线内不得书写"


def test_an_empty_cell_of_a_table_without_lines_stays_in_its_column() -> None:
    rows = [
        ("街道", "站点", "电话", "备注"),
        ("东湖", "湖畔站", "6612345", "周一休"),
        ("西山", "", "6612346", ""),
        ("临江", "江岸站", "", "全天"),
        ("南桥", "", "", "筹建"),
    ]
    parsed = parse(_drawn(lambda canvas: _cells(canvas, rows, (60, 180, 300, 420))), "a.pdf")
    assert _rows(parsed) == [
        "东湖：站点：湖畔站；电话：6612345；备注：周一休",
        "西山：电话：6612346",
        "临江：站点：江岸站；备注：全天",
        "南桥：备注：筹建",
    ]


def test_a_cell_of_two_lines_in_a_table_without_lines_is_one() -> None:
    rows = [
        ("事项", "牵头单位", "完成标准"),
        ("旧管更换", "市住建局", "更换老旧管网并通过水压"),
        ("", "", "试验"),
        ("泵站改造", "市水务局", "建成并投入运行"),
    ]
    parsed = parse(_drawn(lambda canvas: _cells(canvas, rows, (60, 200, 340))), "a.pdf")
    assert _rows(parsed)[0] == "旧管更换：牵头单位：市住建局；完成标准：更换老旧管网并通过水压试验"


def test_labels_that_span_rows_of_a_ruled_table_reach_all_of_them() -> None:
    rows = [
        ["项目", "档次", "标准"],
        ["低保", "一档", "900元"],
        ["", "二档", "800元"],
        ["特困", "一档", "1200元"],
    ]

    def page(canvas: Canvas) -> None:
        table = Table(rows, [80] * 3, style=TableStyle([*_GRID, ("SPAN", (0, 1), (0, 2))]))
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 60, 600)

    assert _rows(parse(_drawn(page), "a.pdf"))[1] == "低保：档次：二档；标准：800元"


def test_a_watermark_across_the_page_is_left_out_and_reported() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFont(_FONT, 40)
        canvas.setFillGray(0.8)
        canvas.translate(120, 200)
        canvas.rotate(30)
        for n in range(3):
            canvas.drawString(0, n * 200, "青石内网")
        canvas.restoreState()
        canvas.setFont(_FONT, 12)
        for n in range(24):
            canvas.drawString(60, 780 - 24 * n, f"第{n + 1}条 第{n + 1}类摊位每月收取管理费{n + 20}元。")

    found = understand(_drawn(page, page), "a.pdf")
    assert "青石内网" not in found.parsed.text
    assert "第7条 第7类摊位每月收取管理费26元。" in found.parsed.text
    assert any("水印" in line and "青石内网" in line for line in found.dropped)


def test_a_title_of_three_lines_is_one_title() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(_FONT, 20)
        for n, line in enumerate(("青石市人民政府办公室", "关于进一步规范农村自建房审批管理的", "实施意见")):
            canvas.drawCentredString(297, 780 - 30 * n, line)
        canvas.setFont(_FONT, 12)
        canvas.drawCentredString(297, 680, "青政办发〔2026〕12号")
        canvas.drawString(60, 650, "各县（区）人民政府：")
        for n in range(3):
            canvas.drawString(84, 620 - 24 * n, f"{'一二三'[n]}、严格审批程序，做到一户一宅，面积不得超标。")

    title = parse(_drawn(page), "a.pdf").document.title
    assert title == "青石市人民政府办公室关于进一步规范农村自建房审批管理的实施意见"


def test_what_is_filled_into_a_form_is_read_where_it_stands() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "青石市补贴申请表")
        canvas.drawString(60, 740, "申请金额：")
        canvas.acroForm.textfield(name="sum", value="20000 yuan", x=130, y=735, width=150, height=20)
        canvas.drawString(60, 700, "是否首次：")
        canvas.acroForm.checkbox(name="first", checked=True, x=130, y=698, size=16)
        canvas.drawString(60, 660, "以上所填属实，如有不实愿意承担相应责任。")

    text = load(_drawn(page), "a.pdf").text
    assert "申请金额： 20000 yuan" in text
    assert _in_order(text, "申请金额：", "20000", "是否首次", "☑", "以上所填属实")


def test_sideways_fault() -> None:
    assert _rows(parse(fault("13_sideways_table.pdf"), "a.pdf")) == [
        "东湖公园：成人票：30元；学生票：15元",
        "西山公园：成人票：20元；学生票：10元",
    ]


def test_columns_drawn_row_by_row_fault() -> None:
    text = load(fault("21_two_columns_row_order.pdf"), "a.pdf").text
    assert _in_order(
        text, *(f"第{n}条 对第{n}类企业给予{n}0万元奖励，由市第{n}局负责落实" for n in range(1, 21))
    )


def test_watermark_fault() -> None:
    found = understand(fault("22_watermark.pdf"), "a.pdf")
    sections = [passage.section for passage in found.parsed.passages if passage.section]
    assert sections == [(f"第{n}条",) for n in range(1, 43)]
    assert "外传" not in found.parsed.text
    assert any("内部资料 严禁外传" in line for line in found.dropped)


def test_form_field_fault() -> None:
    assert "补贴上限如下：\n20000 yuan" in parse(fault("32_form_field.pdf"), "a.pdf").text
