"""Makes the pictures of the README from the example documents: run `python -m docs.make_screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from ingest.pipeline import ingest
from tests.assistant.ui.browser import ask, chromium, served, settled
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_DOCS = Path(__file__).parent
_OFFICE: ViewportSize = {"width": 1366, "height": 768}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_INDICATOR = "海岬高新区2030年地区生产总值目标是多少？"
_REWARD = "临澜市对首次通过认定的高新技术企业给予多少奖励？"
_TABLE = "海岬高新区“十五五”主要指标有哪些？"
_COMPARISON = "临澜市和砚川市对首次取得三类医疗器械注册证的奖励有什么不同？"


def main() -> None:
    """Ingest the examples into a folder of their own, and take a picture of each part of the page."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with PolicyLibrary.open(LibrarySettings(policy_data_dir=data)) as library:
            ingest([_DOCS.parent / "examples"], library)
        with served(data) as address, chromium() as browser:
            _answer(browser, address, _INDICATOR, "chat.png")
            _answer(browser, address, _REWARD, "source.png", source=True)
            _answer(browser, address, _TABLE, "table.png")
            _answer(browser, address, _COMPARISON, "comparison.png")
            _answer(browser, address, _INDICATOR, "phone.png", size=_PHONE)
            page = _page(browser, f"{address}/library")
            page.get_by_role("button", name="查看").first.wait_for()
            _take(page, "library.png")


def _answer(
    browser: Browser,
    address: str,
    question: str,
    name: str,
    *,
    source: bool = False,
    size: ViewportSize | None = None,
) -> None:
    page = _page(browser, address, size)
    ask(page, question)
    page.locator(".pa-source").first.wait_for()
    _rest(page)
    if source:
        page.locator(".pa-mark a").first.click()
        page.locator(".pa-reading mark").first.wait_for()
    _take(page, name)


def _page(browser: Browser, address: str, size: ViewportSize | None = None) -> Page:
    page = browser.new_page(viewport=size or _OFFICE, locale="zh-CN")
    page.goto(address)
    return page


def _take(page: Page, name: str) -> None:
    _rest(page)
    page.mouse.move(0, 0)
    page.screenshot(path=_DOCS / name)


def _rest(page: Page) -> None:
    """Wait until the server has nothing more to send and the line to ask, where there is one, is empty."""
    settled(page)
    line = page.get_by_test_id("stChatInputTextArea")
    if line.count():
        line.and_(page.get_by_test_id("stChatInputTextArea")).wait_for()
    page.evaluate("document.activeElement.blur(); document.querySelector('.stMain').scrollTop = 0")


if __name__ == "__main__":
    main()
