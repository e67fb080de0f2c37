"""A spreadsheet of questions answered in a real browser: begun, stopped, gone on with, and taken along."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import attach, downloaded, served
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
ASKED = "临澜市对首次通过认定的高新技术企业给予多少奖励？"
# As many as the page takes: they last longer than a click.
MOST = 1000
FORMULA = '=HYPERLINK("http://evil.example","云栖市")有多少企业？'


def workbook(*questions: str) -> bytes:
    made, out = Workbook(), io.BytesIO()
    sheet = made.worksheets[0]
    sheet.append(("问题",))
    for question in questions:
        sheet.append((question,))
        sheet.cell(sheet.max_row, 1).data_type = "s"
    made.save(out)
    return out.getvalue()


def choose(page: Page, address: str, content: bytes) -> None:
    page.goto(f"{address}/batches")
    attach(page, {"name": "问题.xlsx", "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="开始回答").click()


def taken(page: Page, folder: Path) -> list[tuple[Any, ...]]:
    """Take the result along and return its rows as values."""
    file = downloaded(page.get_by_role("button", name="下载结果"), folder)
    assert file.name == "问题-答案.xlsx"
    return list(load_workbook(file).worksheets[0].iter_rows())


def answered(page: Page, folder: Path) -> int:
    return sum(row[1].value is not None for row in taken(page, folder)[1:])


def test_every_question_is_answered_and_nothing_becomes_a_formula(
    page: Page, example_settings: LibrarySettings, tmp_path: Path
) -> None:
    with served(example_settings.policy_data_dir) as address:
        choose(page, address, workbook(ASKED, FORMULA))
        expect(page.get_by_role("status").filter(has_text="已回答 2 个问题，共 2 个。")).to_be_visible()
        expect(page.get_by_role("button", name="继续")).to_have_count(0)
        rows = taken(page, tmp_path)
    assert "30万元" in str(rows[1][1].value)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_it_is_stopped_and_goes_on(page: Page, example_settings: LibrarySettings, tmp_path: Path) -> None:
    asking = page.get_by_text(re.compile(r"正在回答第 \d+ 个问题"))
    stop, go_on = page.get_by_role("button", name="停止"), page.get_by_role("button", name="继续")
    with served(example_settings.policy_data_dir) as address:
        choose(page, address, workbook(*[ASKED] * MOST))
        expect(asking).to_be_visible()
        expect(asking).not_to_have_text("正在回答第 1 个问题")
        stop.click()
        expect(go_on).to_be_visible()
        first = answered(page, tmp_path)
        assert 1 <= first < MOST
        go_on.click()
        expect(asking).to_be_visible()
        expect(asking).not_to_have_text(f"正在回答第 {first + 1} 个问题")
        stop.click()
        expect(go_on).to_be_visible()
        assert first < answered(page, tmp_path) < MOST


def test_what_is_no_workbook_is_told(page: Page, example_settings: LibrarySettings) -> None:
    with served(example_settings.policy_data_dir) as address:
        choose(page, address, b"no workbook")
        expect(page.get_by_role("alert").filter(has_text="不是可读取的 Excel 文件")).to_be_visible()
