"""Nothing that Streamlit says of itself is left in English on a Chinese page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, served, settled
from tests.assistant.ui.libraries import fill

pytestmark = pytest.mark.browser
# Texts and names without a Chinese character, those of pictures and keys left out; what is drawn nowhere too.
_ENGLISH = """() => {
    const english = text => /[A-Za-z]{3,}/.test(text ?? "") && !/[\\u4e00-\\u9fff]/.test(text);
    const ours = ".stHtml, [data-testid=stIconMaterial], [data-testid=stExpanderIcon], script, style";
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        const seen = !parentElement.closest(ours) && parentElement.checkVisibility();
        if (seen && english(data)) found.push(data);
    }
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]"))
        for (const name of ["aria-label", "title", "placeholder"])
            if (english(one.getAttribute(name))) found.push(one.getAttribute(name));
    return found.filter(one => one !== "Markdown" && one !== "Word");
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("data")
    fill(folder, "到2030年，全市港口岸电使用率达到95%。")
    with served(folder) as running:
        yield running


def test_names_and_texts_of_streamlit_are_chinese(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    ask(page, "青屿市2030年港口岸电使用率的目标是多少？")
    expect(page.locator(".pa-source")).to_have_count(1)
    settled(page)
    expect(page.get_by_role("button", name="发送")).to_be_attached()
    assert page.evaluate(_ENGLISH) == []
    for name in ("library", "ledger", "drafts", "batches", "overview"):
        page.goto(f"{address}/{name}")
        expect(page.locator(".stMain h1").first).to_be_visible()
        settled(page)
        assert page.evaluate(_ENGLISH) == [], name
    page.get_by_test_id("stVegaLiteChart").hover()
    expect(page.get_by_role("button", name="显示数据")).to_be_visible()
    assert page.evaluate(_ENGLISH) == []


def test_an_english_page_keeps_the_words_of_streamlit(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=en")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_attached()
