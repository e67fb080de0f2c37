"""The ledger page: kinds, filters, proof, contradictions, files, and what staff say of a fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.records.audit import Action, AuditLog
from tests.assistant.ui.browser import downloaded, fits, served, settled
from tests.assistant.ui.ledgers import COMING, DAYS, fill_ledger, of_statements
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.test_signing_in import SETTINGS as STAFF_SETTINGS
from tests.assistant.ui.test_signing_in import signed_in
from tests.oidc_provider import Provider
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ledger")
    fill_ledger(folder)
    with served(folder) as running:
        yield running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A page whose library the test may change, and its folder."""
    folder = tmp_path / "own"
    fill_ledger(folder)
    with served(folder) as running:
        yield running, folder


def rows(page: Page) -> Locator:
    return page.locator(".pa-ledger-row")


def show(page: Page, address: str, kind: str = "指标") -> None:
    """Open the page at a kind of facts."""
    page.goto(f"{address}/ledger")
    expect(rows(page).first).to_be_visible()
    settled(page)
    if kind != "指标":
        page.get_by_role("radio", name=kind).click()
        expect(rows(page).first).to_contain_text("青岚市")
        expect(page.get_by_label("值类型")).to_have_count(0)
        settled(page)


def choose(page: Page, label: str, choice: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=choice, exact=True).click()


def test_contradicting_figures_come_first_and_a_row_opens_its_proof(page: Page, address: str) -> None:
    show(page, address)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(0)).to_contain_text("数值不一致")
    expect(rows(page).nth(1)).to_contain_text("数值不一致")
    expect(rows(page).nth(2)).not_to_contain_text("数值不一致")
    page.get_by_role("button", name="查看原文").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_text("青岚市到2030年大健康产业总规模达到800亿元")


def test_on_a_low_screen_the_proof_is_in_sight_and_so_is_the_way_to_close_it(
    page: Page, address: str
) -> None:
    show(page, address)
    page.set_viewport_size({"width": 1366, "height": 320})
    page.get_by_role("button", name="查看原文").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_be_in_viewport()
    dialog.get_by_text("更正", exact=True).scroll_into_view_if_needed()
    expect(dialog.get_by_role("button", name="关闭")).to_be_in_viewport(ratio=1)


def test_filters_narrow_the_rows_and_the_file(page: Page, address: str, tmp_path: Path) -> None:
    show(page, address)
    page.get_by_label("指标名称").fill("规上")
    page.get_by_label("指标名称").press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("云溪区")
    lines = (
        downloaded(page.get_by_role("button", name="下载 CSV"), tmp_path)
        .read_text(encoding="utf-8-sig")
        .splitlines()
    )
    assert len(lines) == 2
    assert "云溪区" in lines[1]


def test_a_year_without_figures_says_which_years_have_some(page: Page, address: str) -> None:
    show(page, address)
    choose(page, "地区", "云溪区")
    expect(rows(page)).to_have_count(1)
    settled(page)
    page.get_by_label("年份").fill("2030")
    page.get_by_label("年份").press("Enter")
    expect(page.get_by_text("没有 2030 年的内容；其他条件不变，有 2028 年的")).to_be_visible()


def test_deadlines_stand_by_their_day_the_past_folded_and_go_into_a_calendar(
    page: Page, address: str, tmp_path: Path
) -> None:
    show(page, address, "申报与时限")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).nth(0)).to_contain_text(COMING.isoformat())
    expect(rows(page).nth(1)).to_contain_text("公示之日")
    page.get_by_text("已过的日期（1）").click()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(2)).to_contain_text("2020-03-01")
    settled(page)
    expect(page.get_by_text("另有 1 条没有确定日期，未列入日历")).to_be_visible()
    file = downloaded(page.get_by_role("button", name="下载日历"), tmp_path)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert sorted(event.decoded("dtstart") for event in events) == [date(2020, 3, 1), COMING]
    choose(page, "事项", "申报")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_text("已过的日期")).to_have_count(0)


def test_duties_are_found_by_body_and_role(page: Page, address: str) -> None:
    show(page, address, "责任分工")
    expect(rows(page)).to_have_count(2)
    choose(page, "部门或单位", "市财政局")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("编制河道治理方案")
    settled(page)
    choose(page, "职责", "牵头")
    expect(page.get_by_text("没有符合条件的内容，请放宽筛选条件")).to_be_visible()


def test_a_library_that_states_nothing_says_what_would_be_listed(page: Page, tmp_path: Path) -> None:
    fill(tmp_path, "港口要完善集疏运体系。")
    with served(tmp_path) as address:
        page.goto(f"{address}/ledger")
        expect(page.get_by_text("没有读到这类内容，导入载有此类内容的文件后会列在这里")).to_be_visible()
        page.goto(f"{address}/matching")
        expect(page.get_by_text("导入载有奖补、扶持条款的文件后即可匹配")).to_be_visible()


