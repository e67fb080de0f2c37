"""Several documents of the library changed and taken out at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import served, settled
from tests.assistant.ui.libraries import fill_with, named
from tests.assistant.ui.test_accessibility import violations
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
TITLES = ("青屿市岸电规划", "青屿市渔港规划", "青屿市航道规划")


def stored(folder: Path, titles: Sequence[str]) -> LibrarySettings:
    """Put a document of each title into the library of a data folder."""
    return fill_with(
        folder,
        [named(f"d{at}", f"{title}到2030年完成。", title=title) for at, title in enumerate(titles)],
    )


def test_several_documents_are_corrected_and_removed_with_one_confirmation(
    page: Page, tmp_path: Path
) -> None:
    settings = stored(tmp_path, TITLES)
    with served(tmp_path) as address:
        page.goto(f"{address}/library")
        expect(page.get_by_text("共 3 份文件")).to_be_visible()
        settled(page)
        page.get_by_text("批量操作").click()
        expect(page.get_by_text("已选 0 份")).to_be_visible()
        for title in TITLES[:2]:
            settled(page)
            page.locator("[class*=st-key-framed-document-]").filter(has_text=title).get_by_test_id(
                "stCheckbox"
            ).locator("label").click()
        expect(page.get_by_text("已选 2 份")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("textbox", name="地区").fill("望汐区")
        page.get_by_role("textbox", name="期间").fill("2027-2031")
        page.get_by_role("button", name="更正所选文件").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("确定更正以下 2 份文件？")
        assert violations(page) == []
        dialog.get_by_role("button", name="确定").click()
        for title in TITLES[:2]:
            expect(page.locator(".pa-report")).to_contain_text(f"{title}：已更正")
        settled(page)
        with PolicyLibrary.open(settings) as library:
            regions = {one.title: (one.region, one.period.end) for one in library.documents()}
        assert [regions[title] for title in TITLES[:2]] == [("望汐区", 2031)] * 2
        assert regions[TITLES[2]][0] == "青屿市"
        page.get_by_role("button", name="全选本页").click()
        expect(page.get_by_text("已选 3 份")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="移出所选文件").click()
        expect(dialog).to_contain_text("确定将以下 3 份文件移出资料库？")
        settled(page)
        dialog.get_by_role("button", name="确定").click()
        expect(page.get_by_text("资料库中还没有文件")).to_be_visible()
        for title in TITLES:
            expect(page.locator(".pa-report")).to_contain_text(f"{title}：已移出资料库")


def test_what_is_chosen_stays_chosen_on_another_page_and_all_that_was_found_is_chosen_at_once(
    page: Page, tmp_path: Path
) -> None:
    titles = [f"青屿市{'岸电' if number % 2 else '渔港'}规划之{number:02}" for number in range(50)]
    settings = stored(tmp_path, titles)
    with served(tmp_path) as address:
        page.goto(f"{address}/library")
        expect(page.get_by_text("共 50 份文件")).to_be_visible()
        settled(page)
        page.get_by_text("批量操作").click()
        page.get_by_role("button", name="全选本页").click()
        expect(page.get_by_text("已选 20 份")).to_be_visible()
        settled(page)
        number = page.get_by_role("spinbutton", name="第几页")
        for target in ("2", "3"):
            number.fill(target)
            number.press("Enter")
            expect(page.locator("[class*=st-key-framed-document-]")).to_have_count(
                10 if target == "3" else 20
            )
            settled(page)
        boxes = page.locator("[class*=st-key-framed-document-]").get_by_role("checkbox")
        expect(boxes.first).not_to_be_checked()
        expect(page.get_by_text("已选 20 份")).to_be_visible()
        number.fill("1")
        number.press("Enter")
        expect(boxes).to_have_count(20)
        settled(page)
        expect(boxes.first).to_be_checked()
        page.get_by_role("button", name="取消选择").click()
        expect(page.get_by_text("已选 0 份")).to_be_visible()
        expect(boxes.first).not_to_be_checked()
        settled(page)
        page.get_by_role("textbox", name="查找文件").fill("岸电")
        page.get_by_role("textbox", name="查找文件").press("Enter")
        page.get_by_role("button", name="全选符合条件的 25 份").click()
        expect(page.get_by_text("已选 25 份")).to_be_visible()
        settled(page)
        assert violations(page) == []
        page.get_by_role("textbox", name="地区").fill("望汐区")
        page.get_by_role("button", name="更正所选文件").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("确定更正以下 25 份文件？")
        settled(page)
        dialog.get_by_role("button", name="确定").click()
        expect(page.locator(".pa-report li")).to_have_count(25)
        expect(page.get_by_text("已选 0 份")).to_be_visible()
        with PolicyLibrary.open(settings) as library:
            changed = {one.title for one in library.documents() if one.region == "望汐区"}
        assert changed == {title for title in titles if "岸电" in title}
