"""A Word draft checked in a real browser, and given back with comments."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import attach, served
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
RIGHT = "对首次取得三类医疗器械注册证的，每个品种给予300万元奖励。"
WRONG = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"


def test_a_word_draft_comes_back_with_its_comments(page: Page, example_settings: LibrarySettings) -> None:
    draft, out = Document(), io.BytesIO()
    draft.add_paragraph(RIGHT + WRONG)
    draft.save(out)
    with served(example_settings.policy_data_dir) as address:
        page.goto(f"{address}/drafts")
        attach(page, {"name": "稿.docx", "mimeType": "application/octet-stream", "buffer": out.getvalue()})
        page.get_by_role("button", name="开始核对").click()
        expect(page.locator(".pa-checked .pa-differs")).to_contain_text("50万元")
        expect(page.locator(".pa-checked li")).to_have_count(1)
        with page.expect_download() as coming:
            page.get_by_role("button", name="下载带批注的 Word 文件").click()
        (comment,) = Document(str(Path(coming.value.path()))).comments
    assert comment.text.startswith("不符")
    assert "50万元" in comment.text
