"""Web pages: the article alone, with its tables, lists and notes."""

from __future__ import annotations

import pytest

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.loaders import load
from ingest.loaders.html import read_page
from ingest.pipeline import parse
from tests.ingest.loaders.made_up import AFTER, BEFORE, BODY, CAPTION, HEADER, NOTE, TITLE, Line, assert_whole
from vectorstore.errors import UnreadableFileError
from vectorstore.types import PassageKind

_CHROME_ABOVE = """
<div class="top-nav"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/fw">办事服务</a></div>
<ul><li><a href="/1">本地要闻</a></li><li><a href="/2">部门动态</a></li>
<li><a href="/3">通知公告</a></li></ul>
<p>您现在的位置：首页 &gt; 政务公开 &gt; 规划计划</p>"""
_CHROME_BELOW = """
<p>【打印本页】</p><div>相关文档：<a href="/a">云岭市某办法</a><a href="/b">云岭市某规定</a>
<a href="/c">云岭市某通知</a></div>
<footer>版权所有：云岭市人民政府　网站地图</footer><script>var a = "不是正文";</script>"""


def page() -> str:
    """The made-up document as a government site shows it."""
    rows = "".join(f"<th>{cell}</th>" for cell in HEADER)
    table = (
        f"<table><tr>{rows}</tr><tr><td rowspan=2>设施</td>{_cells(BODY[0][1:])}</tr>"
        f"<tr>{_cells(BODY[1][1:])}</tr><tr>{_cells(BODY[2])}</tr></table>"
    )
    lines = [*map(_line, BEFORE), f"<p align=center>{CAPTION}</p>", table, *map(_line, AFTER)]
    note = f'<div id="ftn1"><p><a href="#ref1" name="note1">[1]</a> {NOTE}</p></div>'
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE}-云岭市人民政府</title></head><body>{_CHROME_ABOVE}"
        f'<table width="100%"><tr><td><h1>{TITLE}</h1>{"".join(lines)}<hr>{note}</td></tr></table>'
        f"{_CHROME_BELOW}</body></html>"
    )


def _cells(cells: tuple[str, ...]) -> str:
    return "".join(f"<td><p>{cell}</p></td>" for cell in cells)


def _line(line: Line) -> str:
    if line.level:
        return f"<h{line.level + 1}>{line.text}</h{line.level + 1}>"
    text = line.text
    if line.noted:
        mark = '<a href="#note1" name="ref1"><sup>[1]</sup></a>'
        text = line.noted + mark + text[len(line.noted) :]
    return f"<div>　　<span style='font-size:16px'>{text}</span></div>"


def _blocks(inner: str) -> tuple[Block, ...]:
    return read_page(f"<html><body>{inner}</body></html>").blocks


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_document_is_whole_and_its_surroundings_are_gone(encoding: str) -> None:
    parsed = assert_whole(page().encode(encoding), "规划.html")
    for word in ("政务公开", "要闻", "打印", "某办法", "版权", "不是正文", "[1]"):
        assert word not in parsed.text


def test_a_page_is_told_by_its_tags() -> None:
    assert load(page().encode(), "规划.txt").format == "html"
    assert load(page().encode("utf-16"), "规划.doc").format == "html"
    assert load("不是网页：a<b，<html标记也没有。".encode(), "说明.txt").format == "txt"


def test_a_year_above_two_columns_names_both() -> None:
    blocks = _blocks(
        "<table><tr><th rowspan=2>指标</th><th colspan=2>2025年</th></tr><tr><th>目标</th><th>实际</th></tr>"
        "<tr><td>起降点</td><td>10</td><td>8</td></tr></table>"
    )
    assert blocks == (
        Table(
            (("指标", "2025年", ""), ("", "目标", "实际"), ("起降点", "10", "8")),
            header_rows=2,
            filled=(("指标", "2025年", "2025年"), ("指标", "目标", "实际"), ("起降点", "10", "8")),
        ),
    )


def test_a_name_and_a_unit_inside_a_table_stand_above_it() -> None:
    blocks = _blocks(
        "<table><tr><td colspan=2>附表 投资</td></tr><tr><td colspan=2>单位：亿元</td></tr>"
        "<tr><td>年份</td><td>投资</td></tr><tr><td>2024</td><td>3</td></tr></table>"
    )
    assert blocks[:2] == (Paragraph("附表 投资"), Paragraph("单位：亿元"))
    assert blocks[2] == Table((("年份", "投资"), ("2024", "3")), filled=(("年份", "投资"), ("2024", "3")))


