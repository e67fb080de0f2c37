from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import ask, served
from tests.assistant.ui.libraries import fill
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
TEXT = "到2030年，全市港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。"
SHORE, TRUCKS = "港口岸电使用率的目标是多少？", "清洁能源集卡占比的目标是多少？"


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    return fill(tmp_path, TEXT)


def answered(page: Page) -> None:
    """Wait for the answer to stand with its source."""
    expect(page.locator(".pa-card").first).to_be_visible()


def title_in_history(page: Page, title: str) -> object:
    return page.get_by_test_id("stSidebar").get_by_role("button", name=title, exact=True)


def test_a_conversation_outlives_reload_and_restart_and_its_link_opens_it(
    page: Page, browser: Browser, settings: LibrarySettings
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        ask(page, SHORE)
        answered(page)
        expect(page).to_have_url(lambda url: "conversation=" in url)
        link = page.url.removeprefix(address)
        page.reload()
        expect(page.locator(".pa-question")).to_contain_text(SHORE)
        answered(page)
    with served(settings.policy_data_dir) as address, browser.new_page() as other:
        other.goto(address + link)
        expect(other.locator(".pa-question")).to_contain_text(SHORE)
        expect(other.locator(".pa-card mark").first).to_contain_text("95%")


def test_history_is_searched_renamed_and_deleted(page: Page, settings: LibrarySettings) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        for question in (SHORE, TRUCKS):
            ask(page, question)
            answered(page)
            page.get_by_role("button", name="新对话").click()
            expect(page.locator(".pa-question")).to_have_count(0)
        search = page.get_by_placeholder("搜索历史对话")
        search.fill("清潔能源 集卡")
        search.press("Enter")
        expect(page.locator("[class*=st-key-history-open-]")).to_have_count(1)
