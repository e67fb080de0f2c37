"""A browser for the tests of the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.assistant.ui.browser import CHROMIUM, PATIENCE, attentive, chromium, served
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
def one_browser() -> Iterator[Browser]:
    """A real Chromium for all tests of a process."""
    if not CHROMIUM.exists():
        pytest.skip(f"没有安装 {CHROMIUM}，浏览器测试略过 (Chromium is not installed)")
    expect.set_options(timeout=PATIENCE)
    with chromium() as running:
        yield running


@pytest.fixture
def browser(one_browser: Browser) -> Iterator[Browser]:
    """A real Chromium; who comes to it goes with the test: a tab looks for its server for good."""
    before = one_browser.contexts
    yield one_browser
    for context in one_browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture(scope="session")
def office(one_browser: Browser) -> Iterator[BrowserContext]:
    """A screen as many offices have it; the scripts that one tab has loaded are there for the next."""
    with attentive(
        one_browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    ) as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture
def page(office: BrowserContext) -> Iterator[Page]:
    """A tab of its own on that screen; no cookie, permission or stored word is left of the test before."""
    page = office.new_page()
    office.clear_permissions()
    everywhere = {"origin": "*", "storageTypes": "all"}
    office.new_cdp_session(page).send("Storage.clearDataForOrigin", everywhere)
    yield page
    for opened in office.pages:
        opened.close()


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
