"""What can be done with the tables of an answer: copied, taken along, sorted, read on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from tests.assistant.ui.browser import PATIENCE, ask, attentive, downloaded, settled

pytestmark = pytest.mark.browser
TABLE = "海岬高新区的主要指标有哪些？"
_PASTED = "type => navigator.clipboard.read().then(items => items[0].getType(type)).then(one => one.text())"
# The cells of a row that are no wider than three characters of their text and yet hold more.
_SQUEEZED = """() => [...document.querySelectorAll(".pa-answer .pa-table :is(td, th)")].filter(cell => {
    const style = getComputedStyle(cell);
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return cell.textContent.trim().length > 3 && room < 3 * parseFloat(style.fontSize);
}).map(cell => cell.textContent)"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with attentive(browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def answered(page: Page, address: str) -> Locator:
    """Ask for a table, wait until the page is whole, and return the table."""
    page.goto(address)
    ask(page, TABLE)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    return page.locator(".stChatMessage .pa-answer table")


def test_one_click_copies_the_table_alone_each_row_with_its_source(
    browser: Browser, examples_page: str
) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with attentive(browser.new_context(locale="zh-CN", permissions=allowed)) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        answered(page, examples_page)
        page.get_by_role("button", name="复制表格").click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        plain, html = (page.evaluate(_PASTED, kind) for kind in ("text/plain", "text/html"))
    lines = plain.splitlines()
    assert lines[0] == "类别\t指标\t2025年\t2030年\t年均增长〔累计〕\t属性\t依据"
    assert lines[1].startswith("经济发展\t地区生产总值（亿元）\t612.4\t980\t10%左右\t预期性\t《临澜海岬")
    assert "（现行有效）" in lines[1]
    assert len(lines) == 1 + 14
    assert "<td>地区生产总值（亿元）</td><td>612.4</td><td>980</td>" in html


def test_the_workbook_holds_the_table_and_its_sources(page: Page, examples_page: str, tmp_path: Path) -> None:
    answered(page, examples_page)
    file = downloaded(page.get_by_role("button", name="下载 Excel 表格"), tmp_path)
    assert file.name == "海岬高新区的主要指标有哪些？.xlsx"
    table, sources = load_workbook(file).worksheets
    assert ("经济发展", "地区生产总值（亿元）", 612.4, 980, "10%左右", "预期性", "[1]") in list(table.values)
    assert sources.max_row == 1 + 14
    assert sources["E2"].value == "现行有效"


def test_a_click_on_a_column_sorts_by_figures_and_keeps_each_mark_with_its_row(
    page: Page, examples_page: str
) -> None:
    table = answered(page, examples_page)
    names = table.locator("tbody th")
    expect(names).to_have_count(14)
    head = table.locator("thead th", has_text="2030年")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(names.first).to_have_text("每千人口医疗卫生机构床位数（张）[12]")
    expect(names.nth(1)).to_contain_text("全社会研发经费投入强度")
    expect(names.last).to_contain_text("新增公办学位")
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(names.first).to_contain_text("地区生产总值")
    expect(names.last).to_contain_text("新增公办学位")
    names.first.locator(".pa-mark a").click()
    expect(page.locator(".st-key-source-panel h2")).to_contain_text("[1]")
    settled(page)
    expect(names.first).to_contain_text("地区生产总值")
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "none")
    expect(names.nth(1)).to_contain_text("规模以上工业增加值")


def test_on_a_phone_what_a_row_is_about_stays_while_its_values_scroll(
    phone: Page, examples_page: str
) -> None:
    table = answered(phone, examples_page)
    last = table.locator("tbody tr").first.locator("td").last
    expect(last).not_to_be_in_viewport()
    phone.locator(".pa-table").hover()
    phone.mouse.wheel(1000, 0)
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(table.locator("tbody th").first).to_be_in_viewport(ratio=0.9)
    expect(table.locator("thead th", has_text="指标")).to_be_in_viewport(ratio=0.9)
    expect(table.locator("tbody td").first).not_to_be_in_viewport()


def test_on_a_phone_no_column_is_squeezed_to_a_few_characters_a_line(phone: Page, examples_page: str) -> None:
    answered(phone, examples_page)
    assert phone.evaluate(_SQUEEZED) == []
