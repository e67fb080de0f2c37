"""A Word draft checked in a real browser, and given back with comments."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import attach, downloaded, served, settled
from tests.assistant.ui.test_accessibility import violations
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
RIGHT = "对首次取得三类医疗器械注册证的，每个品种给予300万元奖励。"
WRONG = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"


def test_a_word_draft_comes_back_with_its_comments(
    page: Page, example_settings: LibrarySettings, tmp_path: Path
) -> None:
    draft, out = Document(), io.BytesIO()
    draft.add_paragraph(RIGHT + WRONG)
    draft.save(out)
    with served(example_settings.policy_data_dir) as address:
        page.goto(f"{address}/drafts")
        attach(page, {"name": "稿.docx", "mimeType": "application/octet-stream", "buffer": out.getvalue()})
        page.get_by_role("button", name="开始核对").click()
        expect(page.locator(".pa-checked .pa-differs")).to_contain_text("50万元")
        expect(page.locator(".pa-checked li")).to_have_count(1)
        file = downloaded(page.get_by_role("button", name="下载带批注的 Word 文件"), tmp_path)
        (comment,) = Document(str(file)).comments
    assert comment.text.startswith("不符")
    assert "50万元" in comment.text


def test_a_pasted_draft_is_numbered_marked_and_leads_to_its_sources(
    page: Page, example_settings: LibrarySettings, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1366, "height": 500})
    with served(example_settings.policy_data_dir) as address:
        page.goto(f"{address}/drafts")
        expect(page.get_by_text("逐句对照资料库核对文稿")).to_be_visible()
        settled(page)
        page.get_by_role("textbox", name="粘贴文稿").fill(RIGHT + WRONG)
        page.get_by_role("button", name="开始核对").click()
        item = page.locator(".pa-checked li")
        expect(item).to_have_attribute("value", "2")
        # It lies below the form on so low a screen.
        expect(item).to_be_in_viewport()
        expect(item.locator("> mark")).to_have_text("80万元")
        expect(item.locator("blockquote mark").first).to_have_text("50万元")
        file = downloaded(page.get_by_role("button", name="下载带批注的 Word 文件"), tmp_path)
        (comment,) = Document(str(file)).comments
        assert "50万元" in comment.text
        item.get_by_role("link").first.click()
        panel = page.locator(".st-key-source-panel")
        expect(panel.get_by_role("heading", name="原文", exact=True)).to_be_visible()
        expect(panel.locator(".pa-reading mark").first).to_contain_text("50万元")
        settled(page)
        assert violations(page) == []
