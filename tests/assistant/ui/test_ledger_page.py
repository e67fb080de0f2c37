"""The ledger page: filters, proof, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import served
from tests.vectorstore.test_ledger import figure, stating
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ledger")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=folder)) as library, library.write() as writer:
        writer.put(stating("甲.txt", "青岚市规划", figure("30", "规上企业", "云溪区", 2028), figure("800")))
        writer.put(stating("乙.txt", "青岚市方案", figure("850")))
    with served(folder) as running:
        yield running


def test_contradicting_figures_come_first_and_a_row_opens_its_proof(page: Page, address: str) -> None:
    page.goto(f"{address}/ledger")
    rows = page.locator(".pa-ledger-row")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("数值不一致")
    expect(rows.nth(1)).to_contain_text("数值不一致")
    expect(rows.nth(2)).not_to_contain_text("数值不一致")
    page.get_by_role("button", name="查看原文").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_text("青岚市到2030年大健康产业总规模达到800亿元")


def test_filters_narrow_the_rows_and_the_file(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/ledger")
    expect(page.locator(".pa-ledger-row")).to_have_count(3)
    page.get_by_label("指标名称").fill("规上")
    page.get_by_label("指标名称").press("Enter")
    expect(page.locator(".pa-ledger-row")).to_have_count(1)
    expect(page.locator(".pa-ledger-row")).to_contain_text("云溪区")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    download.value.save_as(tmp_path / "台账.csv")
    lines = (tmp_path / "台账.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "云溪区" in lines[1]
