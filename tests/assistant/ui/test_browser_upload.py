"""What an administrator sees of files that are added."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import attach, served, settled
from tests.assistant.ui.libraries import fill
from vectorstore.library import PolicyLibrary

pytestmark = pytest.mark.browser


def test_the_list_shows_what_came_and_the_report_what_failed(page: Page, tmp_path: Path) -> None:
    fill(tmp_path / "data", "到2030年，全市港口岸电使用率达到95%。")
    # An ending that is seldom seen: what a file is, its bytes tell.
    good = tmp_path / "渔港条例.text"
    good.write_text("青屿市渔港条例\n\n到2030年，全市渔港数量达到12个。", encoding="utf-8")
    broken = [tmp_path / name for name in ("一.docx", "二.pdf", "三.xlsx")]
    for file in broken:
        file.write_bytes(b"\x00broken " + file.name.encode())
    with served(tmp_path / "data") as address:
        page.goto(f"{address}/library")
        expect(page.get_by_text("共 1 份文件")).to_be_visible()
        page.get_by_text("添加文件").click()
        attach(page, good, *broken)
        page.get_by_role("button", name="上传并收录").click()
        expect(page.locator(".pa-report")).to_contain_text("新增 1 份")
        expect(page.locator(".pa-report")).to_contain_text("失败 3 份")
        expect(page.get_by_text("共 2 份文件")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="上传并收录").click()
        expect(page.get_by_text("请先选择文件")).to_be_visible()
        expect(page.locator(".pa-report")).to_have_count(0)
        settled(page)
        attach(page, *broken)
        page.get_by_role("button", name="上传并收录").click()
        expect(page.locator(".pa-report")).to_contain_text("失败 3 份")
        settled(page)
        page.get_by_role("link", name="核稿").click()
        expect(page.get_by_role("heading", level=1, name="核稿")).to_be_visible()
        settled(page)
        page.get_by_role("link", name="资料库").click()
        expect(page.get_by_text("共 2 份文件")).to_be_visible()
        expect(page.locator(".pa-report")).to_have_count(0)


def test_until_the_first_file_is_done_it_is_being_prepared_and_no_share_of_nothing_is_told(
    page: Page, tmp_path: Path
) -> None:
    settings = fill(tmp_path / "data", "到2030年，全市港口岸电使用率达到95%。")
    file = tmp_path / "渔港条例.txt"
    file.write_text("青屿市渔港条例\n\n到2030年，全市渔港数量达到12个。", encoding="utf-8")
    with served(tmp_path / "data") as address:
        page.goto(f"{address}/library")
        expect(page.get_by_text("共 1 份文件")).to_be_visible()
        page.get_by_text("添加文件").click()
        attach(page, file)
        # Whoever takes files in waits until nobody else writes.
        with PolicyLibrary.open(settings) as library, library.write():
            page.get_by_role("button", name="上传并收录").click()
            expect(page.get_by_text("正在准备收录……")).to_be_visible()
            expect(page.get_by_text("已处理 0")).to_have_count(0)
        expect(page.get_by_text("共 2 份文件")).to_be_visible()
        expect(page.locator(".pa-report")).to_contain_text("收录完成：新增 1 份")
