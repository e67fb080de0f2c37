from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import PATIENCE, ask, attentive, fits, quotations_in_full, settled
from tests.assistant.ui.test_accessibility import violations

pytestmark = pytest.mark.browser
TABLE = "海岬高新区的主要指标有哪些？"
ROWS = 14
QUOTED = "海岬高新区地区生产总值各年的目标是多少？"
COMPARISON = "临澜市和砚川市对首次取得三类医疗器械注册证的奖励有什么不同？"


@pytest.fixture
def address(examples_page: str) -> str:
    return examples_page


def answered(page: Page, address: str) -> None:
    """Ask for a table of one document, and wait until the page is whole."""
    page.goto(address)
    ask(page, TABLE)
    expect(page.locator(".pa-source")).to_have_count(1)
    settled(page)


def test_the_rows_of_a_table_are_chips_in_one_line_told_to_a_screen_reader_and_cards_on_request(
    page: Page, address: str
) -> None:
    answered(page, address)
    chip = page.get_by_role("listitem").get_by_role("link", name="依据 3", exact=True)
    expect(chip).to_have_accessible_description(re.compile("发展目标.*工业用地亩均税收"))
    expect(page.locator(".pa-source .pa-badge")).to_have_text("现行有效")
    expect(page.locator(".pa-chip")).to_have_count(ROWS)
    expect(page.locator(".pa-card")).to_have_count(0)
    quotations_in_full(page)
    expect(page.locator(".pa-card")).to_have_count(ROWS)
    expect(page.locator(".pa-source")).to_have_count(0)


def test_a_preview_comes_with_pointer_and_focus_and_goes_at_escape_before_the_open_source(
    page: Page, address: str
) -> None:
    answered(page, address)
    chip, other = page.locator(".pa-chip").nth(2), page.locator(".pa-chip").nth(3)
    expect(chip.locator(".pa-preview")).to_be_hidden()
    chip.locator("a").hover()
    expect(chip.locator(".pa-preview")).to_be_visible()
    expect(chip.locator(".pa-preview")).to_contain_text("工业用地亩均税收")
    expect(chip.locator(".pa-preview")).to_contain_text("发展目标")
    page.mouse.move(0, 0)
    expect(chip.locator(".pa-preview")).to_be_hidden()
    chip.locator("a").focus()
    page.keyboard.press("Tab")
    expect(other.locator("a")).to_be_focused()
    expect(other.locator(".pa-preview")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(other.locator(".pa-preview")).to_be_hidden()
    expect(other.locator("a")).to_be_focused()
    page.locator(".pa-chip a").last.click()
    expect(page.locator(".pa-reading mark")).to_contain_text("新增公办学位")
    settled(page)
    first = page.locator(".pa-chip").first
    first.locator("a").focus()
    expect(first.locator(".pa-preview")).to_be_visible()
    page.keyboard.press("Escape")
    expect(first.locator(".pa-preview")).to_be_hidden()
    expect(page.locator(".pa-reading")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pa-reading")).to_have_count(0)


def test_the_pointer_reaches_a_preview_from_its_chip(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, COMPARISON)
    expect(page.locator(".pa-source")).to_have_count(2)
    settled(page)
    chip = page.locator(".pa-chip").last
    chip.locator("a").hover()
    expect(chip.locator(".pa-preview")).to_be_visible()
    box = chip.locator(".pa-preview").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2, steps=20)
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=20)
    expect(chip.locator(".pa-preview")).to_be_visible()


def test_a_tap_on_a_phone_opens_the_source_and_no_preview_leaves_the_page(
    browser: Browser, address: str
) -> None:
    with attentive(
        browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        answered(page, address)
        page.locator(".pa-chip a").last.focus()
        expect(page.locator(".pa-preview").last).to_be_in_viewport(ratio=1)
        fits(page, "html")
        page.locator(".pa-chip a").last.tap()
        expect(page.locator(".pa-reading mark")).to_contain_text("新增公办学位")
        expect(page.locator(".pa-reading mark")).to_be_in_viewport()


def open_shared(page: Page) -> None:
    """Share the answer, and open it as a colleague does."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="分享", exact=True).click()
    expect(page.get_by_role("button", name="撤回分享")).to_be_visible()
    page.goto(str(page.evaluate("navigator.clipboard.readText()")))
    expect(page.get_by_text("只读")).to_be_visible()


def test_a_quoted_row_stands_below_the_years_of_its_table_for_colleagues_too(
    page: Page, address: str
) -> None:
    def shown() -> None:
        rows = page.locator(".pa-rows")
        expect(rows.locator("thead th")).to_contain_text(["指标", "2025年", "2030年"])
        quoted = rows.locator("tbody tr").first
        expect(quoted.locator("> *")).to_contain_text(["地区生产总值", "612.4", "980"])

    page.goto(address)
    ask(page, QUOTED)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    shown()
    open_shared(page)
    shown()


def test_a_colleague_sees_the_sources_in_one_line_and_the_quotes_on_request(page: Page, address: str) -> None:
    answered(page, address)
    open_shared(page)
    expect(page.locator(".pa-chip")).to_have_count(ROWS)
    expect(page.locator(".pa-card")).to_have_count(0)
    assert violations(page) == []
    page.locator(".pa-chip a").first.hover()
    expect(page.locator(".pa-preview").first).to_be_visible()
    page.mouse.move(0, 0)
    quotations_in_full(page)
    expect(page.locator(".pa-card")).to_have_count(ROWS)
    assert violations(page) == []
