"""What a reader prefers, the page of help, and the room that a wide screen gives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import PATIENCE, ask, attentive, fits, open_source, settled
from tests.assistant.ui.test_accessibility import violations

pytestmark = pytest.mark.browser
REWARD = "临澜市对首次通过认定的高新技术企业给予多少奖励？"
_WHOLE = """() => {
    const end = document.querySelector(".pa-help").getBoundingClientRect().bottom;
    return end <= innerHeight;
}"""
# What is left of a page's width beside the answer and its source, the side left out.
_UNUSED = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const used = box(".st-key-conversation").width + box(".st-key-source-panel").width;
    return innerWidth - box("[data-testid=stSidebar]").width - used;
}"""
_ANSWER = "() => document.querySelector('.st-key-conversation').getBoundingClientRect().width"
_PANEL = "() => document.querySelector('.st-key-source-panel').getBoundingClientRect().width"


@pytest.fixture
def address(examples_page: str) -> str:
    return examples_page


def opened_settings(page: Page) -> None:
    """Unfold what stands at the foot of the side."""
    settled(page)
    page.locator(".st-key-settings summary").click()
    expect(page.get_by_role("button", name="特大")).to_be_visible()


def test_language_and_sign_in_state_stand_folded_at_the_foot_of_the_side_which_leads_to_help(
    page: Page, address: str
) -> None:
    page.goto(address)
    expect(page.get_by_role("link", name="帮助")).to_be_in_viewport()
    expect(page.get_by_text("未启用登录，仅供本机使用")).not_to_be_visible()
    opened_settings(page)
    expect(page.get_by_text("未启用登录，仅供本机使用")).to_be_visible()
    expect(page.get_by_text("界面语言 / Language")).to_be_in_viewport()
    assert violations(page) == []
    page.get_by_role("link", name="帮助").click()
    for label in ("现行有效", "征求意见稿", "可能相关"):
        expect(page.locator(".pa-help dt").filter(has_text=label)).to_be_visible()


def test_size_and_colours_are_remembered_by_the_browser_and_by_no_other(
    browser: Browser, page: Page, address: str
) -> None:
    page.goto(address)
    root, app = page.locator("html"), page.get_by_test_id("stApp")
    expect(app).to_have_css("background-color", "rgb(255, 255, 255)")
    opened_settings(page)
    page.get_by_role("button", name="特大").click()
    expect(root).to_have_css("font-size", "20px")
    expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="深色").click()
    expect(app).to_have_css("background-color", "rgb(21, 24, 29)")
    page.goto(f"{address}/library")
    expect(app).to_have_css("background-color", "rgb(21, 24, 29)")
    expect(root).to_have_css("font-size", "20px")
    opened_settings(page)
    assert violations(page) == []
    page.get_by_role("button", name="标准").click()
    page.get_by_role("button", name="浅色").click()
    expect(app).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(root).to_have_css("font-size", "16px")
    with attentive(browser.new_context(locale="zh-CN", color_scheme="dark")) as context:
        context.set_default_timeout(PATIENCE)
        other = context.new_page()
        other.goto(address)
        expect(other.get_by_test_id("stApp")).to_have_css("background-color", "rgb(21, 24, 29)")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_help_is_one_screen(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/help?lang={language}")
    expect(page.locator(".pa-help section")).to_have_count(4)
    settled(page)
    page.wait_for_function(_WHOLE, polling=100)
    fits(page, "html")
    assert violations(page) == []


def test_a_stroke_leads_to_the_line_to_ask_in(page: Page, address: str) -> None:
    page.goto(address)
    line = page.get_by_test_id("stChatInputTextArea")
    ask(page, REWARD)
    expect(page.get_by_role("button", name="重新回答")).to_be_visible()
    # What is drawn anew loses the focus, so nothing may be left to draw.
    settled(page)
    page.locator(".st-key-new button").focus()
    page.keyboard.press("/")
    expect(line).to_be_focused()
    expect(line).to_have_value("")
    page.keyboard.press("/")
    expect(line).to_have_value("/")


def test_a_wide_screen_is_used_by_answer_and_open_source_and_an_office_screen_as_it_was(
    page: Page, address: str
) -> None:
    page.goto(address)
    ask(page, REWARD)
    expect(page.locator(".pa-source").first).to_be_visible()
    settled(page)
    assert page.evaluate(_ANSWER) >= 832
    open_source(page)
    expect(page.locator(".pa-reading mark")).to_be_in_viewport()
    settled(page)
    assert page.evaluate(_PANEL) == 480
    assert page.evaluate(_ANSWER) >= 550
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(page.locator(".pa-reading mark")).to_be_in_viewport()
    settled(page)
    assert page.evaluate(_UNUSED) < 100
    assert page.evaluate(_PANEL) > 720
    assert page.evaluate(_ANSWER) > 700
