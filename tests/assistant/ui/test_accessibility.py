from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, fits, open_source, quotations_in_full, settled

pytestmark = pytest.mark.browser
# The rules of WCAG 2.1, levels A and AA; what Streamlit itself draws is not excused.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
OTHERS = (
    "library",
    "ledger",
    "matching",
    "drafts",
    "batches",
    "subscriptions",
    "overview",
    "feedback",
    "log",
    "compare",
    "relations",
    "help",
)


@pytest.fixture
def address(examples_page: str) -> str:
    return examples_page


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, a line each, once the page is at rest: what still fades in is too pale."""
    settled(page)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chat_with_an_answer_and_its_open_source(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
    assert violations(page) == []
    page.locator("[class*=st-key-example-] button").first.click()
    page.locator(".pa-chip a").first.focus()
    expect(page.locator(".pa-preview").first).to_be_visible()
    assert violations(page) == []
    open_source(page)
    expect(page.locator(".pa-reading mark")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".pa-reading")).to_have_count(0)
    quotations_in_full(page)
    assert violations(page) == []


@pytest.mark.parametrize("path", OTHERS)
def test_every_other_page(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_test_id("stSidebarCollapseButton")).not_to_be_in_viewport()
    assert violations(page) == []


def test_a_document(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_role("button", name="查看").first.click()
    expect(page.get_by_role("tab", name="结构")).to_be_visible()
    assert violations(page) == []


def test_the_keyboard_alone_asks_and_opens_a_source(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
    ask(page, "临澜市对首次通过认定的高新技术企业给予多少奖励？")
    mark = page.locator(".pa-mark a").first
    expect(page.locator(".pa-source").first).to_be_visible()
    settled(page)
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pa-reading mark")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.locator(".pa-reading")).to_have_count(0)


def test_a_phone_shows_answer_source_and_library_without_scrolling_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_in_viewport()
    expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
    assert violations(page) == []
    ask(page, "临澜市对首次通过认定的高新技术企业给予多少奖励？")
    open_source(page)
    expect(page.locator(".pa-reading mark")).to_be_in_viewport()
    assert violations(page) == []
    fits(page, "html")
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".pa-reading")).to_have_count(0)
    assert violations(page) == []
    fits(page, "html")
    page.goto(f"{address}/library")
    expect(page.get_by_role("button", name="查看").first).to_be_visible()
    settled(page)
    fits(page, "html")
