from __future__ import annotations

import re

import opencc
import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import CHROMIUM, ask, served, settled
from vectorstore.settings import LibrarySettings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"没有安装 {CHROMIUM}，浏览器测试略过 (Chromium is not installed)"
    ),
]
COMPARED = "临澜市和砚川市2030年生物医药产业目标分别是多少？"
UNKNOWN = "火星移民补贴多少钱？"
DRAFTED = "临澜市生物医药产业规模2028年的目标是多少？"
# What documents, or readers in their own words, say on a page.
OTHERS = (
    ".pa-passage, .pa-reading, .pa-label, .pa-facts, .pa-answer tbody, .pa-answer p, .pa-question, "
    ".pa-understood, .pa-rows, .pa-chart-label, [data-testid=stVegaLiteChart], "
    "[class*=st-key-history-row-], [data-testid=stCode], .pa-source-title, .pa-preview, "
    ".pa-copied-html, .pa-copied-text, "
    "[class*=st-key-document-], script, style"
)
OWN_WORDS = """others => {
    const page = document.querySelector("[data-testid=stApp]").cloneNode(true);
    page.querySelectorAll(others).forEach(one => one.remove());
    return page.innerText;
}"""


def simplified_in(page: Page) -> list[str]:
    """Give the Simplified characters that the assistant itself says on a page."""
    settled(page)
    convert = opencc.OpenCC("s2tw").convert
    # A title is a document's own.
    said = re.sub(r"《[^》]*》", "", page.evaluate(OWN_WORDS, OTHERS))
    return sorted({one for one in said if convert(one) != one})


def test_a_traditional_page_says_nothing_in_simplified_characters(page: Page, examples_page: str) -> None:
    page.goto(f"{examples_page}/?lang=zh-Hant")
    expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
    assert simplified_in(page) == []
    ask(page, COMPARED)
    expect(page.locator(".pa-answer th").first).to_have_text("對象")
    assert simplified_in(page) == []
    ask(page, UNKNOWN)
    lines = ["資料中未找到能夠回答這一問題的內容。", "相關內容："]
    for position, line in enumerate(lines):
        expect(page.locator(".pa-refused p").nth(position)).to_have_text(line)
    page.locator(".pa-chip a").last.click()
    expect(page.locator(".pa-reading")).to_be_visible()
    assert simplified_in(page) == []
    ask(page, DRAFTED)
    expect(page.locator(".pa-notice").last).to_contain_text("徵求意見稿，尚未正式印發")
    assert simplified_in(page) == []
    page.goto(f"{examples_page}/library?lang=zh-Hant")
    expect(page.get_by_text("符合條件")).to_be_visible()
    assert simplified_in(page) == []
    page.goto(f"{examples_page}/drafts?lang=zh-Hant")
    # The form that is common, and not 覈對.
    expect(page.get_by_role("button", name="開始核對")).to_be_visible()
    assert simplified_in(page) == []


def test_an_english_page_answers_in_english_and_quotes_in_chinese(page: Page, examples_page: str) -> None:
    page.goto(f"{examples_page}/?lang=en")
    ask(page, COMPARED)
    expect(page.locator(".pa-answer th").first).to_have_text("Subject")
    expect(page.locator(".pa-answer tbody th").first).to_have_text("临澜市")
    ask(page, UNKNOWN)
    expect(page.locator(".pa-refused p").first).to_have_text("The documents hold no answer to this question.")


def test_an_english_question_is_refused_in_english_on_any_page(page: Page, examples_page: str) -> None:
    page.goto(examples_page)
    ask(page, "How large is the subsidy for visitors from Mars?")
    expect(page.locator(".pa-refused p").first).to_contain_text("The documents hold no answer")


def test_the_setting_is_the_first_choice_of_a_page(page: Page, example_settings: LibrarySettings) -> None:
    with served(example_settings.policy_data_dir, environment={"POLICY_LANGUAGE": "en"}) as address:
        page.goto(address)
        expect(page.locator(".pa-heading h1")).to_have_text("Policy assistant")
        page.goto(f"{address}/?lang=zh-Hans")
        expect(page.locator(".pa-heading h1")).to_have_text("政策文件问答")
