"""A document opened from the list and corrected, as its reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import served, settled
from tests.assistant.ui.libraries import fill_with, named

pytestmark = pytest.mark.browser
_TEXT = "到2030年，全市港口岸电使用率达到95%。"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page on a library of more documents than a screen shows."""
    folder = tmp_path_factory.mktemp("data")
    fill_with(folder, [named(f"d{at}", _TEXT, title=f"青屿市第{at}号港口办法") for at in range(15)])
    with served(Path(folder)) as running:
        yield running


def test_a_document_opens_at_its_title_and_a_wrong_value_is_told_at_its_field(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/library")
    last = page.get_by_role("button", name="查看").last
    expect(last).to_be_visible()
    last.scroll_into_view_if_needed()
    last.click()
    expect(page.get_by_role("button", name="返回文件列表")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.get_by_role("textbox", name="期间").fill("十四五")
    page.get_by_role("button", name="保存更正").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("2026-2030")
    field, line = page.get_by_role("textbox", name="期间").bounding_box(), told.bounding_box()
    assert field
    assert line
    assert 0 < line["y"] - field["y"] < 90
    assert abs(line["x"] - field["x"]) < 20
    page.get_by_role("textbox", name="期间").fill("2026-2030")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_in_viewport()
    expect(told).to_have_count(0)


def test_each_passage_begins_with_its_number_as_people_say_it(page: Page, address: str) -> None:
    page.goto(f"{address}/library?document=d0")
    page.get_by_role("tab", name="段落").click()
    place = page.get_by_role("tabpanel", name="段落").locator(".pa-facts").first
    expect(place).to_have_text("第 1 段 · 第一章 总则 › 第二节 发展目标")


def test_the_name_of_the_library_leads_from_a_document_back_to_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    page.get_by_role("button", name="查看").first.click()
    expect(page.get_by_role("button", name="返回文件列表")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="资料库").click()
    expect(page.get_by_role("button", name="查看").first).to_be_visible()
    expect(page).to_have_url(f"{address}/library")
