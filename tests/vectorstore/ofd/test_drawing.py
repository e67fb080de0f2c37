"""Pages of OFD files as drawings."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.vectorstore.ofd.packages import package, picture, text
from vectorstore.errors import UnreadableFileError
from vectorstore.ofd import drawing as drawn_by
from vectorstore.ofd.drawing import drawing, pictures
from vectorstore.ofd.package import OfdFile

_SVG = "{http://www.w3.org/2000/svg}"
_LINE = (
    '<ofd:PathObject ID="5" Boundary="20 50 160 1"{more}>{child}'
    "<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
)
_IMAGE = '<ofd:ImageObject ID="8" Boundary="20 100 40 20" ResourceID="9"{more}/>'
_MEDIA = '<ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'


def drawn(data: bytes, number: int = 1) -> etree._Element:
    return etree.fromstring(drawing(OfdFile(data), number, (), "#ffe25c"))


def line(data: str, more: str = "", child: str = "") -> str:
    return _LINE.format(data=data, more=more, child=child)


def paths(element: etree._Element) -> list[etree._Element]:
    return list(element.iter(f"{_SVG}path"))


def test_characters_stand_where_the_file_puts_them() -> None:
    (words,) = drawn(package(text("岸电", 20, 30, 5))).iter(f"{_SVG}text")
    assert words.text == "岸电"
    assert words.get("transform") == "matrix(1 0 0 1 20 30)"
    assert (words.get("x"), words.get("y"), words.get("font-size")) == ("0 5", "4.25", "5")


def test_characters_beyond_the_first_plane_do_not_shift_the_others() -> None:
    (words,) = drawn(package(text("𠮷电站", 20, 30, 5))).iter(f"{_SVG}text")
    assert words.get("x") == "0 0 5 10"


def test_characters_run_down_the_page() -> None:
    down = text("竖排", 20, 30).replace("DeltaX", "DeltaY")
    (words,) = drawn(package(down)).iter(f"{_SVG}text")
    assert (words.get("x"), words.get("y")) == ("0 0", "4.25 9.25")


def test_fonts_are_named_and_what_stands_for_them() -> None:
    fonts = '<ofd:Font ID="2" FontName="仿宋_GB2312" Bold="true"/>'
    (words,) = drawn(package(text("文字", 20, 30), resources=fonts)).iter(f"{_SVG}text")
    assert words.get("font-family") == "'仿宋_GB2312', FangSong, STFangsong, serif"
    assert words.get("font-weight") == "bold"


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ("255 0 0", "rgb(255,0,0)"),
        ("#80", "rgb(128,128,128)"),
        ("0 255 255 0", "rgb(255,0,0)"),
        ("x", "rgb(0,0,0)"),
    ],
)
def test_colours_are_those_of_the_file(colour: str, fill: str) -> None:
    page = text("文字", 20, 30, child=f'<ofd:FillColor Value="{colour}" Alpha="51"/>')
    (words,) = drawn(package(page)).iter(f"{_SVG}text")
    assert (words.get("fill"), words.get("fill-opacity")) == (fill, "0.2")


def test_rules_of_tables_are_drawn_in_the_style_they_refer_to() -> None:
    style = '<ofd:DrawParam ID="3" Relative="4"/><ofd:DrawParam ID="4" LineWidth="0.5"/>'
    (rule,) = paths(drawn(package(line("M 0 0 L 160 0", ' DrawParam="3"'), resources=style)))
    assert rule.get("d") == "M0 0 L160 0"
    assert (rule.get("stroke-width"), rule.get("fill")) == ("0.5", "none")


def test_a_style_that_rests_on_itself_ends() -> None:
    style = '<ofd:DrawParam ID="3" Relative="3"/>'
    (rule,) = paths(drawn(package(line("M 0 0 L 160 0", ' DrawParam="3"'), resources=style)))
    assert rule.get("stroke-width") == "0.353"


def test_curves_and_arcs_are_drawn_and_what_is_no_step_ends_a_path() -> None:
    (path,) = paths(drawn(package(line('S 1 2 B 1 2 3 4 5 6 A 9 9 0 1 0 7 8 C L 1 "x" url(#a) L 1 1'))))
    assert path.get("d") == "M1 2 C1 2 3 4 5 6 A9 9 0 1 0 7 8 Z L1 0"


def test_a_shading_hides_nothing() -> None:
    shaded = line("M 0 0 L 1 1 C", ' Fill="true"', "<ofd:FillColor><ofd:AxialShd/></ofd:FillColor>")
    assert paths(drawn(package(shaded)))[0].get("fill") == "none"


def test_templates_stand_behind_each_page() -> None:
    data = package(text("正文", 20, 60), text("次页", 20, 60), template=text("云岭市公报", 20, 20))
    for number, words in ((1, "正文"), (2, "次页")):
        said = [element.text for element in drawn(data, number).iter(f"{_SVG}text")]
        assert said == ["云岭市公报", words]


def test_pictures_are_part_of_the_drawing() -> None:
    data = package(
        _IMAGE.format(more=' CTM="40 0 0 20 0 0"'), resources=_MEDIA, files={"Doc_0/Res/a.png": picture()}
    )
    (image,) = drawn(data).iter(f"{_SVG}image")
    assert image.get("transform") == "matrix(40 0 0 20 20 100)"
    assert str(image.get("href")).startswith("data:image/jpeg;base64,")
    ((opened, place),) = pictures(OfdFile(data), 1)
    assert (opened.size, place) == ((20, 10), (40, 0, 0, 20, 20, 100))


@pytest.mark.parametrize("files", [{}, {"Doc_0/Res/a.png": b"%!PS-Adobe-3.0 EPSF-3.0\n"}])
def test_a_picture_that_cannot_be_opened_leaves_its_place(files: dict[str, bytes]) -> None:
    element = drawn(package(_IMAGE.format(more=""), resources=_MEDIA, files=files))
    assert list(element.iter(f"{_SVG}image")) == []
    assert paths(element)[0].get("transform") == "matrix(40 0 0 20 20 100)"


def test_nothing_of_the_file_becomes_markup_or_an_address() -> None:
    fonts = """<ofd:Font ID="2" FontName="x'&quot; onload=&quot;alert(1)" FamilyName="url(http://a.b)"/>"""
    page = text("&lt;script&gt;x", 20, 30, child='<ofd:FillColor Value="&quot;&gt;&lt;script/&gt;"/>')
    written = drawing(OfdFile(package(page, resources=fonts)), 1, (), "#ffe25c")
    element = etree.fromstring(written)
    names = {etree.QName(found).localname for found in element.iter()}
    assert names == {"svg", "rect", "text", "g"}
    assert not any(key.startswith("on") for found in element.iter() for key in found.attrib)
    assert re.findall(r"\w+://[^\" ]*", written) == ["http://www.w3.org/2000/svg"]


def test_too_much_on_a_page_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_by, "_MOST_OBJECTS", 3)
    with pytest.raises(UnreadableFileError, match="内容过多"):
        drawn(package(line("M 0 0 L 1 1") * 9))


@pytest.mark.parametrize("box", ["0 0 900000 0", "0 0 -5 1", "x"])
def test_a_page_is_as_large_as_paper_can_be(box: str) -> None:
    view = [float(side) for side in str(drawn(package(text("文字", 20, 30), box=box)).get("viewBox")).split()]
    assert all(10 <= side <= 3000 for side in view[2:])
