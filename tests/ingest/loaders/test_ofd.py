"""OFD files, written as GB/T 33190 describes them."""

from __future__ import annotations

import io
import zipfile
from itertools import count

import pytest
from PIL import Image

from ingest.loaders import load, ocr
from tests.ingest.loaders.made_up import AFTER, BEFORE, BODY, CAPTION, HEADER, NOTE, TITLE, Line, assert_whole
from vectorstore.errors import UnreadableFileError

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_WIDTH = 34
_SIZE = 4.5


def _text(words: str, x: float, y: float, size: float = _SIZE, deltas: str = "") -> str:
    deltas = deltas or f"g {len(words) - 1} {size}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 180 {size}" Font="2" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.85}" DeltaX="{deltas}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(*pages: str, template: str = "", root: str = "Doc_0/Document.xml") -> bytes:
    """An OFD file with these text objects on its pages."""
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData>{box}</ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages></ofd:Document>",
    }
    for number, content in enumerate(pages):
        layer = f"<ofd:Content><ofd:Layer ID='9'>{template}{content}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {_OFD}>{layer}</ofd:Page>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return written.getvalue()


def _set(lines: tuple[Line, ...], heights: count[int]) -> str:
    """Lines as a typesetter sets them: two characters in, and broken at the paper's edge."""
    found = ""
    for line in lines:
        words = line.text[: len(line.noted)] + "①" + line.text[len(line.noted) :] if line.noted else line.text
        first = _WIDTH - 2
        pieces = [words[:first], *(words[at : at + _WIDTH] for at in range(first, len(words), _WIDTH))]
        for place, piece in enumerate(pieces):
            found += _text(piece, 25 + (0 if place else 2 * _SIZE), next(heights))
    return found


def made_up_ofd() -> bytes:
    """The made-up document on two pages, its table set in columns."""
    heights = count(30, 8)
    first = _text(TITLE, 50, 20, 6) + _set((*BEFORE, Line(CAPTION)), heights)
    category = ""
    for row in (HEADER, *BODY):
        category = row[0] or category
        height = next(heights)
        for place, cell in enumerate((category, *row[1:])):
            first += _text(cell, 25 + place * 34, height)
    heights = count(30, 8)
    second = _set((*AFTER, Line(f"①{NOTE}")), heights)
    # Objects stand in a file in any order: the page's places tell.
    return ofd(
        first, "".join(reversed(second.split("<ofd:TextObject"))).replace("ID=", "<ofd:TextObject ID=")
    )


def test_the_document_is_whole() -> None:
    parsed = assert_whole(made_up_ofd(), "规划.ofd", mark="①")
    assert parsed.document.format == "ofd"
    assert {passage.page for passage in parsed.passages} == {1, 2}


def test_text_stands_where_the_page_shows_it() -> None:
    page = _text("第二行。", 25, 40) + _text("第一行。", 25, 30) + _text("同一行", 120, 30)
    assert load(ofd(page), "a.ofd").text == "第一行。    同一行\n第二行。"


def test_gaps_inside_a_text_are_gaps() -> None:
    assert load(ofd(_text("甲乙", 25, 30, deltas="30")), "a.ofd").text == "甲    乙"


def test_a_root_given_from_the_top_is_found() -> None:
    assert load(ofd(_text("正文。", 25, 30), root="/Doc_0/Document.xml"), "a.ofd").text == "正文。"


def test_files_without_text_or_pages_are_told() -> None:
    with pytest.raises(UnreadableFileError, match="没有可提取的文字"):
        load(ofd(""), "a.ofd")
    with pytest.raises(UnreadableFileError, match="缺少页面内容"):
        load(ofd("", root="../../etc/passwd"), "a.ofd")


def test_entities_are_refused() -> None:
    data = ofd(_text("正文。", 25, 30))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("Content.xml"):
                part = part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            new.writestr(name, part)
    with pytest.raises(UnreadableFileError, match="实体"):
        load(written.getvalue(), "a.ofd")


def _with_picture() -> bytes:
    """An OFD file of one page that holds a picture alone, as a scanner writes it."""
    image = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="9"/>'
    written = io.BytesIO()
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    with zipfile.ZipFile(io.BytesIO(ofd(image))) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "Doc_0/Document.xml":
                resources = b"<ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
                part = part.replace(b"<ofd:CommonData>", resources)
            new.writestr(name, part)
        media = '<ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
        new.writestr(
            "Doc_0/Res.xml",
            f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        )
        new.writestr("Doc_0/Res/a.png", picture.getvalue())
    return written.getvalue()


def test_a_page_of_pictures_is_recognised_where_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "read_image", lambda image: f"扫描的公告 {image.size[0]}")
    assert load(_with_picture(), "a.ofd").text == "扫描的公告 20"


def test_a_page_of_pictures_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFileError, match="ocr"):
        load(_with_picture(), "a.ofd")


@pytest.mark.parametrize("strange", ["NaN", "inf", "-1e309", "1e300"])
def test_numbers_that_nobody_can_reckon_with_count_as_not_stated(strange: str) -> None:
    words = "云栖市的规划"
    strangely = (
        _text(words, 25, 30).replace('X="0"', f'X="{strange}"'),
        _text(words, 25, 30, deltas=f"g {strange} 4.5"),
        _text(words, 25, 30, deltas=f"g 5 {strange}"),
        _text(words, 25, 30).replace('Boundary="25 30', f'Boundary="{strange} 30'),
        _text(words, 25, 30).replace('Size="4.5"', f'Size="{strange}"'),
        _text(words, 25, 30).replace('ID="1"', f'ID="1" CTM="1 0 0 1 {strange} 0"'),
    )
    for text in strangely:
        loaded = load(ofd(text, _text("第二页", 25, 30)), "规划.ofd").text
        assert "".join(loaded.split()) == f"{words}第二页", text
    boxed = ofd(f"<ofd:PhysicalBox>0 0 210 {strange}</ofd:PhysicalBox>{_text(words, 25, 30)}")
    assert load(boxed, "规划.ofd").text.strip() == words