def test_line_breaks_part_paragraphs_but_not_sentences() -> None:
    blocks = _blocks(
        "<div>　　第一条 为了促进云岭市低空经济健康有序发展，根据有关规定，制定本<br>办法。<br>"
        "　　第二条 本办法适用于云岭市。</div>"
    )
    assert blocks == (
        Paragraph("第一条 为了促进云岭市低空经济健康有序发展，根据有关规定，制定本办法。"),
        Paragraph("第二条 本办法适用于云岭市。"),
    )


def test_a_bold_opening_is_a_lead_and_a_numbered_item_has_its_number() -> None:
    blocks = _blocks("<p><b>空中物流。</b>开通航线。</p><ol start=3><li>申请</li><li>受理</li></ol>")
    assert blocks == (
        Paragraph("空中物流。开通航线。", lead="空中物流"),
        Paragraph("3. 申请", item=True),
        Paragraph("4. 受理", item=True),
    )


def test_raised_figures_do_not_become_others() -> None:
    assert _blocks("<p>面积10<sup>4</sup>m<sup>2</sup></p>") == (Paragraph("面积10⁴m²"),)


def test_a_link_to_a_later_place_is_a_note() -> None:
    blocks = _blocks('<p>航线<a href="#n">①</a>增加。</p><p id="n">①指飞行线路。</p>')
    assert blocks == (Paragraph("航线增加。"), Note("指飞行线路。", "①", "航线"))


def test_preformatted_text_is_read_as_lines() -> None:
    blocks = _blocks("<pre>第一章 总则\n\n第一条 为了发展\n低空经济，制定本办法。</pre>")
    assert [block.text for block in blocks if isinstance(block, Paragraph)][:1] == ["第一章 总则"]


def test_the_title_in_the_properties_serves_where_the_article_has_none() -> None:
    head = "<head><meta name=ArticleTitle content=云岭市低空办法></head>"
    data = f"<html>{head}<body><p>一、补贴30万元。</p></body></html>"
    assert parse(data.encode(), "a.html").document.title == "云岭市低空办法"


def test_headings_keep_their_level() -> None:
    assert _blocks("<h2>第一章<br>总则</h2><p>略。</p>") == (Heading("第一章 总则", 2), Paragraph("略。"))


def test_a_page_without_words_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="没有可收录的文字"):
        load(b"<html><body><script>1</script></body></html>", "a.html")


def test_deeply_nested_elements_are_read() -> None:
    (block,) = _blocks("<div>" * 1500 + "深处的字" + "</div>" * 1500)
    assert block == Paragraph("深处的字")


def test_each_of_many_nested_elements_may_have_words_and_tables() -> None:
    opened, closed = "<div>字<b>" * 150, "</b></div>" * 150
    words = _blocks(f"{opened}深处{closed}")
    assert (
        sum(block.text.replace("*", "").count("字") for block in words if isinstance(block, Paragraph)) == 150
    )
    cells = "".join(f"<tr><td>{name}</td><td>{opened}深处{closed}</td></tr>" for name in "甲乙丙")
    table = load(f"<body>{'<div>' * 150}<table>{cells}</table>".encode(), "a.html").blocks
    assert all(word in str(table) for word in ("甲", "乙", "丙", "深处"))


def test_entities_of_the_page_are_not_expanded() -> None:
    kind = '<!DOCTYPE html [<!ENTITY a "字字字字"><!ENTITY b "&a;&a;&a;&a;">]>'
    bomb = f"{kind}<html><body><p>甲&b;</p></body></html>"
    assert "字字" not in "".join(
        str(block) for block in read_page(bomb).blocks if isinstance(block, Paragraph)
    )


def test_a_record_written_in_html_is_read_as_such() -> None:
    data = '{"title": "办法", "content": "<p>第一条 甲。</p><p>第二条 乙。</p>"}'.encode()
    assert load(data, "a.jsonl#1").blocks == (Paragraph("第一条 甲。"), Paragraph("第二条 乙。"))


