"""The information box of a page, in the shapes that pages give it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.blocks import Heading, Paragraph, Seam, Table
from ingest.infobox import unfold_box
from ingest.parsing import understand
from vectorstore.types import Status

TITLE = "云栖市民政局关于发放高龄津贴的通知"
BODY = (
    "<p>各有关单位：</p><p>现将有关事项通知如下，请结合实际认真抓好贯彻落实，确保各项工作取得实效。</p>"
    "<p>云栖市民政局</p><p>2020年3月1日</p>"
)
BOXES = (
    "<dl><dt>索引号：</dt><dd>YX1</dd><dt>发文机关：</dt><dd>云栖市民政局</dd><dt>失效日期：</dt><dd>2025-02-28</dd></dl>",
    "<ul><li>索 引 号：YX1</li><li>发文机关：云栖市民政局</li><li>失效日期：2025年2月28日</li></ul>",
    "<table><tr><td>索引号</td><td>YX1</td><td>分类</td><td>民政</td></tr><tr><td>发布机构</td><td>云栖市民政局</td>"
    "<td>失效日期</td><td>2025.2.28</td></tr></table>",
    "<div><span>索 引 号：</span><span>YX1</span><br><span>发布机构：</span><span>云栖市民政局</span><br>"
    "<span>失效时间：</span><span>2025年2月28日</span></div>",
    "<p>索引号：YX1 发布机构：云栖市民政局 废止日期：2025-02-28</p>",
    "<table><tr><td>索引号：YX1</td><td>发布机构：云栖市民政局</td></tr><tr><td>生效日期：2020-03-01</td>"
    "<td>有效期：5年</td></tr></table>",
)


@pytest.mark.parametrize("box", BOXES)
def test_a_box_tells_of_the_document_and_is_neither_title_nor_table(box: str) -> None:
    page = f"<html><head><meta charset='utf-8'></head><body>{box}<p>{TITLE}</p>{BODY}</body></html>"
    parsed = understand(page.encode(), "页面.html").parsed
    told = parsed.document
    assert (told.title, told.issuer) == (TITLE, "云栖市民政局")
    assert told.validity is not None
    assert told.validity.last_day == date(2025, 2, 28)
    assert told.standing(date(2025, 3, 1)) is Status.EXPIRED
    assert not parsed.tables
    assert "索引号：YX1" in parsed.text


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("有效", Status.IN_FORCE),
        ("失效", Status.SUPERSEDED),
        ("废止", Status.SUPERSEDED),
        ("", Status.UNKNOWN),
    ],
)
def test_the_standing_that_a_publisher_states_counts(word: str, status: Status) -> None:
    box = f"<ul><li>索引号：YX1</li><li>发布机构：云栖市民政局</li><li>有 效 性：{word}</li></ul>"
    page = f"<html><head><meta charset='utf-8'></head><body>{box}<h1>{TITLE}</h1>{BODY}</body></html>"
    assert understand(page.encode(), "页面.html").parsed.document.status is status


def test_a_field_without_a_value_is_left_out_with_the_name_of_the_box() -> None:
    blocks = (
        Heading("基本信息"),
        Paragraph("文 号：云府规〔2019〕6号"),
        Paragraph("发布日期："),
        Paragraph("正文。"),
    )
    assert unfold_box(blocks) == (Seam(), Paragraph("文号：云府规〔2019〕6号"), Seam(), Paragraph("正文。"))


def test_a_single_field_and_a_table_of_other_things_stay_as_they_are() -> None:
    blocks = (Paragraph("来源：云栖日报"), Table((("名称", "数量"), ("甲", "2"))), Paragraph("正文。"))
    assert unfold_box(blocks) == blocks
