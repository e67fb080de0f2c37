"""Versions compared and references drawn, in a browser: by pointer, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.assistant.asking import filled
from tests.assistant.relating.texts import ACTION, NEW, OLD, RULES, TEXTS
from tests.assistant.ui.browser import downloaded, fits, served, settled
from tests.assistant.ui.test_accessibility import violations
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("relations")


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[str, str]:
    with filled(folder, TEXTS) as library:
        return {one.source: one.id for one in library.documents()}


@pytest.fixture(scope="module")
def address(folder: Path, ids: dict[str, str]) -> Iterator[str]:
    with served(LibrarySettings.in_folder(folder).policy_data_dir) as running:
        yield running


def test_a_document_offers_its_other_version_and_what_matters_stands_first(
    page: Page, address: str, ids: dict[str, str], tmp_path: Path
) -> None:
    page.goto(f"{address}/library?document={ids[NEW]}")
    settled(page)
    page.locator(".pa-ways").get_by_text("对比").click()
    rows = page.locator(".pa-ledger-row")
    expect(rows.first).to_be_visible()
    settled(page)
    expect(page.get_by_text("逐条对照")).to_be_visible()
    expect(rows.filter(has_text="要求变化")).to_contain_text("可以")
    expect(rows.filter(has_text="要求变化")).to_contain_text("应当")
    expect(rows.filter(has_text="上下限变化")).to_contain_text("不低于2000元")
    assert f"before={ids[OLD]}" in page.url
    assert violations(page) == []
    assert docx.Document(str(downloaded(page.get_by_role("button", name="下载 Word"), tmp_path))).tables


def test_both_sources_open_at_the_place(page: Page, address: str, ids: dict[str, str]) -> None:
    page.goto(f"{address}/compare?before={ids[OLD]}&after={ids[NEW]}")
    row = page.locator("[class*=st-key-ledger-row-]").filter(has_text="要求变化")
    expect(row).to_be_visible()
    settled(page)
    way = row.get_by_role("button", name="查看原文")
    way.focus()
    page.keyboard.press("Enter")
    marks = page.get_by_role("dialog").locator(".pa-reading mark")
    expect(marks).to_have_text(["养老机构可以聘用兼职护理员。", "养老机构应当聘用专职护理员。"])


def test_documents_are_chosen_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.locator(".pa-ways").get_by_text("版本对比").click()
    expect(page.get_by_text("请选择两份不同的文件")).to_be_visible()
    for label, title in (("原文件", "养老服务管理办法"), ("新文件", "养老机构服务管理办法")):
        settled(page)
        page.get_by_role("combobox", name=label).fill(title)
        page.get_by_role("option").filter(has_text=title).first.click()
    expect(page.locator(".pa-ledger-row").first).to_be_visible()


def test_warnings_stand_first_and_on_the_page_of_what_rests_on_it(
    page: Page, address: str, ids: dict[str, str]
) -> None:
    page.goto(f"{address}/relations?document={ids[OLD]}")
    warnings = page.locator(".pa-notice")
    expect(warnings.filter(has_text="云溪区养老服务补贴实施细则")).to_contain_text("已废止/被替代")
    expect(warnings.filter(has_text="松涛县老龄工作实施方案")).to_contain_text("规划期已满")
    graph = page.locator(".pa-graph")
    expect(graph).to_be_visible()
    settled(page)
    assert violations(page) == []
    assert float(warnings.first.bounding_box()["y"]) < float(graph.bounding_box()["y"])  # type: ignore[index]
    page.goto(f"{address}/library?document={ids[RULES]}")
    expect(page.locator(".pa-notice").filter(has_text="青岚市养老服务管理办法")).to_contain_text("已废止")


def test_the_same_is_a_table_to_download_and_a_node_is_opened_by_keyboard(
    page: Page, address: str, ids: dict[str, str], tmp_path: Path
) -> None:
    page.goto(f"{address}/relations?document={ids[OLD]}")
    expect(page.locator(".pa-rows tbody tr")).to_have_count(2)
    file = downloaded(page.get_by_role("button", name="下载 CSV"), tmp_path)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "云溪区养老服务补贴细则.txt" in "".join(lines)
    node = page.locator(".pa-graph a").filter(has_text="云溪区养老服务补贴实施细则")
    expect(node).to_be_visible()
    settled(page)
    node.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="云溪区养老服务补贴实施细则")).to_be_visible()
    assert f"document={ids[RULES]}" in page.url


def test_what_repealed_what_stands_first_and_leads_to_its_drawing(
    page: Page, address: str, ids: dict[str, str]
) -> None:
    page.goto(f"{address}/relations?document={ids[ACTION]}")
    way = page.locator(".pa-ended a")
    expect(way).to_have_text(
        "《青岚市养老机构服务管理办法》（青政规〔2025〕7号） → "
        "《青岚市养老服务管理办法》（青政规〔2020〕4号）"
    )
    expect(page.locator(".pa-ended .pa-badge")).to_have_text("废止")
    expect(page.get_by_role("link", name="资料库")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    settled(page)
    way.click()
    expect(page.locator(".pa-node-centre")).to_contain_text("青岚市养老服务管理办法")
    assert f"document={ids[OLD]}" in page.url
    number = page.locator(".pa-rows .pa-naming small").first
    expect(number).to_have_css("display", "block")


@pytest.mark.parametrize("way", ["compare", "relations"])
def test_nothing_is_wider_than_a_phone(page: Page, address: str, ids: dict[str, str], way: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{way}?before={ids[OLD]}&after={ids[NEW]}&document={ids[OLD]}")
    expect(page.locator(".pa-compared, .pa-graph").first).to_be_visible()
    settled(page)
    fits(page, "html")
    fits(page, ".stMainBlockContainer")
    if way == "relations":
        fits(page, ".pa-relations")
