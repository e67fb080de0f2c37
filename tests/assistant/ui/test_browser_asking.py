"""What a reader limits a question to in the line itself: a document, or a file of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, open_source, served, settled
from tests.assistant.ui.libraries import fill_with, named
from tests.assistant.ui.test_accessibility import violations
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
TEXTS = {
    "青屿市岸电规划": "到2030年，全市港口岸电使用率达到95%。",
    "青屿市渔港规划": "到2030年，全市渔港数量达到9个。",
}
OWN = "青屿市渔港条例\n\n第一条 到2030年，全市渔港数量达到12个。\n\n第二条 渔港经营人每年报告一次。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asking")
    fill_with(made, [named(f"d{at}", text, title=title) for at, (title, text) in enumerate(TEXTS.items())])
    return made


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # Where attached files are read, so that a test sees what is left of them.
    with served(folder, environment={"TMPDIR": str(tmp_path_factory.mktemp("temporary"))}) as running:
        yield running


# What a browser hands over where a file is let fall.
_FILE = """text => {
    const held = new DataTransfer();
    held.items.add(new File([text], "渔港条例.txt", { type: "text/plain" }));
    return held;
}"""


def attach(page: Page, file: Path) -> None:
    settled(page)
    page.locator(".st-key-ask input[type=file]").set_input_files(file)
    expect(page.get_by_test_id("stChatInput").get_by_text(file.name)).to_be_visible()


def test_an_at_sign_leads_to_the_documents_and_back_to_the_question(page: Page, address: str) -> None:
    page.goto(address)
    line = page.get_by_test_id("stChatInputTextArea")
    expect(line).to_be_visible()
    settled(page)
    line.press_sequentially("2030年的目标@")
    box = page.locator(".st-key-scope-documents input")
    expect(box).to_be_focused()
    page.keyboard.type("渔港")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("范围：青屿市渔港规划")).to_be_visible()
    expect(line).to_be_focused()
    expect(line).to_have_value("2030年的目标")
    settled(page)
    line.press("End")
    line.press_sequentially("是多少？")
    line.press("Enter")
    expect(page.locator(".pa-source")).to_have_count(1)
    expect(page.locator(".pa-source")).to_contain_text("青屿市渔港规划")


def test_an_at_sign_within_an_address_is_a_sign_like_any_other(page: Page, address: str) -> None:
    page.goto(address)
    line = page.get_by_test_id("stChatInputTextArea")
    expect(line).to_be_visible()
    settled(page)
    line.press_sequentially("gang@example.gov")
    expect(line).to_have_value("gang@example.gov")
    expect(page.locator(".st-key-scope-documents")).to_have_count(0)


def test_an_attached_file_is_asked_alone_and_never_joins_the_library(
    page: Page, address: str, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "渔港条例.txt"
    file.write_text(OWN, encoding="utf-8")
    page.goto(address)
    attach(page, file)
    assert violations(page) == []
    ask(page, "到2030年全市渔港数量达到多少？")
    expect(page.locator(".pa-answer").last).to_contain_text("12个")
    expect(page.locator(".pa-source")).to_have_count(1)
    open_source(page)
    expect(page.locator(".pa-reading mark")).to_contain_text("渔港数量达到12个")
    expect(page.get_by_role("button", name="就此文件提问")).to_have_count(0)
    settled(page)
    page.get_by_role("tab", name="原件").click()
    expect(page.get_by_text("该格式的原件没有固定页面")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".pa-reading")).to_have_count(0)
    ask(page, "渔港经营人多久报告一次？")
    expect(page.locator(".pa-answer").last).to_contain_text("每年报告一次")
    settled(page)
    page.get_by_role("button", name="仅就附件提问：渔港条例.txt").click()
    expect(page.get_by_text("范围：全部文件")).to_be_visible()
    ask(page, "到2030年全市渔港数量达到多少？")
    expect(page.locator(".pa-answer").last).to_contain_text("9个")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=folder)) as library:
        assert {one.title for one in library.documents()} == set(TEXTS)


def test_a_file_is_dropped_into_the_line(page: Page, address: str) -> None:
    page.goto(address)
    line = page.get_by_test_id("stChatInputTextArea")
    expect(line).to_be_visible()
    settled(page)
    held = page.evaluate_handle(_FILE, OWN)
    line.dispatch_event("dragover", {"dataTransfer": held})
    target = page.get_by_test_id("stChatInput").get_by_text("将文件拖放到此处")
    expect(target).to_be_visible()
    target.locator("..").locator("input").first.dispatch_event("drop", {"dataTransfer": held})
    expect(page.get_by_test_id("stChatInput").get_by_text("渔港条例.txt")).to_be_visible()
    ask(page, "到2030年全市渔港数量达到多少？")
    expect(page.locator(".pa-answer").last).to_contain_text("12个")


def test_a_file_that_cannot_be_read_is_one_line(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "坏了.docx"
    file.write_bytes(b"\x00broken")
    page.goto(address)
    attach(page, file)
    ask(page, "文件说了什么？")
    expect(page.locator(".pa-problem")).to_have_count(1)
    expect(page.locator(".pa-problem")).to_contain_text("坏了.docx 未能读取：")


def test_after_a_reload_the_answer_stays_and_the_file_is_gone(
    page: Page, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "渔港条例.txt"
    file.write_text(OWN, encoding="utf-8")
    page.goto(address)
    attach(page, file)
    ask(page, "到2030年全市渔港数量达到多少？")
    expect(page.locator(".pa-answer").last).to_contain_text("12个")
    page.reload()
    expect(page.locator(".pa-answer").last).to_contain_text("12个")
    open_source(page)
    expect(page.locator(".pa-reading")).to_contain_text("渔港数量达到12个")
    expect(page.locator(".st-key-source-panel")).to_contain_text("以下为作答时的原文段落")
    settled(page)
    page.get_by_role("button", name="重新回答").click()
    expect(page.locator(".pa-problem")).to_contain_text("所附文件已不再保留")
