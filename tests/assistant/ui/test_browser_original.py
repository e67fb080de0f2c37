"""The opened source in a real browser: its original page, looking for words in it, asking about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from assistant.viewing.scans import is_installed
from ingest.pipeline import ingest
from tests.assistant.ui.browser import ask, fits, open_source, served, settled
from tests.assistant.ui.libraries import named
from tests.assistant.ui.test_accessibility import violations
from tests.assistant.viewing.printed import printed
from tests.ingest.loaders.test_ofd import made_up_ofd
from vectorstore.library import PolicyLibrary
from vectorstore.libreoffice import program
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument

pytestmark = pytest.mark.browser
SHORE = "云栖市港口岸电使用率的目标是多少？"
FLIGHTS = "云岭市2026年低空航线数量达到多少条？"
FEES = "砚川市公园门票多少钱？"
SCANNED = "青屿市渔船更新的目标是多少艘？"
# The signs of a quote are marked as with a felt pen; nothing else on the page has a colour.
_MARKED = """image => {
    const { naturalWidth: width, naturalHeight: height } = image;
    const pen = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    pen.drawImage(image, 0, 0);
    const dots = pen.getImageData(0, 0, width, height).data;
    let marked = 0;
    for (let at = 0; at < dots.length; at += 4) marked += dots[at] - dots[at + 2] > 100;
    return marked;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("originals")
    head = [(200.0, 780.0, "云栖市绿色港口发展规划")]
    first = [
        (80.0, 700.0 - 24 * line, f"第{line + 1}条港口单位应当完善第{line + 1}类设施。") for line in range(8)
    ]
    second = [(80.0, 300.0, "到2030年，全市港口岸电使用率达到95%。")]
    printed(folder / "港口.pdf", [[*head, *first], second, [(80.0, 700.0, "港口单位应当按年报告。")]])
    (folder / "公园.txt").write_text("砚川市公园管理办法\n\n公园门票每人20元。", encoding="utf-8")
    report = docx.Document()
    for line in (
        "临澜市渔港条例",
        "第一条 为了加强渔港管理，制定本条例。",
        "第二条 到2030年，全市渔港数量达到12个。",
    ):
        report.add_paragraph(line)
    report.save(str(folder / "渔港.docx"))
    (folder / "低空.ofd").write_bytes(made_up_ofd())
    settings = LibrarySettings(policy_data_dir=folder / "data")
    with PolicyLibrary.open(settings) as library:
        ingest([folder / "港口.pdf", folder / "公园.txt", folder / "渔港.docx", folder / "低空.ofd"], library)
        with library.write() as writer:
            writer.put(scanned(folder / "渔船.png"))
            writer.keep_original("渔船.png", folder / "渔船.png")
    with served(settings.policy_data_dir) as running:
        yield running


def scanned(file: Path) -> ParsedDocument:
    """Make the picture of a page, and give what was read from it."""
    text = "到2030年，全市更新渔船达到12艘。"
    with pypdfium2.PdfDocument(printed(file.with_suffix(".pdf"), [[(80.0, 500.0, text)]])) as paper:
        paper[0].render(scale=2).to_pil().save(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    known = {"source": file.name, "content_hash": digest, "title": "青屿市渔船更新办法", "format": "image"}
    return named("scan", text, page=1, **known)


def opened(page: Page, address: str, question: str = SHORE) -> None:
    page.goto(address)
    ask(page, question)
    open_source(page)
    expect(page.locator(".pa-reading mark").first).to_be_visible()
    settled(page)


def test_the_original_shows_the_page_of_the_quote_is_turned_and_made_larger_than_its_frame(
    page: Page, address: str
) -> None:
    opened(page, address)
    picture = page.locator("[class*=st-key-source-sheet] img")
    expect(picture).to_have_count(0)
    page.get_by_role("tab", name="原件").click()
    expect(picture).to_be_visible()
    expect(picture).to_have_attribute("alt", "原件第 2 页")
    panel = page.locator(".st-key-source-panel")
    expect(panel).to_contain_text("引文已标在第 2 页")
    settled(page)
    assert picture.evaluate(_MARKED) > 500
    assert violations(page) == []
    panel.get_by_role("button", name="下一页").click()
    expect(picture).to_have_attribute("alt", "原件第 3 页")
    settled(page)
    assert picture.evaluate(_MARKED) == 0
    expect(panel.get_by_role("button", name="下一页")).to_be_disabled()
    panel.get_by_role("button", name="回到引文").click()
    expect(picture).to_have_attribute("alt", "原件第 2 页")
    settled(page)
    fits(page, "[class*=st-key-source-sheet]")
    page.get_by_role("button", name="放大").click()
    page.wait_for_function(
        "() => { const one = document.querySelector('.st-key-source-sheet-1');"
        " return one && one.scrollWidth > 1.4 * one.clientWidth; }"
    )


@pytest.mark.skipif(is_installed(), reason="the extra ocr (rapidocr) is installed")
def test_a_scan_shows_the_page_of_the_quote_and_says_that_none_is_marked(page: Page, address: str) -> None:
    opened(page, address, SCANNED)
    page.get_by_role("tab", name="原件").click()
    expect(page.locator("[class*=st-key-source-sheet] img")).to_have_attribute("alt", "原件第 1 页")
    expect(page.locator(".st-key-source-panel")).to_contain_text("原件为扫描件，只能打开引文所在的页")


@pytest.mark.skipif(not is_installed(), reason="the extra ocr (rapidocr) is not installed")
def test_a_scan_is_shown_at_once_and_its_quote_marked_when_it_is_recognised(page: Page, address: str) -> None:
    opened(page, address, SCANNED)
    page.get_by_role("tab", name="原件").click()
    picture, panel = page.locator("[class*=st-key-source-sheet] img"), page.locator(".st-key-source-panel")
    expect(panel).to_contain_text("正在识别页面上的文字")
    expect(picture).to_have_attribute("alt", "原件第 1 页")
    expect(panel).to_contain_text("引文已标在第 1 页", timeout=180_000)
    settled(page)
    page.wait_for_function(f"image => ({_MARKED})(image) > 500", arg=picture.element_handle())


def test_a_page_of_an_ofd_file_is_drawn_and_its_quote_marked(page: Page, address: str) -> None:
    opened(page, address, FLIGHTS)
    page.get_by_role("tab", name="原件").click()
    picture, panel = page.locator("[class*=st-key-source-sheet] img"), page.locator(".st-key-source-panel")
    expect(picture).to_have_attribute("alt", "原件第 1 页")
    expect(panel).to_contain_text("引文已标在第 1 页")
    expect(panel).to_contain_text("不含印章和批注")
    settled(page)
    assert picture.evaluate(_MARKED) > 500
    panel.get_by_role("button", name="下一页").click()
    expect(picture).to_have_attribute("alt", "原件第 2 页")
    settled(page)
    assert picture.evaluate(_MARKED) == 0
    panel.get_by_role("button", name="放大").click()
    page.wait_for_function(
        "() => { const one = document.querySelector('.st-key-source-sheet-1');"
        " return one && one.scrollWidth > 1.4 * one.clientWidth; }"
    )


def test_an_original_without_pages_says_so(page: Page, address: str) -> None:
    opened(page, address, FEES)
    page.get_by_role("tab", name="原件").click()
    expect(page.locator(".st-key-source-panel")).to_contain_text("没有固定页面")
    expect(page.get_by_role("button", name="下载原文件")).to_be_visible()


@pytest.mark.skipif(not program(), reason="LibreOffice (soffice) is not installed")
def test_a_word_file_is_laid_out_and_its_quote_marked(page: Page, address: str) -> None:
    opened(page, address, "临澜市渔港数量的目标是多少？")
    page.get_by_role("tab", name="原件").click()
    expect(page.locator("[class*=st-key-source-sheet] img")).to_be_visible()
    expect(page.locator(".st-key-source-panel")).to_contain_text("引文已标在第 1 页")
    expect(page.locator(".st-key-source-panel")).to_contain_text("版面由 LibreOffice 生成")


def test_words_are_found_in_the_opened_document(page: Page, address: str) -> None:
    opened(page, address)
    field, panel = page.get_by_role("textbox", name="在文件中查找"), page.locator(".st-key-source-panel")
    field.fill("港口 单位")
    field.press("Enter")
    current = panel.locator(".pa-current")
    # The first one from the passage on that was opened.
    expect(panel).to_contain_text("第 8 处，共 9 处")
    expect(panel.locator(".pa-match")).to_have_count(8)
    expect(current).to_be_in_viewport()
    for place in (9, 1):
        settled(page)
        panel.get_by_role("button", name="下一处").click()
        expect(panel).to_contain_text(f"第 {place} 处，共 9 处")
    settled(page)
    panel.get_by_role("button", name="上一处").click()
    expect(panel).to_contain_text("第 9 处，共 9 处")
    settled(page)
    field.fill("没有的词")
    field.press("Enter")
    expect(panel).to_contain_text("文件中没有找到")
    expect(panel.locator(".pa-reading mark")).to_contain_text("95%")


def test_asking_about_the_opened_document_limits_the_search_to_it(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_role("button", name="就此文件提问").click()
    expect(page.locator(".st-key-scope")).to_contain_text("云栖市绿色港口发展规划")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
    expect(page.locator(".st-key-source-panel")).to_be_visible()
    ask(page, "门票多少钱？")
    expect(page.locator(".pa-question")).to_have_count(2)
    expect(page.locator(".pa-refused").last).to_be_visible()


def test_a_phone_makes_room_for_the_question(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address)
    page.get_by_role("tab", name="原件").click()
    expect(page.locator("[class*=st-key-source-sheet] img")).to_be_visible()
    settled(page)
    fits(page, "html")
    page.get_by_role("button", name="就此文件提问").click()
    expect(page.locator(".st-key-source-panel")).to_have_count(0)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()


def test_the_library_leads_to_asking_about_a_document(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_role("button", name="查看").first.click()
    page.get_by_role("button", name="就此文件提问").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
    expect(page.locator(".st-key-scope")).not_to_contain_text("全部文件")
