"""A browser for the tests of the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import CHROMIUM, PATIENCE, chromium, served
from tests.assistant.ui.libraries import fill
from tests.oidc_provider import Provider, provider
from vectorstore.settings import LibrarySettings


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the program's own main module back: Streamlit's AppTest leaves its script there.

    A process that is spawned later would begin by running that script.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


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


@pytest.fixture(scope="session")
def examples_page(example_settings: LibrarySettings) -> Iterator[str]:
    """A page on the library of the examples, which no test changes; what one asks stays in its history."""
    with served(example_settings.policy_data_dir) as running:
        yield running


@pytest.fixture(scope="module")
def identity() -> Iterator[Provider]:
    """A provider that people sign in at."""
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a page with sign-in."""
    folder = tmp_path_factory.mktemp("signed")
    fill(folder, "到2030年，全市港口岸电使用率达到95%。")
    return folder


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, library_folder: Path, identity: Provider) -> Iterator[str]:
    """A page with sign-in, under the SETTINGS of the module that tests it."""
    with served(library_folder, identity.secrets, request.module.SETTINGS) as running:
        yield running
