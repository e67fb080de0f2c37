"""Servers that are asked for hours hold no more memory than after their first questions.

SOAK_SERVICE and SOAK_PAGE set how many questions are asked (100000 and 5000 for the long form), SOAK_SECONDS
after which time none more are.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import httpx2
import pytest

from tests.assistant.soaking import grown, resident, varied
from tests.assistant.ui.browser import served
from tests.assistant.ui.visitor import Visitor, finished
from tests.copying import copied_library
from vectorstore.settings import LibrarySettings

SERVICE = int(os.environ.get("SOAK_SERVICE", "200"))
PAGE = int(os.environ.get("SOAK_PAGE", "24"))
SECONDS = float(os.environ.get("SOAK_SECONDS", "inf"))
ROOT = Path(__file__).parents[2]
# A few hundred questions say less than a hundred thousand: allocators breathe.
ALLOWED = 0.05
BREATH = 0.05

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="只在 Linux 上测量内存 (Linux only)")


def numbers(questions: int) -> Iterator[int]:
    """Count questions until there is no more time for them."""
    end = time.monotonic() + SECONDS
    yield from takewhile(lambda _: time.monotonic() < end, range(questions))


def allowed(questions: int, many: int) -> float:
    return ALLOWED if questions >= many else ALLOWED + BREATH


@pytest.mark.timeout(300 + min(SERVICE, SECONDS))
def test_the_service_s_memory_stays(example_settings: LibrarySettings, tmp_path: Path) -> None:
    data = copied_library(example_settings.policy_data_dir, tmp_path / "data")
    command = [sys.executable, "-m", "cli", "serve", "--api", "--port", "0"]
    environment = {**os.environ, "POLICY_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().partition("：")[2].strip()
            samples: list[float] = []
            with httpx2.Client(trust_env=False, timeout=None) as client:
                for number in numbers(SERVICE):
                    asked = {"role": "user", "content": varied(number)}
                    body = {"model": "policy-assistant", "messages": [asked], "stream": number % 2 == 0}
                    assert client.post(f"{url}/chat/completions", json=body).status_code == 200
                    samples.append(resident(server.pid))
        finally:
            server.terminate()
    print(f"{len(samples)} questions: {samples[0]:.0f} to {samples[-1]:.0f} MB, {grown(samples):+.1%}")  # noqa: T201
    assert grown(samples) < allowed(len(samples), 10_000), samples[:: max(1, len(samples) // 20)]


@pytest.mark.timeout(300 + min(10 * PAGE, SECONDS))
def test_the_page_s_memory_stays(example_settings: LibrarySettings, tmp_path: Path) -> None:
    data = copied_library(example_settings.policy_data_dir, tmp_path / "data")
    samples: list[float] = []

    async def asked(address: str) -> None:
        process = next(
            int(entry.parent.name)
            for entry in Path("/proc").glob("[0-9]*/cmdline")
            if f"--server.port\0{address.rpartition(':')[2]}\0".encode() in entry.read_bytes()
        )
        for start in numbers(-(-PAGE // 4)):
            # A reader asks a few questions and goes.
            async with Visitor(address).session() as opened:
                await opened.open()
                for number in range(4 * start, min(4 * start + 4, PAGE)):
                    await opened.ask(varied(number))
                    samples.append(resident(process))

    settings = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0"}
    with served(data, environment=settings, fresh=True) as address:
        finished(asked(address))
    print(f"{len(samples)} questions: {samples[0]:.0f} to {samples[-1]:.0f} MB, {grown(samples):+.1%}")  # noqa: T201
    assert grown(samples) < allowed(len(samples), 1_000), samples[:: max(1, len(samples) // 20)]