def test_the_number_of_an_item_stands_before_its_paragraph() -> None:
    assert _blocks("<ol><li><p>申请</p></li><li><div>受理</div></li></ol>") == (
        Paragraph("1. 申请", item=True),
        Paragraph("2. 受理", item=True),
    )


def test_particulars_set_as_a_table_are_lines_that_describe_the_document() -> None:
    particulars = (
        "<table><tr><td>发文机关：</td><td>云岭市人民政府</td><td>发文字号：</td><td>云政发〔2024〕3号</td></tr>"
        "<tr><td>成文日期：</td><td>2024年3月5日</td><td>有效期：</td><td></td></tr></table>"
    )
    body = "<h1>云岭市低空办法</h1><p>第一条 对新开通航线每条补贴30万元。</p>"
    document = parse(f"<html><body>{particulars}{body}</body></html>".encode(), "a.html").document
    assert (document.issuer, document.document_number) == ("云岭市人民政府", "云政发〔2024〕3号")
    assert str(document.issued_on) == "2024-03-05"


def test_a_box_ends_with_the_frame_that_is_drawn_round_it() -> None:
    after = "市政府成立领导小组，统筹协调重大事项，定期调度工作进展，各项任务落到实处。"
    frame = "<table><tr><td><p>专栏1 重点工程</p><p>建设起降点40处。</p></td></tr></table>"
    parsed = parse(
        f"<html><body><h1>规划</h1><h2>一、任务</h2>{frame}<p>{after}</p></body></html>".encode(), "a.html"
    )
    paths = {passage.text.split("\n")[-1]: passage.section for passage in parsed.passages}
    assert paths["建设起降点40处。"] == ("一、任务", "专栏1重点工程")
    assert paths[after] == ("一、任务",)


def test_particulars_set_as_a_table_need_no_colons() -> None:
    rows = (
        "<tr><td>索引号</td><td>12-2024</td><td>发文字号</td><td>云府办〔2024〕15号</td></tr>"
        "<tr><td>标题</td><td colspan=3>云岭市航线补贴办法</td></tr>"
    )
    head = "<html><head><title>云岭市政府网</title></head>"
    parsed = parse(
        f"{head}<body><table>{rows}</table><p>第一条 补贴航线。</p></body></html>".encode(), "a.html"
    )
    assert parsed.document.title == "云岭市航线补贴办法"
    assert parsed.document.document_number == "云府办〔2024〕15号"
    assert "政府网" not in parsed.text
    assert all(passage.kind != PassageKind.TABLE_ROW for passage in parsed.passages)


def test_a_document_type_with_definitions_of_its_own_is_no_text() -> None:
    markup = (
        '<!DOCTYPE html [\n<!ENTITY 市 "云栖市">\n<!ELEMENT p (#PCDATA)>\n]>\n'
        "<html><body><h1>云栖市绿地规划</h1><p>新增绿地12公顷。</p></body></html>"
    )
    parsed = parse(markup.encode(), "规划.html")
    assert parsed.document.title == "云栖市绿地规划"
    assert "]>" not in parsed.text
    assert "ENTITY" not in parsed.text


@pytest.mark.parametrize("strange", ["\x0c", "\x01", "&#1;", "\uffff", "&#xfffe;"])
def test_signs_that_xml_cannot_hold_end_no_page(strange: str) -> None:
    loaded = read_page(f"<p>为推进建设，<script>x</script>现就有关事项{strange}通知。</p>")
    assert "通知。" in _words_of(loaded.blocks[0])


def _words_of(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def test_names_and_values_beside_each_other_are_read_as_pairs() -> None:
    rows = (
        ("事项名称", "渔船登记", "事项类型", "行政许可"),
        ("实施主体", "云岭县海洋局", "服务对象", "渔业企业"),
        ("法定时限", "20个工作日", "是否收费", "否"),
        ("咨询监督", "咨询电话", "0000-1234567"),
    )
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    parsed = parse(
        f"<html><body><h1>渔船登记指南</h1><table>{table}</table></body></html>".encode(), "a.html"
    )
    assert "实施主体：云岭县海洋局\n服务对象：渔业企业\n" in parsed.text
    assert "咨询监督咨询电话：0000-1234567" in parsed.text
    assert not parsed.tables
