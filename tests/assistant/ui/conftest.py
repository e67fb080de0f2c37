"""A browser for the tests of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import CHROMIUM, PATIENCE, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"没有安装 {CHROMIUM}，浏览器测试略过 (Chromium is not installed)")
    expect.set_options(timeout=PATIENCE)
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of its own, on a screen as many offices have it."""
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
