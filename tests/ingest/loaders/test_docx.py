"""Word files: what a reader of the page sees, numbers included, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from ingest.blocks import Block, FrameEnd, Heading, Note, Paragraph, Table
from ingest.loaders import load
from tests.ingest.loaders.made_up import AFTER, BEFORE, BODY, CAPTION, HEADER, NOTE, TITLE, Line, assert_whole
from vectorstore.errors import UnreadableFileError

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def word(*pieces: str, notes: str = "", numbering: str = "") -> bytes:
    """A Word file with these paragraphs and tables as XML."""
    document = Document()
    body = document.element.body
    for piece in pieces:
        body.insert(len(body) - 1, parse_xml(piece.replace(">", f" {_W} {_MC} {_WPS}>", 1)))
    for name, inner in (("footnotes", notes), ("numbering", numbering)):
        if inner:
            blob = f'<?xml version="1.0"?><w:{name} {_W}>{inner}</w:{name}>'.encode()
            kind = getattr(RELATIONSHIP_TYPE, name.upper())
            for key, relation in list(document.part.rels.items()):
                if relation.reltype == kind:
                    del document.part.rels[key]
            part = Part(PackURI(f"/word/{name}.xml"), f"{_KINDS}{name}+xml", blob, document.part.package)
            document.part.relate_to(part, kind)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def made_up_word(*, numbered: bool = True) -> bytes:
    """The made-up document as an office writes it: styles, merged cells, a footnote.

    Args:
        numbered: whether Word numbers its chapters and items, so that the numbers are written nowhere.
    """
    cells = "".join(
        _row(row, merge) for row, merge in zip((HEADER, *BODY), ("", "restart", "continue", ""), strict=True)
    )
    return word(
        f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>",
        *(_line(line, numbered=numbered) for line in BEFORE),
        _p(CAPTION),
        f"<w:tbl>{cells}</w:tbl>",
        *(_line(line, numbered=numbered) for line in AFTER),
        notes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r>{_r(" " + NOTE)}</w:p></w:footnote>',
        numbering=_list("1", "decimal", "%1.") + _list("2", "chineseCounting", "第%1章"),
    )


def _line(line: Line, *, numbered: bool) -> str:
    if line.level:
        number = _num(2, 0) if numbered and "章" in line.text[:3] else ""
        text = line.text[4:] if number else line.text
        return f"<w:p><w:pPr><w:pStyle w:val='Heading{line.level}'/>{number}</w:pPr>{_r(text)}</w:p>"
    if line.item and numbered:
        return f"<w:p><w:pPr>{_num(1, 0)}</w:pPr>{_r(line.text[2:])}</w:p>"
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="5"/></w:r>'
    cut = len(line.noted)
    return f"<w:p>{_r(line.text[:cut])}{mark if line.noted else ''}{_r(line.text[cut:])}</w:p>"


def _row(cells: tuple[str, ...], merge: str) -> str:
    first = f"<w:tcPr><w:vMerge w:val='{merge}'/></w:tcPr>" if merge else ""
    inner = "".join(f"<w:tc>{'' if place else first}{_p(cell)}</w:tc>" for place, cell in enumerate(cells))
    return f"<w:tr>{inner}</w:tr>"


def _list(name: str, *levels: str) -> str:
    pairs = enumerate(zip(levels[::2], levels[1::2], strict=True))
    inner = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (kind, text) in pairs
    )
    return (
        f'<w:abstractNum w:abstractNumId="{name}">{inner}</w:abstractNum>'
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>'
    )


def _num(name: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'


def _r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{_r(text)}</w:p>"


def _blocks(*pieces: str, notes: str = "", numbering: str = "") -> tuple[Block, ...]:
    return load(word(*pieces, notes=notes, numbering=numbering), "a.docx").blocks


def test_the_document_is_whole() -> None:
    assert assert_whole(made_up_word(), "规划.docx").document.format == "docx"


def test_the_bytes_tell_and_not_the_name() -> None:
    assert load(made_up_word(), "规划.doc").format == "docx"


def test_automatic_numbers_are_counted_as_word_counts_them() -> None:
    numbering = _list(
        "1", "chineseCounting", "%1、", "chineseCounting", "（%2）", "decimalEnclosedCircle", "%3"
    )
    pieces = [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)]
    blocks = _blocks(*(_p(text, _num(1, level)) for text, level in pieces), numbering=numbering)
    words = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert words == ["一、甲", "（一）乙", "（二）丙", "① 丁", "二、戊", "（一）己"]


def test_bullets_are_items_without_a_number() -> None:
    blocks = _blocks(_p("甲", _num(1, 0)), numbering=_list("1", "bullet", "●"))
    assert blocks == (Paragraph("甲", item=True),)


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_kept() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    blocks = _blocks(f"<w:p>{_r('留')}{deleted}<w:ins>{_r('新')}</w:ins>{_r('隐', '<w:vanish/>')}</w:p>")
    assert blocks == (Paragraph("留新"),)


def test_headings_come_from_styles_and_outline_levels() -> None:
    blocks = _blocks(_p("总则", "<w:pStyle w:val='Heading2'/>"), _p("附则", "<w:outlineLvl w:val='0'/>"))
    assert blocks == (Heading("总则", 2), Heading("附则", 1))


def test_a_whole_sentence_in_a_heading_style_is_a_paragraph() -> None:
    text = "（一）建设起降点。在县城和景区建设一批起降点，统一标准。"
    assert _blocks(_p(text, "<w:pStyle w:val='Heading2'/>")) == (Paragraph(text),)


def test_a_bold_opening_is_a_lead() -> None:
    blocks = _blocks(f"<w:p>{_r('空中', '<w:b/>')}{_r('物流。', '<w:b/>')}{_r('开通航线。')}</w:p>")
    assert blocks == (Paragraph("空中物流。开通航线。", lead="空中物流"),)


def test_a_table_of_contents_is_left_out() -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{_p('第一章 总则 1')}</w:sdtContent></w:sdt>"
    cover = f"<w:sdt><w:sdtPr/><w:sdtContent>{_p('封面')}</w:sdtContent></w:sdt>"
    assert _blocks(control, cover) == (Paragraph("封面"),)


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{_p('专栏1 框中')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _blocks(f"<w:p>{_r('正文')}{drawing}</w:p>") == (
        Paragraph("正文"),
        Paragraph("专栏1 框中"),
        FrameEnd(),
    )


def test_a_frame_of_one_cell_is_no_table() -> None:
    cell = f"<w:tc>{_p('专栏1 起降设施')}{_p('1.中心起降场。')}</w:tc>"
    assert _blocks(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == (
        Paragraph("专栏1 起降设施"),
        Paragraph("1.中心起降场。"),
        FrameEnd(),
    )


def test_header_rows_and_merged_cells_are_resolved() -> None:
    def cell(text: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text)}</w:tc>"

    heading = "<w:trPr><w:tblHeader/></w:trPr>"
    first = cell("指标", "<w:vMerge w:val='restart'/>") + cell("2025年", "<w:gridSpan w:val='2'/>")
    second = cell("", "<w:vMerge/>") + cell("目标", "") + cell("实际", "")
    third = cell("起降点", "") + cell("10", "") + cell("8", "")
    (table,) = _blocks(
        f"<w:tbl><w:tr>{heading}{first}</w:tr><w:tr>{heading}{second}</w:tr><w:tr>{third}</w:tr></w:tbl>"
    )
    assert isinstance(table, Table)
    assert (table.header_rows, table.rows[1]) == (2, ("", "目标", "实际"))
    assert table.filled[:2] == (("指标", "2025年", "2025年"), ("指标", "目标", "实际"))


def test_a_note_carries_the_words_in_front_of_its_mark() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{_p("指飞行线路。")}</w:footnote>'
    blocks = _blocks(f"<w:p>{_r('航线')}{mark}{_r('增加。')}</w:p>", notes=notes)
    assert blocks == (Paragraph("航线增加。"), Note("指飞行线路。", "1", "航线"))


@pytest.mark.parametrize("keep", [200, 5_000])
def test_a_broken_package_is_told(keep: int) -> None:
    with pytest.raises(UnreadableFileError, match=r"损坏|识别"):
        load(made_up_word()[:keep], "a.docx")


def _repacked(data: bytes, name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return written.getvalue()


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密")
    for kind in ('<!ENTITY a "字"><!ENTITY b "&a;&a;">', f'<!ENTITY b SYSTEM "file://{secret}">'):
        body = f"<!DOCTYPE x [{kind}]><w:document {_W}><w:body>{_p('&b;')}</w:body></w:document>"
        with pytest.raises(UnreadableFileError, match="实体"):
            load(_repacked(made_up_word(), "word/document.xml", body.encode()), "a.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _repacked(made_up_word(), "word/styles.xml", b" " * 50_000_000)
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        load(bomb, "a.docx")


def test_a_file_without_words_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="没有可收录的文字"):
        load(word(), "a.docx")
