"""The page of matching: what is answered decides, each clause is shown, each measure opens its proof."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ingest.pipeline import parse
from tests.assistant.matching.test_matching import RULES
from tests.assistant.ui.browser import fits, served, settled
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("matching")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=folder)) as library, library.write() as writer:
        writer.put(parse(RULES.encode(), "措施.txt"))
    with served(folder) as running:
        yield running


def opened(page: Page, address: str) -> None:
    page.goto(f"{address}/matching")
    expect(page.get_by_label("申请对象（可多选）")).to_be_visible()
    settled(page)
    page.get_by_label("申请对象（可多选）").click()
    page.get_by_role("option", name="高新技术企业", exact=True).click()
    page.keyboard.press("Escape")
    # While the page is drawn anew the old heading may stand beside the new one.
    expect(page.get_by_text("待核实 ·")).to_have_count(1)
    settled(page)


def test_what_is_answered_decides_and_each_clause_is_shown(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_role("radiogroup", name="首次通过认定的高新技术企业").get_by_role("radio", name="是").click()
    page.get_by_text("没有这些情形：").click()
    expect(page.get_by_text("符合 · 1", exact=True)).to_have_count(1)
    settled(page)
    fitting = page.locator("[class*=st-key-matching-fits-0]").first
    expect(fitting).to_contain_text("20万元")
    expect(fitting.locator("li")).to_have_count(4)
    expect(fitting.locator(".pa-match-fits")).to_have_count(4)
    expect(fitting.locator("li").last).to_contain_text("没有此情形：提供虚假材料")
    fitting.get_by_role("button", name="查看原文").click()
    expect(page.get_by_role("dialog").locator("mark").first).to_contain_text("20万元")


def test_as_many_conditions_are_told_as_are_asked_and_what_cannot_be_met_with_its_clause(
    page: Page, address: str
) -> None:
    opened(page, address)
    expect(page.get_by_text("条件（4 项）", exact=True)).to_be_visible()
    expect(page.get_by_role("radiogroup")).to_have_count(2)
    expect(page.get_by_role("spinbutton")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="没有这些情形：")).to_have_count(1)
    expect(page.get_by_text("只询问资料库扶持条款中出现的条件")).to_be_visible()
    page.get_by_label("年产值（万元）").fill("100")
    page.get_by_label("年产值（万元）").press("Enter")
    page.get_by_text("不符合 · 1", exact=True).click()
    failing = page.locator("[class*=st-key-matching-fails-0]").first
    expect(failing.locator(".pa-match-fails")).to_contain_text("年产值首次突破5亿元")
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    fits(page, "html")


def test_what_was_not_asked_is_to_be_checked_and_never_fails(page: Page, address: str) -> None:
    page.goto(f"{address}/matching")
    settled(page)
    page.get_by_label("申请对象（可多选）").click()
    page.get_by_role("option", name="企业", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("待核实 · 3", exact=True)).to_have_count(1)
    settled(page)
    expect(page.get_by_text("不符合")).to_have_count(0)
    expect(page.get_by_role("radiogroup", name="首次通过认定的高新技术企业")).to_have_count(0)
    expect(page.locator(".pa-match li", has_text="高新技术企业").first).to_have_class("pa-match-open")


def test_enter_takes_the_first_that_a_word_finds_and_not_all(page: Page, address: str) -> None:
    page.goto(f"{address}/matching")
    settled(page)
    page.get_by_label("申请对象（可多选）").click()
    page.get_by_label("申请对象（可多选）").press_sequentially("企业")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.get_by_role("option", name="Select")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMultiSelectTagsContainer").get_by_text("企业")).to_have_count(1)


def test_no_choice_of_several_offers_them_all_in_english(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_text("筛选", exact=True).click()
    for label in ("状态", "类型"):
        page.get_by_role("combobox", name=label).click()
        expect(page.get_by_role("option").first).to_be_visible()
        expect(page.get_by_role("option", name="Select all")).to_have_count(0)
        page.keyboard.press("Escape")
