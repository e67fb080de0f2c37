"""What Word files hold beside plain runs: equations, form fields, struck words, files within, pictures."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from lxml import etree
from PIL import Image

from ingest.blocks import Paragraph
from ingest.loaders import load
from ingest.loaders.docx_math import linear
from ingest.pipeline import parse, understand
from tests.ingest.faults import fault
from tests.ingest.loaders.test_docx import word

_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _m(name: str, *parts: str) -> str:
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


def _t(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def _e(words: str) -> str:
    return _m("e", _t(words))


def _frac(num: str, den: str) -> str:
    return _m("f", _m("num", num), _m("den", den))


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        (_frac(_t("量×价"), _t("12")) + _t("+") + _m("sSup", _e("10"), _m("sup", _t("2"))), "(量×价)/12+10²"),
        (_frac(_t("a"), _frac(_t("b"), _t("c"))), "a/(b/c)"),
        (_m("sSup", _e("x"), _m("sup", _t("n+1"))), "x^(n+1)"),
        (_m("sSub", _e("P"), _m("sub", _t("1"))), "P₁"),
        (_m("sSub", _e("P"), _m("sub", _t("基准"))), "P_基准"),
        (_m("sSubSup", _e("K"), _m("sub", _t("2")), _m("sup", _t("3"))), "K₂³"),
        (_m("rad", _m("deg"), _e("S")), "√(S)"),
        (_m("rad", _m("deg", _t("3")), _e("V+1")), "³√(V+1)"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
            + _m("sub", _t("i=1")) + _m("sup", _t("n")) + _e("Q") + "</m:nary>",
            "∑(i=1→n)Q",
        ),
        ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>" + _e("a+b") + "</m:d>", "[a+b]"),
        (_m("d", _e("a"), _e("b")), "(a|b)"),
        (_m("func", _m("fName", _t("max")), _e("甲-乙")), "max (甲-乙)"),
        (_m("m", _m("mr", _e("1"), _e("0")), _m("mr", _e("0"), _e("1"))), "[1, 0; 0, 1]"),
    ],
)  # fmt: skip
def test_an_equation_reads_on_one_line(inside: str, written: str) -> None:
    assert linear(etree.fromstring(f"<m:oMath {_M}>{inside}</m:oMath>")) == written


def test_struck_and_hidden_words_are_left_out_and_reported() -> None:
    data = word(
        "<w:p><w:r><w:t>每户补助</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>300</w:t></w:r>"
        "<w:r><w:t>500元。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>（内部口径）</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>原第二条作废</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>本通知有效。</w:t></w:r></w:p>",
        "<w:p><w:del w:id='1'><w:r><w:delText>旧稿一句</w:delText></w:r></w:del>"
        "<w:r><w:t>新稿一句。</w:t></w:r></w:p>",
    )
    loaded = load(data, "a.docx")
    words = [block.text for block in loaded.blocks if isinstance(block, Paragraph)]
    assert words == ["每户补助500元。", "本通知有效。", "新稿一句。"]
    assert loaded.unread[:4] == (
        "划去的文字：300",
        "隐藏的文字：（内部口径）",
        "划去的文字：原第二条作废",
        "修订中删除的文字：旧稿一句",
    )


def test_what_is_chosen_in_form_fields_is_read() -> None:
    field = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r>"
    ticked = field.format("<w:checkBox><w:checked/></w:checkBox>")
    empty = field.format("<w:checkBox><w:default w:val='0'/></w:checkBox>")
    choice = field.format(
        "<w:ddList><w:result w:val='1'/><w:listEntry w:val='一次性'/><w:listEntry w:val='按月'/></w:ddList>"
    )
    symbol = "<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>"
    pieces = [ticked, "企业", empty, "个人，发放方式：", choice, "，", symbol, "属实。"]
    runs = (piece if piece.startswith("<") else f"<w:r><w:t>{piece}</w:t></w:r>" for piece in pieces)
    data = word(f"<w:p>{''.join(runs)}</w:p>")
    (block,) = load(data, "a.docx").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "☑企业☐个人，发放方式：按月，☑属实。"


def _with_chunk(name: str, kind: str, inside: bytes) -> bytes:
    """A Word file into which another one is inserted whole."""
    added = {
        "word/document.xml": (b"<w:sectPr", '<w:altChunk r:id="rId77"/><w:sectPr'),
        "word/_rels/document.xml.rels": (
            b"</Relationships>",
            f'<Relationship Id="rId77" Type="http://x/aFChunk" Target="{name}"/></Relationships>',
        ),
        "[Content_Types].xml": (
            b"</Types>",
            f'<Default Extension="{name.rpartition(".")[2]}" ContentType="{kind}"/></Types>',
        ),
    }
    written = io.BytesIO()
    plain = zipfile.ZipFile(io.BytesIO(word("<w:p><w:r><w:t>青石市工作通知</w:t></w:r></w:p>")))
    with zipfile.ZipFile(written, "w") as package:
        for part in plain.namelist():
            before, after = added.get(part, (b"", ""))
            data = plain.read(part)
            package.writestr(part, data.replace(before, after.encode(), 1) if before else data)
        package.writestr(f"word/{name}", inside)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a.html", "<html><body><p>补贴每具1200元。</p></body></html>"),
        ("a.txt", "补贴每具1200元。"),
    ],
)
def test_a_file_inserted_into_a_word_file_is_read_where_it_stands(name: str, inside: str) -> None:
    assert (
        "青石市工作通知\n补贴每具1200元。"
        in parse(_with_chunk(name, "text/html", inside.encode()), "a.docx").text
    )


def test_an_inserted_file_that_cannot_be_read_is_reported() -> None:
    found = understand(_with_chunk("a.bin", "application/x", b"\x00\x01\x02" * 50), "a.docx")
    assert any(line.startswith("插入的文件 a.bin") for line in found.dropped)


def test_pictures_remarks_and_headers_are_reported() -> None:
    document = Document()
    document.add_paragraph("青石市工作通知见下图。")
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    document.sections[0].header.paragraphs[0].text = "青石市内部资料"
    run = document.add_paragraph("请各单位执行。").runs[0]
    document.add_comment(run, text="待核对", author="甲", initials="甲")
    written = io.BytesIO()
    document.save(written)
    unread = load(written.getvalue(), "a.docx").unread
    assert any("图片 1 张" in line for line in unread)
    assert "批注：待核对" in unread
    assert "页眉页脚：青石市内部资料" in unread


def test_lists_that_never_begin_anew_count_on_fault() -> None:
    text = parse(fault("12_lvlrestart0.docx"), "a.docx").text
    assert "第二章 补贴\n第三条 补贴标准如下：" in text
    assert "\n第四条 补贴按季发放。" in text


def test_equation_and_struck_words_fault() -> None:
    found = understand(fault("19_formula_strike.docx"), "a.docx")
    assert "水费=（用量×单价）/12+10²" in found.parsed.text
    assert "1.90" not in found.parsed.text
    assert any("1.90" in line for line in found.dropped)


def test_inserted_file_fault() -> None:
    assert "一、补贴标准为每具1200元。" in parse(fault("20_altchunk.docx"), "a.docx").text
