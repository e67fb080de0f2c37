"""The page as users have it: the server in a process of its own, and a real Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from types import MappingProxyType
from typing import IO

from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect, sync_playwright

from tests.assistant.ui.nursery import forked
from tests.vectorstore.servers import free_port

CHROMIUM = Path("/usr/bin/chromium")
# Milliseconds to wait for what the page should show.
PATIENCE = 60_000
# A page of a server that has just ended would find the next one at its address: not within one test.
_TURNS = 4
_ROOT = Path(__file__).parents[3]
# An answer is drawn in pieces, and anew when it is complete: until then elements come, go and fade.
# What an element is drawn with may still be on its way when the script has ended: a skeleton stands there.
# What Streamlit draws HTML with, the page's styles too, comes without one.
_SETTLED = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    return !window.asked && app?.dataset.testScriptState === "notRunning"
        && !app.querySelector("[data-stale=true], [data-testid=stSkeleton]")
        && app.querySelector(".stHtml style")
        && document.getAnimations().every(one => one.effect?.getComputedTiming().endTime === Infinity);
}"""
# Between a click and the first word of the server the page looks as it does at rest; what is clicked then
# overtakes the first click, of which the server may do nothing. Of Streamlit's messages (BackMsg.proto,
# ForwardMsg.proto) `rerun_script` has number 11, and `script_finished` 6 with 2 where another run follows;
# before it stand `hash` and `metadata`, 1 and 2, each with its length.
_ASKED = """
window.WebSocket = class extends window.WebSocket {
    constructor(...words) {
        super(...words);
        super.addEventListener("message", event => {
            const bytes = new Uint8Array(event.data);
            let at = 0;
            while (bytes[at] === 0x0a || bytes[at] === 0x12) {
                let length = 0, shift = 0;
                do length |= (bytes[++at] & 127) << 7 * shift++; while (bytes[at] & 128);
                at += length + 1;
            }
            if (bytes[at] === 0x30 && bytes[at + 1] !== 2) window.asked = false;
        });
    }
    send(message) {
        if (message[0] === 0x5a) window.asked = true;
        super.send(message);
    }
};"""
# Streamlit draws what came until then, so that each piece may be drawn alone.
_SLOW_LINE = """
window.WebSocket = class extends window.WebSocket {
    pieces = Promise.resolve();
    addEventListener(kind, read) {
        super.addEventListener(kind, event => {
            if (kind !== "message") return read(event);
            const later = new Promise(done => this.pieces.then(() => setTimeout(done, 20)));
            this.pieces = later.then(() => read(event));
        });
    }
};"""
_FITS = """selector => {
    const element = document.querySelector(selector);
    return element && element.scrollWidth <= element.clientWidth;
}"""
# For each window Chromium draws two pages of its own below its line for addresses, which no test has. The
# other features are those that Playwright turns off: of two such switches Chromium obeys the last.
_WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_WITHOUT)}",
]


@contextmanager
def served(
    data: Path,
    secrets: Callable[[int], str] | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
    *,
    fresh: bool = False,
) -> Iterator[str]:
    """Serve the library of a data folder for the length of the block, and give the page's address.

    Args:
        data: the folder.
        secrets: gives the secrets.toml for the port it is served at.
        environment: further settings.
        fresh: whether in a process that loads all by itself, and not in one forked off one that has.
    """
    port = _port()
    words = ["run", "server.py", "--server.port", str(port)]
    if secrets:
        file = data / "secrets.toml"
        file.write_text(secrets(port), encoding="utf-8")
        words += ["--secrets.files", str(file)]
    settings = {**os.environ, "POLICY_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1", **environment}
    # Elsewhere libraries of the system may have begun threads, which no fork survives.
    begun = _begun if fresh or sys.platform != "linux" else forked
    with begun(words, settings) as output:
        said = []
        for line in output:
            said.append(line)
            if "URL:" in line:
                break
        else:
            raise RuntimeError("the server did not start:\n" + "".join(said))
        yield f"http://127.0.0.1:{port}"


def _port() -> int:
    """Return a port that nobody listens on, by turns: the browser has the scripts of an address it knows."""
    for port in islice(_ports(), _TURNS):
        with socket.socket() as probe, suppress(OSError):
            # As the server does: what is left of the connections to the last one is in nobody's way.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    return free_port()


@cache
def _ports() -> Iterator[int]:
    return cycle([free_port() for _ in range(_TURNS)])


@contextmanager
def _begun(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[IO[str]]:
    """Run Streamlit in a process begun for it; gives what it prints."""
    command = [sys.executable, "-m", "streamlit", *words]
    process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout
    finally:
        # As by a power cut: what people did must be kept by then.
        process.kill()
        process.communicate()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium for the length of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def slowly(page: Page) -> None:
    """From its next address on, let a page have what the server says in pieces, as over a slow line."""
    page.add_init_script(_SLOW_LINE)


def attentive(context: BrowserContext) -> BrowserContext:
    """Let the pages of a context know what they have asked of the server; returns the context."""
    context.add_init_script(_ASKED)
    return context


def settled(page: Page) -> None:
    """Wait until the page is drawn whole and at rest; await a sign of what was asked for before this.

    Pages of an `attentive` context also await the end of what the server was asked for last.
    """
    page.wait_for_function(_SETTLED, polling=100)


def fits(page: Page, selector: str) -> None:
    """Wait until the first element of a selector needs no scrolling sideways."""
    page.wait_for_function(_FITS, arg=selector, polling=100)


def downloaded(button: Locator, folder: Path) -> Path:
    """Click a button once the page is at rest, and return the file that comes, in a folder."""
    expect(button).to_be_visible()
    settled(button.page)
    with button.page.expect_download() as coming:
        button.click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def open_source(page: Page) -> None:
    """Open the source of the answer's first mark, which does nothing before the page is whole."""
    expect(page.locator(".pa-source").first).to_be_visible()
    settled(page)
    page.locator(".pa-mark a").first.click()


def quotations_in_full(page: Page) -> None:
    """Show the sources of the latest answer as cards."""
    expect(page.locator(".pa-source").last).to_be_visible()
    settled(page)
    page.get_by_text("展开引文").last.click()
    expect(page.locator(".pa-card").last).to_be_visible()


def attach(page: Page, *files: Path | FilePayload) -> None:
    """Choose files and wait until each is listed: the list moves the button below it."""
    page.locator("input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    for file in files:
        name = file.name if isinstance(file, Path) else file["name"]
        expect(page.get_by_role("button", name=f"移除 {name}")).to_be_visible()
    settled(page)


def ask(page: Page, question: str) -> None:
    """Type a question and send it."""
    settled(page)
    line = page.get_by_test_id("stChatInputTextArea")
    line.fill(question)
    # A file that is still on its way holds the question back.
    expect(page.get_by_test_id("stChatInputSubmitButton")).to_be_enabled()
    line.press("Enter")
