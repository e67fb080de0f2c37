"""What the page says before the first question, and what it offers to ask."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, settled

pytestmark = pytest.mark.browser
_WITHOUT_SCROLLING = """() => {
    const main = document.querySelector(".stMain");
    const last = Array.from(document.querySelectorAll("[class*=st-key-example-] button")).pop();
    const asking = document.querySelector(".st-key-ask");
    return last && asking && main.scrollHeight <= main.clientHeight
        && last.getBoundingClientRect().bottom <= asking.getBoundingClientRect().top;
}"""


def test_the_first_screen_says_what_is_in_the_library_and_what_can_be_asked(
    page: Page, examples_page: str
) -> None:
    page.goto(examples_page)
    lines = page.locator(".pa-about p")
    expect(lines.first).to_have_text(
        "资料库现有 10 份文件，涉及临澜市、砚川市、临澜海岬高技术产业开发区等 4 个地区，"
        "最新一份发布于2026年9月18日。"
    )
    expect(lines.nth(1)).to_contain_text("可以：")
    expect(lines.nth(2)).to_contain_text("不能：")
    # A figure, a list and a comparison; no example lays conditions down.
    for position, words in enumerate(["多少", "有哪些", "分别", "多少"]):
        expect(page.locator(f".st-key-example-{position} button")).to_contain_text(words)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_first_screen_needs_no_scrolling(page: Page, examples_page: str, language: str) -> None:
    page.goto(f"{examples_page}/?lang={language}")
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
        settled(page)
        page.wait_for_function(_WITHOUT_SCROLLING, polling=100)


def test_what_is_offered_next_reads_like_a_person_s_and_is_answered(page: Page, examples_page: str) -> None:
    page.goto(examples_page)
    ask(page, "临澜市对首次取得三类医疗器械注册证给予多少奖励？")
    further = page.locator("[class*=st-key-follow-] button")
    expect(further).to_have_count(3)
    settled(page)
    assert not [said for said in further.all_inner_texts() if "注册证" in said]
    expect(further.first).to_contain_text("可获得多少")
    further.first.click()
    expect(page.locator(".pa-question")).to_have_count(2)
    expect(page.locator(".pa-source").last).to_be_visible()
    expect(page.locator(".pa-refused")).to_have_count(0)
