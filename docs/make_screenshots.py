"""Makes `docs/screenshot.png` from the example documents: run `python -m docs.make_screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from ingest.pipeline import ingest
from tests.assistant.ui.browser import chromium, served
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_DOCS = Path(__file__).parent
_QUESTION = "临澜市和砚川市对首次取得三类医疗器械注册证的奖励有什么不同？"


def main() -> None:
    """Ingest the examples into a folder of their own, ask a question, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with PolicyLibrary.open(LibrarySettings(policy_data_dir=data)) as library:
            ingest([_DOCS.parent / "examples"], library)
        with served(data) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            page.goto(address)
            _ask(page, _QUESTION)
            page.screenshot(path=_DOCS / "screenshot.png")


def _ask(page: Page, question: str) -> None:
    line = page.get_by_test_id("stChatInputTextArea")
    line.fill(question)
    line.press("Enter")
    page.locator(".pa-card mark").first.wait_for()
    # The picture is of a page at rest: the server has nothing more to send, the line to ask is empty again.
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_test_id("stChatInputTextArea").and_(page.get_by_placeholder("请输入您的问题")).wait_for()


if __name__ == "__main__":
    main()
