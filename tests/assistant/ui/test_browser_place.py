"""Where the reader stands on the page: at the question just asked, in what was opened, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import ingest
from tests.assistant.ui.browser import PATIENCE, ask, attentive, served, settled, slowly
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
PLAN = """# 青屿市海洋经济发展规划（2026—2030年）

青屿市人民政府

## 一、发展目标

到2030年，全市海洋经济质量明显提升。

表1 海洋经济主要指标

| 序号 | 指标 | 单位 | 2022年 | 2025年 | 2028年 | 2030年 | 属性 |
|---|---|---|---|---|---|---|---|
| 1 | 海洋生产总值 | 亿元 | 620 | 780 | 900 | 1050 | 预期性 |
| 2 | 港口岸电使用率 | % | 40 | 60 | 80 | 95 | 约束性 |

## 二、保障措施

（一）加强组织领导。市海洋发展局统筹协调规划实施，各区县抓好落实。

（二）加大资金支持。设立海洋经济专项资金，每年安排不少于3亿元。
"""
YEARS, MONEY, METRO = (
    "青屿市海洋生产总值2030年目标是多少？",
    "海洋经济专项资金每年安排多少？",
    "地铁票价是多少？",
)
_WATCHED = """() => {
    window.shifted = 0;
    const add = list => { for (const one of list.getEntries()) window.shifted += one.value; };
    new PerformanceObserver(add).observe({ type: "layout-shift" });
}"""
_GHOSTS_COUNTED = """() => {
    window.ghosts = 0;
    const count = selector => document.querySelectorAll(selector).length;
    new MutationObserver(() => {
        window.ghosts += count(".pa-question") && count("[class*=st-key-example-]");
    }).observe(document.body, { childList: true, subtree: true });
}"""
_AT_THE_TOP = """() => {
    const question = Array.from(document.querySelectorAll(".pa-question")).pop();
    const header = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom;
    const top = question?.getBoundingClientRect().top;
    return header <= top && top < header + 40;
}"""


@pytest.fixture(scope="module")
def plan_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    settings = LibrarySettings(policy_data_dir=folder / "data")
    with PolicyLibrary.open(settings) as library:
        ingest([folder / "plan.md"], library)
    with served(settings.policy_data_dir) as address:
        yield address


def answered(page: Page, question: str, count: int) -> None:
    """Ask, and wait for the answer to the n-th question of the conversation."""
    ask(page, question)
    expect(page.locator(".pa-question")).to_have_count(count)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_page_begins_at_the_question_just_asked_and_answers_do_not_jump(
    browser: Browser, plan_page: str, size: tuple[int, int]
) -> None:
    with attentive(
        browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    ) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        # As what comes in pieces may move what stands: nothing is hidden by a quick machine.
        slowly(page)
        page.goto(plan_page)
        expect(page.locator("[class*=st-key-example-]").first).to_be_visible()
        settled(page)
        page.evaluate(_WATCHED)
        page.evaluate(_GHOSTS_COUNTED)
        for count, question in enumerate((YEARS, MONEY, METRO), 1):
            answered(page, question, count)
            page.wait_for_function(_AT_THE_TOP, polling=100)
            if count == 1:
                expect(page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first).to_be_attached()
            assert page.evaluate("window.shifted") < 0.05, question
            page.evaluate("window.shifted = 0")
        expect(page.locator(".pa-refused").last).to_be_in_viewport()
        # The example questions went with the first question.
        assert page.evaluate("window.ghosts") == 0


def test_a_changed_question_and_an_opened_source_take_the_focus_and_give_it_back(
    page: Page, plan_page: str
) -> None:
    page.goto(plan_page)
    answered(page, YEARS, 1)
    answered(page, MONEY, 2)
    page.get_by_role("button", name="修改问题").scroll_into_view_if_needed()
    page.get_by_role("button", name="修改问题").click()
    editor = page.get_by_role("textbox", name="修改问题")
    expect(editor).to_be_focused()
    expect(editor).to_be_in_viewport()
    page.get_by_role("button", name="取消").click()
    expect(editor).to_have_count(0)
    settled(page)
    mark = page.locator(".pa-mark a").last
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pa-reading")).to_be_visible()
    expect(page.locator(".st-key-source-panel")).to_be_focused()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.locator(".pa-reading")).to_have_count(0)
    expect(mark).to_be_focused()


def test_the_back_button_leads_to_the_first_screen_and_between_conversations(
    page: Page, plan_page: str
) -> None:
    page.goto(plan_page)
    expect(page.locator("[class*=st-key-example-]").first).to_be_visible()
    answered(page, YEARS, 1)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".pa-question")).to_have_count(0)
    answered(page, MONEY, 1)
    for question in ([], [YEARS], []):
        settled(page)
        page.go_back()
        expect(page.locator(".pa-question")).to_have_text(question)
        assert ("conversation" in page.url) == bool(question)
    settled(page)
    page.go_forward()
    expect(page.locator(".pa-question")).to_have_text([YEARS])


def test_a_conversation_with_a_chart_leaves_the_console_silent_and_is_still_there_after_another_page(
    page: Page, plan_page: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(plan_page)
    answered(page, YEARS, 1)
    expect(page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first).to_be_attached()
    settled(page)
    assert said == []
    page.get_by_role("link", name="资料库").click()
    expect(page.get_by_text("共 1 份文件")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="问答", exact=True).click()
    expect(page.locator(".pa-question")).to_have_text([YEARS])


def test_a_page_opened_by_its_own_address_leaves_the_console_silent(page: Page, plan_page: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{plan_page}/library")
    expect(page.get_by_text("共 1 份文件")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="日志").click()
    page.wait_for_url(f"{plan_page}/log")
    page.reload()
    expect(page.get_by_role("heading", name="日志")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="问答", exact=True).click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    page.wait_for_url(f"{plan_page}/")
    assert said == []
