"""The ways that users go through the pages, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import (
    PATIENCE,
    ask,
    attach,
    attentive,
    downloaded,
    open_source,
    served,
    settled,
)
from tests.assistant.ui.libraries import fill
from tests.openai_server import OpenAIServer, Reply

pytestmark = pytest.mark.browser
SHORE = "港口岸电使用率的目标是多少？"
NEW = "青屿市渔港条例\n\n到2030年，全市渔港数量达到12个。"


def test_a_mark_opens_the_document_at_its_quote_and_the_panel_turns_and_closes(
    page: Page, examples_page: str, tmp_path: Path
) -> None:
    page.goto(examples_page)
    ask(page, "临澜市对首次通过认定的高新技术企业给予多少奖励？")
    open_source(page)
    reading = page.locator(".pa-reading")
    expect(reading.locator("mark")).to_be_in_viewport()
    settled(page)
    quote = reading.locator("mark").inner_text()
    expect(page.locator(".st-key-source-panel")).to_contain_text("《")
    file = downloaded(page.get_by_role("button", name="下载原文件"), tmp_path)
    assert quote[:8] in file.read_text(encoding="utf-8")
    page.get_by_role("button", name="下一段").click()
    expect(reading.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="回到引文").click()
    expect(reading.locator("mark")).to_be_in_viewport()
    page.get_by_role("button", name="关闭").click()
    expect(reading).to_have_count(0)


def test_what_a_page_of_its_own_does_better_is_led_there_below_the_answer(
    page: Page, examples_page: str
) -> None:
    page.goto(examples_page)
    ask(page, "临澜市对首次通过认定的高新技术企业给予多少奖励？")
    expect(page.get_by_role("navigation", name="相关功能")).to_have_count(0)
    ask(page, "哪份文件废止了临政规〔2024〕3号？")
    way = page.get_by_role("link", name="查看文件之间的修订、废止与依据：引用关系")
    expect(way).to_have_count(1)
    with page.expect_popup() as opened:
        way.click()
    expect(opened.value.get_by_role("heading", name="引用关系")).to_be_visible()


def test_a_comparison_of_two_regions_is_a_table_with_a_row_for_each(page: Page, examples_page: str) -> None:
    page.goto(examples_page)
    ask(page, "临澜市和砚川市的生物医药产业产值目标分别是多少？")
    table = page.locator(".pa-answer .pa-table").first
    expect(table.locator("tbody tr")).to_have_count(2)
    expect(table).to_contain_text("临澜")
    expect(table).to_contain_text("砚川")


def test_a_quote_deep_in_a_long_passage_is_scrolled_to(page: Page, tmp_path: Path) -> None:
    filler = "港口要完善集疏运体系，推进多式联运，提升服务水平。" * 40
    fill(tmp_path, f"{filler}\n到2030年，全市港口岸电使用率达到95%。")
    with served(tmp_path) as address:
        page.goto(address)
        ask(page, SHORE)
        open_source(page)
        expect(page.locator(".pa-reading mark")).to_contain_text("95%")
        expect(page.locator(".pa-reading mark")).to_be_in_viewport()


def test_what_leads_on_is_offered_and_a_click_asks_it(page: Page, examples_page: str) -> None:
    page.goto(examples_page)
    settled(page)
    page.locator("[class*=st-key-example-] button").first.click()
    further = page.locator("[class*=st-key-follow-] button")
    expect(further.first).to_be_visible()
    settled(page)
    asked = further.first.inner_text()
    further.first.click()
    expect(page.locator(".pa-question")).to_have_count(2)
    expect(page.locator(".pa-question").last).to_contain_text(asked)
    expect(page.locator(".pa-source").last).to_be_visible()


def test_the_page_speaks_traditional_chinese_and_english(page: Page, examples_page: str) -> None:
    page.goto(f"{examples_page}/?lang=en")
    expect(page.get_by_role("link", name="Library")).to_be_visible()
    expect(page.get_by_placeholder("Type your question")).to_be_visible()
    page.goto(f"{examples_page}/?lang=zh-Hant")
    expect(page.get_by_role("link", name="資料庫")).to_be_visible()


def test_a_document_is_uploaded_while_another_tab_chats(browser: Browser, page: Page, tmp_path: Path) -> None:
    fill(tmp_path / "data", "到2030年，全市港口岸电使用率达到95%。")
    file = tmp_path / "渔港条例 🐟.txt"
    file.write_text(NEW, encoding="utf-8")
    with served(tmp_path / "data") as address, attentive(browser.new_context(locale="zh-CN")) as context:
        other = context.new_page()
        other.set_default_timeout(PATIENCE)
        other.goto(address)
        page.goto(f"{address}/library")
        settled(page)
        page.get_by_text("添加文件").click()
        attach(page, file)
        page.get_by_role("button", name="上传并收录").click()
        ask(other, SHORE)
        expect(other.locator(".pa-preview").first).to_contain_text("95%")
        expect(page.locator(".pa-report")).to_contain_text("新增")
        page.get_by_role("button", name="知道了").click()
        expect(page.get_by_text("青屿市渔港条例").first).to_be_visible()
        other.get_by_role("button", name="新对话").click()
        expect(other.locator(".pa-question")).to_have_count(0)
        ask(other, "渔港数量的目标是多少？")
        expect(other.locator(".pa-preview").last).to_contain_text("12个")


def test_an_answer_that_is_stopped_keeps_what_was_shown(
    page: Page, openai_server: OpenAIServer, tmp_path: Path
) -> None:
    fill(tmp_path, "到2030年，全市港口岸电使用率达到95%。")
    openai_server.replies(Reply(pieces=["到2030年，全市港口岸电使用率达到95%。[1]"], ending="stall"))
    settings = {
        "POLICY_CHAT_MODEL": "test",
        "OPENAI_BASE_URL": openai_server.url,
        "POLICY_TOKEN_TIMEOUT": "55",
    }
    with served(tmp_path, environment=settings) as address:
        page.goto(address)
        ask(page, SHORE)
        expect(page.locator(".pa-answer")).to_contain_text("95%")
        page.get_by_role("button", name="停止").click()
        expect(page.locator(".pa-preview").first).to_contain_text("95%")
        expect(page.get_by_role("button", name=re.compile("^停止"))).to_have_count(0)
        page.get_by_role("button", name="修改问题").click()
        expect(page.get_by_role("textbox", name="修改问题")).to_have_value(SHORE)


def test_two_tabs_of_one_conversation_lose_neither_question(page: Page, tmp_path: Path) -> None:
    fill(tmp_path, "到2030年，全市港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。")
    with served(tmp_path) as address:
        page.goto(address)
        ask(page, SHORE)
        expect(page.locator(".pa-preview").first).to_contain_text("95%")
        page.wait_for_url("**/*conversation=*")
        other = page.context.new_page()
        other.set_default_timeout(PATIENCE)
        other.goto(page.url)
        expect(other.locator(".pa-question")).to_have_count(1)
        ask(page, "清洁能源集卡占比的目标是多少？")
        expect(page.locator(".pa-question")).to_have_count(2)
        ask(other, "岸电使用率由谁规定？")
        expect(other.locator(".pa-question")).to_have_count(3)
        page.reload()
        expect(page.locator(".pa-question")).to_have_count(3)


def test_files_that_were_handed_in_make_room_for_the_next(page: Page, tmp_path: Path) -> None:
    fill(tmp_path / "data", "到2030年，全市港口岸电使用率达到95%。")
    with served(tmp_path / "data", environment={"POLICY_UPLOAD_MB": "0.003"}) as address:
        for number in range(2):
            page.goto(f"{address}/library")
            settled(page)
            page.get_by_text("添加文件").click()
            file = tmp_path / f"第{number}号.txt"
            file.write_text(f"云栖市第{number}号文件\n\n" + NEW * 2 + " " * 1500, encoding="utf-8")
            assert file.stat().st_size < 3000 < 2 * file.stat().st_size
            attach(page, file)
            page.get_by_role("button", name="上传并收录").click()
            expect(page.locator(".pa-report")).to_contain_text(file.name)
            page.get_by_role("button", name="知道了").click()
            expect(page.locator(".pa-report")).to_have_count(0)


def test_a_button_pressed_without_a_file_says_what_is_missing(page: Page, examples_page: str) -> None:
    for place, button, missing in (
        ("drafts", "开始核对", "请先粘贴文稿或选择文件"),
        ("batches", "开始回答", "请先选择文件"),
        ("library", "上传并收录", "请先选择文件"),
    ):
        page.goto(f"{examples_page}/{place}")
        settled(page)
        pressed = page.get_by_role("button", name=button)
        if place == "library":
            page.get_by_text("添加文件").click()
            expect(pressed).to_be_visible()
            # Until what opens is open, the button moves, and a click misses it.
            settled(page)
        pressed.click()
        expect(page.get_by_text(missing, exact=True)).to_be_visible()
