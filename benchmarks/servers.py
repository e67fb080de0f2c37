"""How long readers wait, and how many are served, where two servers share one library: no model.

    python -m benchmarks.servers [--readers 1 25 200] [--asks 2]

Starts a PostgreSQL, a Milvus Lite that serves all, and two API servers with a folder each, as processes of
this machine, on the example documents. Readers ask at once, each its next question when it has an answer,
every other one of the other server. Prints a Markdown table; ratios are to one reader in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from benchmarks.sessions import EXAMPLES, question
from ingest.pipeline import ingest
from tests.vectorstore.machines import sharing
from tests.vectorstore.servers import free_port, milvus_server, postgresql_server
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_ROOT = Path(__file__).parents[1]
_PATIENCE = 600
# One reader alone asks so often that its quantiles say something, and so does each server before that.
_LEAST, _WARMING = 20, 4


@dataclass(frozen=True, slots=True)
class Run:
    """What became of the questions of so many readers.

    Attributes:
        seconds: of each answer.
        wall: from the first question to the last answer.
        failed: how many questions got none.
    """

    readers: int
    seconds: Sequence[float]
    wall: float
    failed: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.wall


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--readers", nargs="+", type=int, default=[1, 25, 200])
    parser.add_argument("--asks", type=int, default=2, help="questions of each reader")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(postgresql_server())("readers")
        engine = stack.enter_context(milvus_server(folder / "milvus", free_port()))
        machines = sharing(database, folder, engine)
        with PolicyLibrary.open(machines[0]) as library:
            ingest([EXAMPLES], library)
        servers = [stack.enter_context(_served(settings)) for settings in machines]
        asyncio.run(_asked(servers, 2, _WARMING))
        print("| at once | answers/s | ratio | seconds, median / 95 % | ratio of medians | failed | load |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        first: Run | None = None
        for readers in options.readers:
            run = asyncio.run(_asked(servers, readers, max(options.asks, _LEAST // readers)))
            first = first or run
            print(_row(run, first), flush=True)


@contextmanager
def _served(settings: LibrarySettings) -> Iterator[str]:
    """Run an API server; gives its address."""
    environment: Mapping[str, str] = {
        **os.environ,
        "POLICY_DATA_DIR": str(settings.policy_data_dir),
        "POLICY_FILES_DIR": str(settings.policy_files_dir),
        "POLICY_DATABASE_URL": settings.policy_database_url,
        "POLICY_SEARCH_URL": settings.policy_search_url.get_secret_value(),
        "POLICY_LANGUAGE": "zh-Hans",
    }
    command = [sys.executable, str(_ROOT / "cli.py"), "serve", "--api", "--port", "0"]
    with subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as process:
        try:
            yield (process.stdout.readline() if process.stdout else "").partition("：")[2].strip()
        finally:
            process.kill()


async def _asked(servers: Sequence[str], readers: int, asks: int) -> Run:
    seconds: list[float] = []
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(trust_env=False, timeout=_PATIENCE, limits=limits) as client:

        async def read(number: int) -> None:
            for ask in range(asks):
                body = {
                    "model": "policy-assistant",
                    "messages": [{"role": "user", "content": question(number + ask)}],
                }
                started = time.perf_counter()
                url = f"{servers[number % len(servers)]}/chat/completions"
                answer = await client.post(url, json=body)
                if answer.status_code == httpx2.codes.OK:
                    seconds.append(time.perf_counter() - started)

        started = time.perf_counter()
        await asyncio.gather(*map(read, range(readers)))
        wall = time.perf_counter() - started
    return Run(readers, seconds, wall, readers * asks - len(seconds))


def _row(run: Run, first: Run) -> str:
    middle, late = statistics.median(run.seconds), statistics.quantiles(run.seconds, n=20)[-1]
    share = middle / statistics.median(first.seconds)
    return (
        f"| {run.readers} | {run.rate:.1f} | {run.rate / first.rate:.2f} | {middle:.2f} / {late:.2f} |"
        f" {share:.1f} | {run.failed} | {os.getloadavg()[0]:.0f} |"
    )


if __name__ == "__main__":
    main()
