"""Subscriptions in a real browser: subscribed to, changes seen, proofs opened, the feed followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.assistant.subscribing.changing_library import (
    PLAN,
    PLAN_TEXT,
    QUESTION,
    Changing,
    changing,
)
from tests.assistant.ui.browser import ask, fits, served, settled
from tests.assistant.ui.test_accessibility import violations

pytestmark = pytest.mark.browser
HIGHER = PLAN_TEXT.replace("300亿元", "450亿元")
HOSTILE = "<img src=x onerror=\"document.title='坏'\">"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Changing]]:
    """A page whose library changes."""
    with changing(tmp_path) as made, served(tmp_path / "data") as address:
        yield address, made


def subscribe(page: Page, address: str) -> None:
    """Subscribe to an answer and to the indicators of the ledger."""
    page.goto(address)
    ask(page, QUESTION.question)
    expect(page.get_by_role("button", name="重新回答")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="订阅", exact=True).click()
    expect(page.get_by_role("button", name="取消订阅")).to_be_visible()
    page.goto(f"{address}/ledger")
    settled(page)
    page.get_by_label("指标名称").fill("冷链")
    page.get_by_label("指标名称").press("Enter")
    expect(page.get_by_text("共 1 条")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="订阅", exact=True).click()
    expect(page.get_by_role("button", name="取消订阅")).to_be_visible()


def test_a_changed_document_is_seen_opened_read_and_followed(page: Page, own: tuple[str, Changing]) -> None:
    address, library = own
    subscribe(page, address)
    page.goto(f"{address}/subscriptions")
    expect(page.locator("[class*=st-key-framed-subscription-]")).to_have_count(2)
    expect(page.get_by_text("没有变化")).to_have_count(2)
    assert violations(page) == []
    library.put(PLAN, HIGHER)
    page.reload()
    expect(page.locator(".pa-change")).to_have_count(2)
    expect(page.get_by_role("link", name="我的订阅（2）")).to_be_visible()
    expect(page.locator(".pa-change").first).to_contain_text("300亿元 → 450亿元")
    assert violations(page) == []
    page.get_by_role("button", name="查看原文").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_contain_text("450亿元")
    settled(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("link", name="我的订阅", exact=True)).to_be_visible()
    expect(page.get_by_text("未读", exact=True)).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="在台账中查看").click()
    expect(page.get_by_label("指标名称")).to_have_value("冷链")
    expect(page.locator(".pa-ledger-row")).to_contain_text("450")
    page.goto(f"{address}/subscriptions")
    settled(page)
    page.get_by_role("button", name="重新提问").click()
    expect(page.locator(".pa-answer")).to_contain_text("450亿元")


def test_a_subscription_rests_goes_and_comes_back_by_keyboard_and_fits_a_phone(
    page: Page, own: tuple[str, Changing]
) -> None:
    address, library = own
    subscribe(page, address)
    library.remove(PLAN)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/subscriptions")
    expect(page.get_by_text("该文件已移出资料库")).to_have_count(2)
    settled(page)
    fits(page, "html")
    assert violations(page) == []
    page.get_by_role("button", name="暂停").first.press("Enter")
    expect(page.get_by_text("已暂停")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name="继续").press("Enter")
    expect(page.get_by_text("已暂停")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="删除").last.press("Enter")
    expect(page.locator("[class*=st-key-framed-subscription-]")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name="撤销").press("Enter")
    expect(page.locator("[class*=st-key-framed-subscription-]")).to_have_count(2)


def test_the_feed_is_read_at_its_address_alone_until_that_is_renewed(
    page: Page, own: tuple[str, Changing]
) -> None:
    address, library = own
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    subscribe(page, address)
    page.goto(f"{address}/subscriptions")
    expect(page.locator("[class*=st-key-framed-subscription-]")).to_have_count(2)
    settled(page)
    page.get_by_role("button", name="复制订阅地址").first.click()
    expect(page.get_by_role("button", name="地址已复制")).to_be_visible()
    expect(page.get_by_role("button", name="停用订阅地址")).to_be_visible()
    settled(page)
    for button in page.locator(".st-key-feed-address button:visible").all():
        expect(button).to_have_css("font-size", "13.6px")
    feed = str(page.evaluate("navigator.clipboard.readText()"))
    assert re.fullmatch(re.escape(address) + r"/feeds/subscriptions/[\w-]{43}\.atom\?lang=zh-Hans", feed)
    with httpx.Client(trust_env=False) as reader:
        # The reading of the feed sees that the library changed; the next one tells it.
        library.put(PLAN, HIGHER + f"\n第三条 到2030年，冷链{HOSTILE}企业达到90家。\n")
        reader.get(feed)
        page.reload()
        expect(page.locator(".pa-change").first).to_be_visible()
        expect(page.get_by_text("正在核对……")).to_have_count(0)
        answer = reader.get(feed)
        assert answer.headers["content-type"] == "application/atom+xml"
        entries = ElementTree.fromstring(answer.content).findall("{*}entry")  # noqa: S314
        assert len(entries) == 2
        assert "450亿元" in answer.text
        same = reader.get(feed, headers={"If-None-Match": answer.headers["etag"]})
        assert same.status_code == 304
        assert page.title() != "坏"
        settled(page)
        page.get_by_role("button", name="更换并复制订阅地址").click()
        expect(page.get_by_text("新地址已复制，原地址已失效")).to_be_visible()
        assert reader.get(feed).status_code == 404
        renewed = str(page.evaluate("navigator.clipboard.readText()"))
        assert reader.get(renewed).status_code == 200
        settled(page)
        page.get_by_role("button", name="停用订阅地址").click()
        expect(page.get_by_role("button", name="停用订阅地址")).to_have_count(0)
        assert reader.get(renewed).status_code == 404
        assert reader.get(f"{address}/feeds/subscriptions/{'x' * 43}.atom").status_code == 404
