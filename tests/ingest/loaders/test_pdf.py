"""PDF files: paragraphs whole, tables as tables, pages right, bad files told in one line."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ingest.loaders import load, ocr
from ingest.loaders.printed_lines import note_mark
from ingest.pipeline import parse
from tests.ingest.loaders.made_up import AFTER, BEFORE, BODY, CAPTION, HEADER, NOTE, TITLE, Line, assert_whole
from vectorstore.errors import UnreadableFileError

_FONT = "STSong-Light"
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), _FONT, 10)]


@cache
def _styles() -> tuple[ParagraphStyle, ParagraphStyle]:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    body = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    return body, ParagraphStyle("title", body, fontSize=16, alignment=1, firstLineIndent=0, spaceAfter=20)


def _printed(*flow: object, **options: object) -> bytes:
    """A PDF with these pieces below each other."""
    written = io.BytesIO()
    furniture = options.pop("furniture", None)
    document = SimpleDocTemplate(written, **{"pagesize": A4, **options})
    draw: Callable[..., None] = furniture if callable(furniture) else lambda canvas, document: None
    document.build(list(flow), onFirstPage=draw, onLaterPages=draw)
    return written.getvalue()


def _p(text: str) -> Paragraph:
    return Paragraph(text, _styles()[0])


def _running_head(canvas: Canvas, document: object) -> None:
    del document
    canvas.setFont(_FONT, 9)
    canvas.drawString(200, 810, "云岭市人民政府公报")
    canvas.drawString(290, 30, f"— {canvas.getPageNumber()} —")


def made_up_pdf() -> bytes:
    """The made-up document as it is printed: pages, running head, ruled table, footnote."""
    _, title = _styles()
    table = Table([HEADER, *BODY], style=TableStyle([*_GRID, ("SPAN", (0, 1), (0, 2))]))
    return _printed(
        Paragraph(TITLE, title),
        *(_p(_text(line)) for line in BEFORE),
        _p(CAPTION),
        table,
        *(_p(_text(line)) for line in AFTER[:8]),
        PageBreak(),
        *(_p(_text(line)) for line in AFTER[8:]),
        Spacer(1, 40),
        _p(f"<super size=7>1</super>{NOTE}"),
        PageBreak(),
        _p("（此页无正文）"),
        furniture=_running_head,
    )


def made_up_note() -> bytes:
    """One page with a title, a line and a ruled table."""
    _, title = _styles()
    return _printed(Paragraph(TITLE, title), _p(NOTE), Table([HEADER, BODY[0]], style=TableStyle(_GRID)))


def _text(line: Line) -> str:
    cut = len(line.noted)
    return f"{line.text[:cut]}<super size=7>1</super>{line.text[cut:]}" if cut else line.text


def test_the_document_is_whole() -> None:
    parsed = assert_whole(made_up_pdf(), "规划.pdf", mark="[1]")
    assert parsed.document.format == "pdf"
    assert "公报" not in parsed.text
    assert "—" not in parsed.text.replace("2024—2026", "")
    pages = {passage.section[-1]: passage.page for passage in reversed(parsed.passages) if passage.section}
    assert (pages["第二节 主要目标"], pages["第三章 保障措施"]) == (1, 2)


def test_a_table_over_two_pages_keeps_its_header_and_its_category() -> None:
    first = [HEADER, *(_numbered(number) for number in range(20))]
    second = [*(_numbered(number) for number in range(20, 40))]
    first[1] = ("设施", *first[1][1:])
    tables = [
        Table(first, [80] * 5, style=TableStyle([*_GRID, ("SPAN", (0, 1), (0, 20))])),
        PageBreak(),
        Table(second, [80] * 5, style=TableStyle([*_GRID, ("SPAN", (0, 0), (0, 19))])),
    ]
    parsed = parse(_printed(_p("云岭市起降点清单如下。"), *tables, furniture=_running_head), "a.pdf")
    read = [passage for passage in parsed.passages if passage.kind == "table_row"]
    assert len(read) == 40
    assert [passage.page for passage in read] == [1] * 20 + [2] * 20
    assert all(passage.text.startswith("设施｜") for passage in read)
    assert read[-1].text == "设施｜第39类起降点（个）：2023年39个；2026年40个"


def _numbered(number: int) -> tuple[str, ...]:
    return ("", f"第{number}类起降点", "个", str(number), str(number + 1))


def test_a_year_above_two_columns_names_both() -> None:
    rows = [
        ["指标", "2025年", ""],
        ["", "目标", "实际"],
        ["起降点（个）", "10", "8"],
        ["航线（条）", "4", "3"],
    ]
    style = TableStyle([*_GRID, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))])
    parsed = parse(_printed(_p("如下表所示。"), Table(rows, style=style)), "a.pdf")
    rows_read = [passage.text for passage in parsed.passages if passage.kind == "table_row"]
    assert [("2025年目标" in row, "2025年实际" in row) for row in rows_read] == [(True, True)] * 2


def test_exponents_stay_exponents_and_figures_stay_figures() -> None:
    text = load(
        _printed(_p("面积10<super size=7>4</super>m<super size=7>2</super>，航线12条。")), "a.pdf"
    ).text
    assert "10⁴m²，航线12条" in text


def test_words_in_a_frame_are_no_table() -> None:
    frame = Table([[_p("专栏1起降设施")], [_p("1.中心起降场。建设1处。")]], style=TableStyle(_GRID))
    text = load(_printed(frame), "a.pdf").text
    assert "|" not in text
    assert "专栏1起降设施\n1.中心起降场。建设1处。" in text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_when_shown_is_read_as_shown(turn: int) -> None:
    written = io.BytesIO()
    width, height = A4 if turn in (0, 180) else landscape(A4)
    canvas = Canvas(written, pagesize=A4)
    _styles()
    canvas.setPageRotation(turn)
    canvas.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turn])
    canvas.rotate(turn)
    canvas.setFont(_FONT, 12)
    canvas.drawString(60, 500, "云岭市低空经济发展规划")
    canvas.drawString(60, 470, "第一章 总体要求")
    table = Table([HEADER, *BODY], style=TableStyle(_GRID))
    table.wrapOn(canvas, 400, 400)
    table.drawOn(canvas, 60, 200)
    canvas.drawString(60, 100, "表后的话。")
    canvas.save()
    lines = load(written.getvalue(), "a.pdf").text.split("\n")
    assert lines[:2] == ["云岭市低空经济发展规划", "第一章 总体要求"]
    assert lines[3:6] == [
        "|类别|指标|单位|2023年|2026年|",
        "|---|---|---|---|---|",
        "|设施|起降点数量|个|8|力争60|",
    ]
    assert lines[-1] == "表后的话。"


def test_a_password_is_asked_for_in_one_line() -> None:
    data = _printed(_p("机密。"), encrypt=StandardEncryption("secret"))
    with pytest.raises(UnreadableFileError, match="PDF 有密码保护，请解除密码后再收录"):
        load(data, "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\x00\xff" * 5_000])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="PDF 已损坏"):
        load(data, "a.pdf")


def _scan() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.drawInlineImage(Image.new("RGB", (200, 200), "white"), 100, 500)
    canvas.save()
    return written.getvalue()


def test_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFileError, match=r"扫描件.*policy-assistant\[ocr\]"):
        load(_scan(), "a.pdf")


def test_a_scanned_page_among_others_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    _styles()
    canvas.setFont(_FONT, 12)
    canvas.drawString(60, 500, "第一页有文字。")
    canvas.showPage()
    canvas.drawInlineImage(Image.new("RGB", (200, 200), "white"), 100, 500)
    canvas.save()
    loaded = load(written.getvalue(), "a.pdf")
    assert loaded.text.startswith("第一页有文字。\f")
    assert [reason[:8] for reason in loaded.unread] == ["第 2 页：是扫"]


def test_five_hundred_pages_are_read() -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    _styles()
    for number in range(1, 501):
        canvas.setFont(_FONT, 12)
        canvas.drawString(60, 700, f"第{number}条 云岭市对第{number}类航线给予补贴。")
        canvas.showPage()
    canvas.save()
    parsed = parse(written.getvalue(), "a.pdf")
    assert [passage.page for passage in parsed.passages if "第500类" in passage.text] == [500]


@pytest.mark.parametrize(
    ("before", "digits", "mark"),
    [("公报", "1", "[1]"), ("公报[", "1", "1"), ("公报", "①", "①"), ("m", "2", "²")],
)
def test_a_raised_figure_is_a_note_s_mark_an_exponent_or_has_its_brackets(
    before: str, digits: str, mark: str
) -> None:
    assert note_mark(before, digits) == mark


def test_a_note_at_the_foot_of_the_page_is_told_by_its_place() -> None:
    cited = _p("常年开通低空航线<super size=7>1</super>12条，主要用于应急救援、农林作业和空中游览。")
    flow = [cited, Spacer(1, 60), _p("1 低空航线是指飞行线路。"), _p("2025年另有航线3条。")]
    text = load(_printed(*flow), "a.pdf").text
    assert "[1]低空航线是指飞行线路。\n2025年另有" in text


def test_a_wide_gap_behind_a_number_is_no_column() -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    _styles()
    canvas.setFont(_FONT, 12)
    canvas.drawString(60, 700, "1.")
    canvas.drawString(100, 700, "中心起降场建设。")
    canvas.save()
    assert load(written.getvalue(), "a.pdf").text == "1. 中心起降场建设。"
