"""An answer taken along: as a file, and as a link that may lead to this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from assistant.ui.linking import leads_here_only
from ingest.pipeline import ingest
from tests.assistant.ui.browser import ask, downloaded, served, settled, slowly
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.test_browser_place import PLAN
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("data")
    fill(folder, "到2030年，全市港口岸电使用率达到95%。")
    with served(folder) as running:
        yield running


def test_over_a_slow_line_each_format_comes_from_one_choice(page: Page, address: str, tmp_path: Path) -> None:
    slowly(page)
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    ask(page, "青屿市2030年港口岸电使用率的目标是多少？")
    expect(page.locator(".pa-source")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name="导出").first.click()
    for name, ending in (("Word 简报", ".docx"), ("Markdown", ".md")):
        file = downloaded(page.get_by_role("button", name=name), tmp_path)
        assert file.name.endswith(ending)
        assert file.stat().st_size > 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Markdown")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="分享", exact=True).click()
    expect(page.get_by_text("此链接只能在本机打开")).to_be_visible()


def test_files_of_an_indicator_answer_begin_with_the_warning_and_hold_the_table(
    page: Page, tmp_path: Path
) -> None:
    draft = tmp_path / "plan.md"
    draft.write_text(PLAN.replace("\n", "（征求意见稿）\n", 1), encoding="utf-8")
    settings = LibrarySettings(policy_data_dir=tmp_path / "data")
    with PolicyLibrary.open(settings) as library:
        ingest([draft], library)
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        ask(page, "青屿市海洋经济的主要指标有哪些？")
        expect(page.locator(".pa-source")).to_have_count(1)
        settled(page)
        page.get_by_role("button", name="导出").click()
        word = docx.Document(str(downloaded(page.get_by_role("button", name="Word 简报"), tmp_path)))
        file = downloaded(page.get_by_role("button", name="Markdown"), tmp_path)
    warned = next(at for at, line in enumerate(word.paragraphs) if line.text.startswith("提示："))
    assert "征求意见稿" in word.paragraphs[warned].text
    assert warned < next(at for at, line in enumerate(word.paragraphs) if "共两项" in line.text)
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0] == ["指标", "单位", "2022年", "2025年", "2028年", "2030年", "属性"]
    assert rows[1][1:] == ["亿元", "620", "780", "900", "1050", "预期性"]
    assert rows[1][0].startswith("海洋生产总值")
    lines = file.read_text(encoding="utf-8").splitlines()
    table = lines.index("| 指标 | 单位 | 2022年 | 2025年 | 2028年 | 2030年 | 属性 |")
    assert lines[table + 2].endswith("| 亿元 | 620 | 780 | 900 | 1050 | 预期性 |")
    assert next(at for at, line in enumerate(lines) if line.startswith("> 提示：")) < table


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("http://127.0.0.1:8501/", True),
        ("http://localhost:8501/chat", True),
        ("http://[::1]:8501/", True),
        ("https://policy.example.org/", False),
        ("http://10.1.2.3:8501/", False),
        (None, False),
    ],
)
def test_a_loopback_address_leads_to_this_machine_alone(address: str | None, alone: bool) -> None:
    assert leads_here_only(address) is alone
