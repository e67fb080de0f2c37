"""Links to answers, as the one who shares and the one who reads have them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import ask, attentive, quotations_in_full, settled
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.test_accessibility import violations
from tests.assistant.ui.test_signing_in import signed_in
from tests.oidc_provider import Provider
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
SETTINGS = {"POLICY_SIGN_IN": "true"}
SENTENCE = "到2030年，全市港口岸电使用率达到95%。"
SHORE = "港口岸电使用率的目标是多少？"
GONE = "这个链接不存在或已被撤回"


def shared_link(page: Page) -> str:
    """Ask, share the answer at one click, and return what was copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, SHORE)
    expect(page.get_by_role("button", name="重新回答")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="分享", exact=True).click()
    expect(page.get_by_role("button", name="链接已复制")).to_be_visible()
    expect(page.get_by_role("button", name="撤回分享")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_colleague_reads_the_shared_answer_and_can_do_nothing_else_until_it_is_withdrawn(
    browser: Browser, address: str, identity: Provider
) -> None:
    one = signed_in(browser, address, identity, "one@example.org")
    link = shared_link(one)
    assert re.fullmatch(re.escape(address) + r"/\?answer=[\w-]{22}", link)
    other = signed_in(browser, address, identity, "other@example.org")
    other.goto(link)
    expect(other.locator(".pa-question")).to_contain_text(SHORE)
    expect(other.locator(".pa-answer")).to_contain_text("95%")
    expect(other.locator(".pa-source .pa-badge")).to_contain_text("现行有效")
    quotations_in_full(other)
    expect(other.locator(".pa-card mark")).to_contain_text(SENTENCE)
    expect(other.get_by_test_id("stChatInputTextArea")).to_have_count(0)
    expect(other.get_by_test_id("stSidebar")).to_have_count(0)
    assert violations(other) == []
    assert other.locator(".stMain button").count() == 0
    one.get_by_role("button", name="撤回分享").click()
    expect(one.get_by_role("button", name="撤回分享")).to_have_count(0)
    other.goto(link)
    expect(other.get_by_role("alert")).to_contain_text(GONE)
    expect(other.locator(".pa-question")).to_have_count(0)
    other.goto(f"{address}/?answer={'x' * 22}")
    expect(other.get_by_role("alert")).to_contain_text(GONE)


def test_who_opens_a_link_signs_in_first_and_is_led_to_it_then(
    browser: Browser, address: str, identity: Provider
) -> None:
    link = shared_link(signed_in(browser, address, identity, "three@example.org"))
    with attentive(browser.new_context(locale="zh-CN")) as context:
        stranger = context.new_page()
        stranger.goto(link)
        expect(stranger.get_by_role("button", name="登录")).to_be_visible()
        settled(stranger)
        expect(stranger.locator(".pa-question")).to_have_count(0)
        stranger.get_by_role("button", name="登录").click()
        expect(stranger.locator(".pa-question")).to_contain_text(SHORE)
        assert stranger.url == link


def test_a_shared_answer_keeps_its_quote_and_tells_that_the_document_is_gone(
    browser: Browser, address: str, identity: Provider, library_folder: Path
) -> None:
    one = signed_in(browser, address, identity, "four@example.org")
    link = shared_link(one)
    try:
        settings = LibrarySettings(policy_data_dir=library_folder)
        with PolicyLibrary.open(settings) as library, library.write() as writer:
            writer.remove("d1")
        one.goto(link)
        expect(one.locator(".pa-source").get_by_text("作答后该文件已移出资料库")).to_be_visible()
        assert violations(one) == []
        quotations_in_full(one)
        expect(one.locator(".pa-card mark")).to_contain_text(SENTENCE)
        expect(one.get_by_text("作答后该文件已移出资料库")).to_be_visible()
    finally:
        fill(library_folder, SENTENCE)
