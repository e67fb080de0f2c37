"""What a visitor's browser measures of the page: first paint, bytes, jumps of an answer, console lines.

    python -m benchmarks.page [--rounds 5]

Serves the example documents to a Chromium without a cache and prints a Markdown table, the median of the
rounds at the size of an office screen and of a phone. Ends with 1 where a figure misses its target.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import ingest
from tests.assistant.ui.browser import PATIENCE, ask, chromium, served, settled
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_EXAMPLES = Path(__file__).parents[1] / "examples"
_QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
_SIZES = {"1366×768": (1366, 768), "390×844": (390, 844)}
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
_WATCHED = """() => {
    window.shifted = 0;
    const add = list => { for (const one of list.getEntries()) window.shifted += one.value; };
    new PerformanceObserver(add).observe({ type: "layout-shift" });
}"""
# Seconds, megabytes, layout shift, lines.
_TARGETS = (1.3, 3.0, 0.05, 0)
_NAMES = ("first contentful paint, s", "first load, MB", "layout shift of an answer", "console lines")


@dataclass(frozen=True, slots=True)
class _Visit:
    """What was measured of one visit."""

    painted: float
    megabytes: float
    shifted: float
    said: int

    @property
    def figures(self) -> tuple[float, ...]:
        return self.painted, self.megabytes, self.shifted, self.said


def main() -> int:
    """Measure, print the table and tell whether all targets are met."""
    parser = argparse.ArgumentParser(description="页面的首次绘制、流量、版面跳动与控制台消息")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as folder:
        settings = LibrarySettings(policy_data_dir=Path(folder))
        with PolicyLibrary.open(settings) as library:
            ingest([_EXAMPLES], library)
        with served(settings.policy_data_dir) as address, chromium() as browser:
            # The first visit warms the server up.
            _visit(browser, address, (1366, 768))
            found = {
                name: [_visit(browser, address, size) for _ in range(rounds)] for name, size in _SIZES.items()
            }
    medians = {
        name: tuple(map(statistics.median, zip(*(one.figures for one in visits), strict=True)))
        for name, visits in found.items()
    }
    print(f"| | target | {' | '.join(medians)} |\n| --- | ---: |{' ---: |' * len(medians)}")
    for at, (label, target) in enumerate(zip(_NAMES, _TARGETS, strict=True)):
        print(f"| {label} | ≤ {target:g} | {' | '.join(f'{one[at]:.3f}' for one in medians.values())} |")
    met = all(
        one <= target for figures in medians.values() for one, target in zip(figures, _TARGETS, strict=True)
    )
    return 0 if met else 1


def _visit(browser: Browser, address: str, size: tuple[int, int]) -> _Visit:
    """Open the page with nothing cached and ask a question."""
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        sizes = _counted(page)
        page.goto(address)
        expect(page.locator("[class*=st-key-example-]").first).to_be_visible()
        settled(page)
        painted, megabytes = float(page.evaluate(_PAINTED)), sum(sizes) / 1_000_000
        page.evaluate(_WATCHED)
        ask(page, _QUESTION)
        expect(page.locator(".pa-source").first).to_be_visible()
        settled(page)
        return _Visit(painted, megabytes, float(page.evaluate("window.shifted")), len(said))


def _counted(page: Page) -> list[int]:
    """Return a list that grows by the bytes of each answer that the browser receives."""
    sizes: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    return sizes


if __name__ == "__main__":
    sys.exit(main())
