"""Several sources open at once, as tabs over the panel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from ingest.pipeline import ingest
from tests.assistant.ui.browser import ask, fits, served, settled, slowly
from tests.assistant.ui.test_accessibility import violations
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
QUESTION = "青屿市、云栖市和砚川市的公园门票有什么不同？"
TITLES = ".st-key-source-documents > div > [role=tablist]"
FEES = {"青屿市": 20, "云栖市": 21, "砚川市": 22}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("parks")
    for city, fee in FEES.items():
        articles = (
            f"{city}城市公园建设管理和开放服务办法",
            "第一条 为了规范公园管理，制定本办法。",
            f"第二条 公园门票每人{fee}元。",
        )
        (folder / f"{city}.txt").write_text("\n\n".join(articles), encoding="utf-8")
    settings = LibrarySettings(policy_data_dir=folder / "data")
    with PolicyLibrary.open(settings) as library:
        ingest(sorted(folder.glob("*.txt")), library)
    with served(settings.policy_data_dir) as running:
        yield running


def titles(page: Page) -> Locator:
    return page.locator(TITLES).get_by_role("tab")


def open_one(page: Page, number: int) -> None:
    """Open a source of the answer, and wait for its quote."""
    settled(page)
    page.locator(".pa-source").nth(number).locator(".pa-chip a").click()
    expect(page.locator(".st-key-source-panel h2")).to_contain_text(f"[{number + 1}]")
    # Words that were looked for are marked as well, until they are cleared.
    expect(page.locator(".pa-reading mark:visible")).to_have_count(1)
    settled(page)


def opened(page: Page, address: str, count: int) -> None:
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-source")).to_have_count(len(FEES))
    for number in range(count):
        open_one(page, number)


def test_what_was_opened_before_stays_a_tab_and_each_keeps_what_is_looked_for(
    page: Page, address: str
) -> None:
    opened(page, address, 1)
    expect(titles(page)).to_have_count(0)
    open_one(page, 1)
    expect(titles(page)).to_have_count(2)
    expect(page.get_by_role("tab", selected=True).first).to_contain_text("云栖市")
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    assert violations(page) == []
    words = page.get_by_role("textbox", name="在文件中查找")
    words.fill("规范")
    words.press("Enter")
    expect(page.locator(".pa-current")).to_have_text("规范")
    settled(page)
    titles(page).first.click()
    expect(page.locator(".pa-reading mark:visible")).to_have_count(1)
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("20元")
    expect(words).to_have_value("")
    settled(page)
    titles(page).last.click()
    expect(page.locator(".pa-current")).to_have_text("规范")
    expect(words).to_have_value("规范")
    settled(page)
    open_one(page, 1)
    expect(titles(page)).to_have_count(2)
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    expect(words).to_have_value("")


def test_the_keyboard_opens_turns_and_closes_tabs(page: Page, address: str) -> None:
    slowly(page)
    opened(page, address, 2)
    page.mouse.move(0, 0)
    mark = page.locator(".pa-source").nth(2).locator(".pa-chip a")
    mark.focus()
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(3)
    expect(page.locator(".st-key-source-panel")).to_be_focused()
    settled(page)
    titles(page).last.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    settled(page)
    expect(titles(page).nth(1)).to_be_focused()
    page.keyboard.press("Delete")
    expect(titles(page)).to_have_count(2)
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("22元")
    settled(page)
    expect(titles(page).nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("20元")
    settled(page)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-source-panel")).to_have_count(0)
    expect(mark).to_be_focused()


def cross(page: Page, number: int) -> None:
    """Click the × that is drawn at a title's end."""
    title = titles(page).nth(number)
    width, height = title.evaluate("one => [one.offsetWidth, one.offsetHeight]")
    title.click(position={"x": width - 12, "y": height / 2})


def test_the_pointer_shows_a_cut_title_whole_and_closes_a_tab_at_its_end_and_no_other(
    page: Page, address: str
) -> None:
    opened(page, address, 3)
    title = titles(page).first
    title.hover()
    expect(title).to_have_attribute("title", "青屿市城市公园建设管理和开放服务办法")
    assert title.locator("p").evaluate("one => one.scrollWidth > one.clientWidth")
    cross(page, 0)
    expect(titles(page)).to_have_count(2)
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("22元")
    settled(page)
    cross(page, 1)
    expect(titles(page)).to_have_count(0)
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    expect(page.locator(".st-key-source-panel")).to_be_focused()


def test_over_a_slow_line_the_tab_in_front_stays_in_front_when_another_is_closed(
    page: Page, address: str
) -> None:
    slowly(page)
    opened(page, address, 3)
    cross(page, 0)
    expect(titles(page)).to_have_count(2)
    expect(page.get_by_role("tab", selected=True).first).to_contain_text("砚川市")
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("22元")


def test_asking_about_a_tab_limits_the_search_to_its_document_and_all_are_closed_at_once(
    page: Page, address: str
) -> None:
    opened(page, address, 3)
    titles(page).nth(1).click()
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    settled(page)
    page.get_by_role("button", name="就此文件提问").click()
    expect(page.locator(".st-key-scope")).to_contain_text("云栖市")
    expect(titles(page)).to_have_count(3)
    settled(page)
    page.get_by_role("button", name="全部关闭").click()
    expect(page.locator(".st-key-source-panel")).to_have_count(0)
    open_one(page, 2)
    expect(titles(page)).to_have_count(0)


def test_a_phone_scrolls_the_tabs_and_not_the_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-source")).to_have_count(len(FEES))
    for number in range(len(FEES)):
        settled(page)
        # The panel covers the page: a screen reader still finds the mark behind it.
        page.locator(".pa-source").nth(number).locator(".pa-chip a").dispatch_event("click")
        expect(page.locator(".st-key-source-panel h2")).to_contain_text(f"[{number + 1}]")
    settled(page)
    expect(titles(page).last).to_be_in_viewport(ratio=0.95)
    assert page.locator(TITLES).evaluate("one => one.scrollWidth > one.clientWidth")
    fits(page, "html")
    fits(page, ".st-key-source-panel")
    assert violations(page) == []
    page.get_by_role("button", name="就此文件提问").click()
    expect(page.locator(".st-key-source-panel")).to_have_count(0)


def test_a_changed_question_closes_all_and_what_was_looked_for_is_forgotten(page: Page, address: str) -> None:
    opened(page, address, 2)
    words = page.get_by_role("textbox", name="在文件中查找")
    words.fill("规范")
    words.press("Enter")
    expect(page.locator(".pa-current")).to_have_text("规范")
    settled(page)
    page.get_by_role("button", name="修改问题").click()
    page.get_by_role("textbox", name="修改问题").fill(QUESTION.replace("不同", "差别"))
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".st-key-source-panel")).to_have_count(0)
    expect(page.locator(".pa-question")).to_contain_text("差别")
    expect(page.locator(".pa-source")).to_have_count(len(FEES))
    open_one(page, 1)
    expect(words).to_have_value("")
    expect(page.locator(".pa-reading mark:visible")).to_contain_text("21元")
    settled(page)
    words.fill("规范")
    words.press("Enter")
    expect(page.locator(".pa-current")).to_have_text("规范")
    settled(page)
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".st-key-source-panel")).to_have_count(0)
    open_one(page, 1)
    expect(words).to_have_value("")
