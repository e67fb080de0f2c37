"""What is taken along speaks its reader's language, in the words that are the assistant's own."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, downloaded, served, settled
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
HAN = re.compile(r"[一-鿿]")
DRAFT = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"

Take = Callable[[str], Path]


@pytest.fixture(scope="module")
def examples_page(example_settings: LibrarySettings) -> Iterator[str]:
    with served(example_settings.policy_data_dir) as address:
        yield address


@pytest.fixture
def take(page: Page, tmp_path: Path) -> Take:
    """Return what clicks a button and waits for its file."""

    def taken(key: str) -> Path:
        return downloaded(page.locator(f".st-key-{key} button"), tmp_path)

    return taken


@pytest.mark.parametrize(("path", "key"), [("ledger", "ledger"), ("relations", "relations")])
def test_the_columns_of_facts_are_named_in_english_and_quotes_stay(
    page: Page, examples_page: str, take: Take, path: str, key: str
) -> None:
    page.goto(f"{examples_page}/{path}?lang=en")
    names, row, *_ = csv.reader(take(f"{key}-csv").read_text(encoding="utf-8-sig").splitlines())
    assert not HAN.search("".join(names))
    assert HAN.search("".join(row))
    sheet = load_workbook(take(f"{key}-xlsx")).worksheets[0]
    assert not HAN.search(sheet.title)
    assert [cell.value for cell in sheet[1]] == names


def test_a_comparison_is_told_in_english(page: Page, examples_page: str, take: Take) -> None:
    page.goto(f"{examples_page}/compare?lang=en")
    # The other version of what was chosen is offered first.
    for place in range(2):
        settled(page)
        page.get_by_role("combobox").nth(place).fill("高新技术企业培育扶持办法")
        page.get_by_role("option").first.click()
    heading = take("compare-Markdown").read_text(encoding="utf-8").splitlines()[0]
    assert heading.startswith("# ")
    assert not HAN.search(heading)
    written = docx.Document(str(take("compare-Word")))
    assert not HAN.search(written.paragraphs[0].text + written.core_properties.author)
    assert not HAN.search("".join(cell.text for cell in written.tables[0].rows[0].cells))


def test_the_comments_on_a_draft_are_english(page: Page, examples_page: str, take: Take) -> None:
    page.goto(f"{examples_page}/drafts?lang=en")
    settled(page)
    page.get_by_label("Paste the draft").fill(DRAFT)
    page.locator(".stFormSubmitButton button").first.click()
    written = docx.Document(str(take("draft-word")))
    (comment,) = written.comments
    assert not HAN.search(comment.author)
    assert not HAN.search(comment.text.partition(":")[0].partition("：")[0])


def test_a_briefing_is_headed_in_traditional_characters(
    page: Page, examples_page: str, tmp_path: Path
) -> None:
    page.goto(f"{examples_page}?lang=zh-Hant")
    ask(page, "临澜市对首次通过认定的高新技术企业给予多少奖励？")
    expect(page.locator(".pa-source").first).to_be_visible()
    settled(page)
    page.locator("[class*=st-key-export-] button").first.click()
    download = page.locator("[class*=st-key-export-markdown-] button")
    text = downloaded(download, tmp_path).read_text(encoding="utf-8")
    assert text.startswith("# 政策問答簡報")
    assert "## 資料來源" in text
