"""The page on a screen of 390 pixels, touched and not pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import ingest
from tests.assistant.ui.browser import PATIENCE, ask, attentive, served, settled
from tests.assistant.ui.test_browser_place import MONEY, PLAN, YEARS
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
_WIDE = """() => {
    const answer = document.querySelector(".pa-answer")?.getBoundingClientRect();
    return answer && answer.width >= 330;
}"""
_BOXES = """() => {
    const inside = document.querySelectorAll(".st-key-source-panel, .st-key-source-panel *");
    const scrolls = one => /auto|scroll/.test(getComputedStyle(one).overflowY);
    const boxes = Array.from(inside).filter(one => one.scrollHeight > one.clientHeight + 2 && scrolls(one));
    return boxes.map(one => one.matches(".st-key-source-panel"));
}"""


@pytest.fixture(scope="module")
def plan_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("phone")
    filler = "（三）完善集疏运体系，推进多式联运，提升服务水平，建设智慧港口。\n\n" * 12
    (folder / "plan.md").write_text(PLAN + filler, encoding="utf-8")
    settings = LibrarySettings(policy_data_dir=folder / "data")
    with PolicyLibrary.open(settings) as library:
        ingest([folder / "plan.md"], library)
    with served(settings.policy_data_dir) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with attentive(
        browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
        )
    ) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def asked(page: Page, question: str) -> None:
    ask(page, question)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)


def test_the_side_closes_when_something_in_it_was_chosen(phone: Page, plan_page: str) -> None:
    phone.goto(plan_page)
    asked(phone, MONEY)
    for choice in ("[class*=st-key-history-open-] button", ".st-key-new button", "a[href$='/library']"):
        phone.get_by_test_id("stExpandSidebarButton").click()
        chosen = phone.get_by_test_id("stSidebar").locator(choice).first
        expect(chosen).to_be_in_viewport()
        settled(phone)
        chosen.click()
        expect(phone.get_by_test_id("stSidebarCollapseButton")).not_to_be_in_viewport()
        settled(phone)
        expect(phone.get_by_test_id("stSidebarCollapseButton")).not_to_be_in_viewport()


def test_an_answer_has_the_width_of_the_screen_a_wide_table_goes_on_and_the_way_to_copy_is_in_sight(
    phone: Page, plan_page: str
) -> None:
    phone.goto(plan_page)
    asked(phone, YEARS)
    phone.wait_for_function(_WIDE, polling=100)
    table = phone.locator(".pa-rows").first
    expect(table).to_have_css("background-image", re.compile("linear-gradient"))
    expect(table).to_have_css("background-attachment", re.compile("local"))
    button = phone.get_by_role("button", name="复制", exact=True)
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport(ratio=1)
    assert button.evaluate("one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })")
    button.tap()
    expect(phone.get_by_role("button", name="已复制")).to_be_visible()


def test_the_opened_source_scrolls_in_one_box_below_its_title_and_way_back_and_leaves_no_preview(
    phone: Page, plan_page: str
) -> None:
    phone.goto(plan_page)
    asked(phone, MONEY)
    chip = phone.locator(".pa-chip").first
    chip.locator("a").tap()
    panel = phone.locator(".st-key-source-panel")
    expect(panel.locator(".pa-reading mark")).to_be_in_viewport(ratio=1)
    settled(phone)
    assert phone.evaluate(_BOXES) == [True]
    panel.evaluate("panel => { panel.scrollTop = panel.scrollHeight; }")
    expect(panel.locator(".pa-card-head")).to_be_in_viewport(ratio=1)
    close = panel.get_by_role("button", name="关闭").first
    expect(close).to_be_in_viewport(ratio=1)
    close.tap()
    expect(panel).to_have_count(0)
    expect(chip.locator("a")).to_be_focused()
    expect(chip.locator(".pa-preview")).to_be_hidden()
