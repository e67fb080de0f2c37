"""The original in a real browser where a storage that speaks S3 keeps it, and where that is away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.pipeline import ingest
from tests.assistant.ui.browser import ask, open_source, served, settled
from tests.assistant.ui.test_accessibility import violations
from tests.assistant.viewing.printed import printed
from tests.s3_server import BUCKET, S3Server
from vectorstore.bucket_address import BucketAddress
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
PLACE = BucketAddress(BUCKET, "library")


def test_a_second_machine_draws_the_page_hands_out_the_file_and_answers_without_the_storage(
    page: Page, s3: S3Server, tmp_path: Path
) -> None:
    lines = [(200.0, 780.0, "云栖市绿色港口发展规划"), (80.0, 300.0, "到2030年，全市港口岸电使用率达到95%。")]
    file = printed(tmp_path / "港口.pdf", [lines])
    settings = LibrarySettings(policy_data_dir=tmp_path / "one", policy_files_dir=PLACE)
    with PolicyLibrary.open(settings) as library:
        ingest([file], library)
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    with served(tmp_path / "other", environment={"POLICY_FILES_DIR": str(PLACE)}) as address:
        with s3.away():
            page.goto(address)
            ask(page, "云栖市港口岸电使用率的目标是多少？")
            expect(page.locator(".pa-answer").last).to_contain_text("95%")
            open_source(page)
            panel = page.locator(".st-key-source-panel")
            expect(panel.locator(".pa-problem").first).to_contain_text("POLICY_FILES_DIR")
            settled(page)
            assert violations(page) == []
        page.get_by_role("tab", name="原件").click()
        expect(page.locator("[class*=st-key-source-sheet] img")).to_be_visible()
        expect(panel).to_contain_text("引文已标在第 1 页")
        with page.expect_download() as taken:
            panel.get_by_role("button", name="下载原文件").click()
        assert Path(taken.value.path()).read_bytes() == file.read_bytes()
