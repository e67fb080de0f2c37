from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assistant.exporting.export_word import word_of
from tests.assistant.test_export import DRAFT, FIRST, NOTICE, SECOND, TEXT, both, exchange, made
from tests.assistant.ui.samples import HOSTILE, answer, citation, document

TABLE = answer("| 对象 | 所载 |\n| --- | --- |\n| 甲 | 一[1] |\n| 乙 |", citation(TEXT, FIRST))
FIELDS = 'HYPERLINK "https://example.org" { PAGE } =1+1 <w:instrText>QUOTE</w:instrText>'


def opened(file: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(file))


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return etree.fromstring(package.read(name))


def texts(element: etree._Element) -> str:
    return "".join(element.itertext(qn("w:t")))


@pytest.fixture(scope="module")
def file() -> bytes:
    return word_of(made(exchange(both(), "目标是多少？"), exchange(TABLE, "有什么不同？")))


def test_the_briefing_reads_in_the_order_of_an_official_paper(file: bytes) -> None:
    lines = [paragraph.text for paragraph in opened(file).paragraphs]
    assert lines[:4] == ["政策问答简报", "港口目标", "检索日期：2026年3月9日", "一、目标是多少？"]
    assert lines[4] == f"提示：{NOTICE}"
    assert lines[5].startswith(SECOND)
    assert lines.index("二、有什么不同？") < lines.index("表1") < lines.index("三、资料来源")


def test_tables_are_tables(file: bytes) -> None:
    compared, sources = opened(file).tables
    assert [[cell.text for cell in row.cells] for row in compared.rows] == [
        ["对象", "所载"],
        ["甲", "一2"],
        ["乙", ""],
    ]
    assert [cell.text for cell in sources.rows[0].cells] == [
        "文件",
        "发文机关",
        "成文日期",
        "检索时状态",
        "注释",
    ]
    assert "征求意见稿" in [cell.text for cell in sources.rows[2].cells]


def test_sources_are_real_footnotes_numbered_in_the_order_of_their_marks(file: bytes) -> None:
    notes = part(file, "word/footnotes.xml").findall(qn("w:footnote"))
    told = {note.get(qn("w:id")): texts(note) for note in notes}
    marks = [mark.get(qn("w:id")) for mark in part(file, "word/document.xml").iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2"]
    assert SECOND in told["1"]
    assert "征求意见稿" in told["1"]
    assert FIRST in told["2"]


def test_page_and_fonts_are_those_of_official_papers(file: bytes) -> None:
    word = opened(file)
    section = word.sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 37, 28]
    fonts = {
        name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")
    }
    assert fonts == {"Normal": "仿宋", "Heading 1": "黑体"}
    assert word.styles["Normal"].font.size.pt == 16
    (field,) = section.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"


@pytest.mark.parametrize("words", [HOSTILE, FIELDS, "甲\x00\x1b\u202e乙\ud800\ufffe"])
def test_text_never_becomes_a_field_a_link_or_markup(words: str) -> None:
    readable = "".join(words.split()) if words.isprintable() else ""
    cited = citation(words, words, document=document(title=words, issuer=words), label=words)
    table = f"| 甲 | {words} |\n| --- | --- |\n| 乙 | {words}[1] |"
    given = answer(f"{words}[1]\n{table}", cited, notices=(words,))
    written = word_of(made(exchange(given, words), title=words))
    for name in ("word/document.xml", "word/footnotes.xml"):
        tags = {etree.QName(element).localname for element in part(written, name).iter(etree.Element)}
        assert not {"hyperlink", "instrText", "fldChar", "fldSimple", "script", "img"} & tags
    shown = texts(part(written, "word/footnotes.xml"))
    assert (readable or "甲乙") in "".join(shown.split())


def test_without_sources_there_are_no_notes() -> None:
    written = word_of(made(exchange(answer("资料中未找到。", refused=True))))
    assert "word/footnotes.xml" not in zipfile.ZipFile(BytesIO(written)).namelist()
    assert "资料来源" not in "".join(paragraph.text for paragraph in opened(written).paragraphs)


def printed(file: bytes, folder: Path) -> pypdfium2.PdfDocument:
    """Return a briefing as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有安装 LibreOffice (soffice not found)")
    (folder / "briefing.docx").write_bytes(file)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "briefing.docx")], check=True, capture_output=True, timeout=120)
    return pypdfium2.PdfDocument(folder / "briefing.pdf")


def test_libreoffice_opens_it_and_sets_the_notes(file: bytes, tmp_path: Path) -> None:
    page = printed(file, tmp_path)[0]
    first = "".join(page.get_textpage().get_text_range().split())
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=1)
    assert "政策问答简报" in first
    assert "1《青屿市绿色港口发展办法》" in first
    assert "—1—" in first


def test_no_line_of_the_sources_begins_with_a_sign_or_within_a_number(tmp_path: Path) -> None:
    lines = [f"第{number}项指标达到{number}%。" for number in range(1, 41)]
    # The notes of each document are every other one, so that no range shortens them.
    cited = [
        citation("".join(lines), line, number, **(DRAFT if number % 2 else {}))
        for number, line in enumerate(lines, 1)
    ]
    text = "\n".join(f"{line}[{number}]" for number, line in enumerate(lines, 1))
    pages = printed(word_of(made(exchange(answer(text, *cited)))), tmp_path)
    told = "\n".join(page.get_textpage().get_text_range() for page in pages).partition("资料来源")[2]
    # The last number of a list may stand alone on its line.
    lists = [part for part in told.split() if re.fullmatch(r"[\d、]+", part)]
    assert not [line for line in lists if line.startswith("、")]
    assert {int(number) for line in lists for number in line.split("、") if number} >= {*range(1, 41)}
