"""One click copies an answer, in a secure context and on a page that came over plain HTTP."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import PATIENCE, ask, attentive, settled

pytestmark = pytest.mark.browser
COMPARED = "临澜市和砚川市的生物医药产业产值目标分别是多少？"
_PASTED = "type => navigator.clipboard.read().then(items => items[0].getType(type)).then(one => one.text())"
# As on a page of the intranet that came over HTTP; and notes what a copy hands over.
_WITHOUT_CLIPBOARD = """
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    window.taken = {};
    const set = DataTransfer.prototype.setData;
    DataTransfer.prototype.setData = function (type, text) {
        window.taken[type] = text;
        return set.call(this, type, text);
    };
"""


def copy(page: Page) -> None:
    ask(page, COMPARED)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_one_click_copies_text_with_sources_and_tables_as_tables(
    browser: Browser, examples_page: str
) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with attentive(browser.new_context(locale="zh-CN", permissions=allowed)) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(examples_page)
        copy(page)
        plain, html = (page.evaluate(_PASTED, kind) for kind in ("text/plain", "text/html"))
    lines = plain.splitlines()
    assert lines[lines.index("依据：") + 1].startswith("[1] 《")
    assert any(line.startswith("砚川市\t") and "[4]" in line for line in lines)
    assert "<table" in html
    assert "依据：" in html


def test_copying_works_where_the_browser_has_no_clipboard(page: Page, examples_page: str) -> None:
    page.add_init_script(_WITHOUT_CLIPBOARD)
    page.goto(examples_page)
    copy(page)
    taken = page.evaluate("window.taken")
    assert "依据：" in taken["text/plain"]
    assert "<table" in taken["text/html"]
