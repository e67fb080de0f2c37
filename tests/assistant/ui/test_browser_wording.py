"""Streamlit's own words in the language of the page, and the rows that have to fit at 1366 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, attach, open_source, served, settled
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.test_accessibility import violations

pytestmark = pytest.mark.browser
QUESTION = "港口岸电使用率的目标是多少？"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("words")
    fill(folder, "到2030年，全市港口岸电使用率达到95%。")
    with served(folder) as running:
        yield running


def test_the_file_chooser_speaks_chinese_to_eyes_and_ears(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_text("添加文件").click()
    chooser = page.get_by_test_id("stFileUploader")
    button = chooser.get_by_role("button", name="选择或拖入文件", exact=True)
    expect(button.get_by_text("选择或拖入文件")).to_be_visible()
    file = tmp_path / "说明.txt"
    file.write_text("港口。", encoding="utf-8")
    attach(page, file)
    expect(chooser.get_by_role("button", name="继续添加文件")).to_be_visible()
    assert violations(page) == []
    page.goto(address)
    expect(page.get_by_role("button", name="添加附件")).to_be_visible()
    expect(page.get_by_role("button", name="发送消息")).to_be_visible()


def test_the_words_follow_when_the_language_is_changed(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=en")
    expect(page.get_by_role("button", name="Upload a file")).to_be_visible()
    settled(page)
    page.get_by_text("Settings", exact=True).click()
    settled(page)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="简体中文").click()
    expect(page.get_by_role("button", name="添加附件")).to_be_visible()
    expect(page.get_by_role("button", name="Upload a file")).to_have_count(0)


def test_a_file_named_as_streamlits_words_keeps_its_name(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_text("添加文件").click()
    attach(page, {"name": "Upload", "mimeType": "text/plain", "buffer": "港口。".encode()})
    expect(page.get_by_test_id("stFileChipName")).to_have_text("Upload")


@pytest.mark.parametrize("width", [1366, 1000])
def test_no_page_is_out_of_reach_while_a_source_is_open(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(address)
    ask(page, QUESTION)
    open_source(page)
    expect(page.locator(".pa-reading mark")).to_be_visible()
    settled(page)
    bar = page.get_by_test_id("stTopNav")
    if width < 1366:
        more = bar.get_by_text("其余")
        expect(more).to_be_visible()
        more.click()
    else:
        expect(bar.get_by_text("其余")).to_have_count(0)
    last = page.get_by_role("menuitem" if width < 1366 else "link", name="日志")
    expect(last).to_be_in_viewport(ratio=1)
    last.click()
    expect(page.get_by_role("heading", name="日志")).to_be_visible()


def test_what_can_be_done_with_a_shared_answer_stands_in_one_line(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-source").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="分享").click()
    expect(page.get_by_role("button", name="撤回分享")).to_be_visible()
    settled(page)
    places = page.locator("[class*=st-key-actions-] button:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(at => `${at.top} to ${at.bottom}`)"
    )
    assert len(places) == 9
    assert len(set(places)) == 1, places