def test_measures_stand_by_their_sum_and_a_file_proves_each(page: Page, address: str, tmp_path: Path) -> None:
    show(page, address, "政策条款")
    expect(page.get_by_text("共 3 条，按金额（或上限）从高到低排列")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(0)).to_contain_text("200万元")
    expect(rows(page).nth(1)).to_contain_text("10万元")
    page.get_by_role("button", name="查看原文").nth(1).click()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("对首次入库的企业，给予10万元奖励")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)
    page.get_by_label("原文中的词").fill("连片")
    page.get_by_label("原文中的词").press("Enter")
    expect(rows(page)).to_have_count(1)
    settled(page)
    sheet = load_workbook(downloaded(page.get_by_role("button", name="下载 Excel"), tmp_path)).worksheets[0]
    head, row = sheet.iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert told["上限"] == "200万元"
    assert told["原文"] == "对连片改造项目，按投资额30%补助，最高200万元"
    assert (told["来源文件"], told["章节"], told["现行状态"]) == (
        "措施.txt",
        "第一章 总体要求 › 第2节",
        "现行有效",
    )


def test_a_fact_is_corrected_rejected_and_brought_back(page: Page, own: tuple[str, Path]) -> None:
    show(page, own[0], "政策条款")
    page.get_by_role("button", name="查看原文").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    settled(page)
    dialog.get_by_text("更正", exact=True).click()
    settled(page)
    dialog.get_by_label("上限").fill("300万元")
    dialog.get_by_role("button", name="保存更正").click()
    expect(dialog).to_have_count(0)
    expect(rows(page).first).to_contain_text("300万元")
    expect(rows(page).first).to_contain_text("已更正 原为：上限 200万元")
    settled(page)
    page.get_by_role("button", name="查看原文").first.click()
    dialog.get_by_role("button", name="标为误读").click()
    expect(rows(page)).to_have_count(2)
    settled(page)
    page.get_by_text("含误读").click()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("误读")
    settled(page)
    page.get_by_role("button", name="查看原文").first.click()
    dialog.get_by_role("button", name="撤销更正").click()
    expect(dialog).to_have_count(0)
    expect(rows(page).first).to_contain_text("200万元")
    expect(rows(page).first).not_to_contain_text("误读")
    page.goto(f"{own[0]}/log")
    expect(page.get_by_text("cap：200万元→300万元")).to_be_visible()
    expect(page.get_by_text("撤销更正")).to_be_visible()


def test_a_value_that_cannot_be_is_refused_in_the_form(page: Page, own: tuple[str, Path]) -> None:
    show(page, own[0])
    page.get_by_role("button", name="查看原文").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    settled(page)
    dialog.get_by_text("更正", exact=True).click()
    settled(page)
    dialog.get_by_label("数值").fill("很多")
    dialog.get_by_role("button", name="保存更正").click()
    expect(dialog.get_by_role("alert")).to_contain_text("数值不能是 很多")


def test_a_correction_whose_words_are_gone_is_listed(page: Page, own: tuple[str, Path]) -> None:
    show(page, own[0], "政策条款")
    page.get_by_role("button", name="查看原文").first.click()
    page.get_by_role("dialog").get_by_role("button", name="标为误读").click()
    expect(rows(page)).to_have_count(2)
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=own[1])) as library, library.write() as writer:
        writer.put(of_statements("措施.txt", "青岚市新措施", DAYS))
    page.goto(f"{own[0]}/ledger")
    settled(page)
    page.get_by_text("找不到原文的更正（1）").click()
    expect(page.get_by_text("对连片改造项目，按投资额30%补助，最高200万元")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="撤销更正").click()
    expect(page.get_by_text("找不到原文的更正")).to_have_count(0)


def test_only_staff_say_something_of_a_fact_and_the_log_says_who(
    browser: Browser, identity: Provider, tmp_path: Path
) -> None:
    fill_ledger(tmp_path)
    with served(tmp_path, identity.secrets, STAFF_SETTINGS) as running:
        reader = signed_in(browser, running, identity, "reader@example.org")
        show(reader, running)
        reader.get_by_role("button", name="查看原文").first.click()
        expect(reader.get_by_role("dialog").locator("mark")).to_be_visible()
        settled(reader)
        expect(reader.get_by_role("button", name="标为误读")).to_have_count(0)
        staff = signed_in(browser, running, identity, "staff@example.org")
        show(staff, running)
        staff.get_by_role("button", name="查看原文").first.click()
        staff.get_by_role("dialog").get_by_role("button", name="标为误读").click()
        expect(rows(staff)).to_have_count(2)
    log = AuditLog(Records(LibrarySettings(policy_data_dir=tmp_path)), 30)
    (entry,) = log.entries(action=Action.CHANGED)
    assert (entry.who, entry.subject) == ("staff@example.org", "甲.txt")
    assert entry.detail.startswith("标为误读")


def test_the_ledger_is_used_by_keyboard_alone(page: Page, address: str) -> None:
    show(page, address)
    page.get_by_role("radio", name="指标").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("申报")
    settled(page)
    page.get_by_role("button", name="查看原文").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("申报材料应于下月提交")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("kind", ["指标", "申报与时限", "责任分工", "政策条款"])
def test_a_phone_shows_all_of_a_row_without_scrolling_sideways(page: Page, address: str, kind: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, address, kind)
    fits(page, "[data-testid=stMain]")
    expect(page.get_by_role("button", name="查看原文").first).to_be_visible()


def test_a_link_opens_the_ledger_at_what_it_names(page: Page, address: str) -> None:
    page.goto(f"{address}/ledger?kind=task&sought=市水务局")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("编制河道治理方案")
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
