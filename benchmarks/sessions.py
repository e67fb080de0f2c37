"""How long readers wait for their answers when many ask at once: sessions without a browser, no model.

    python -m benchmarks.sessions [--readers 25] [--rounds 4]

Serves the example documents and speaks Streamlit's protocol with the page's server. Prints a Markdown table:
seconds from the question to the first source and to the whole page (follow-up questions included), median and
95th percentile, of one reader alone and of all at once in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from ingest.pipeline import ingest
from tests.assistant.ui.browser import served
from tests.assistant.ui.protocol import Drawn, session
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

EXAMPLES = Path(__file__).parents[1] / "examples"
"""The documents that are asked about."""
_QUESTIONS = (
    "海岬高新区2030年地区生产总值目标是多少？",
    "临澜市对首次通过认定的高新技术企业给予多少奖励？",
    "临澜市和砚川市对首次取得三类医疗器械注册证的奖励有什么不同？",
    "砚川市2030年生物医药产业产值的目标是多少？",
)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="同时提问时的等待时间（不接模型）")
    parser.add_argument("--readers", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = LibrarySettings(policy_data_dir=Path(folder))
        with PolicyLibrary.open(settings) as library:
            ingest([EXAMPLES], library)
        with served(settings.policy_data_dir) as address:
            alone, together = asyncio.run(_measure(address, options.readers, options.rounds))
    _print_table(alone, together, options.readers)


async def _measure(address: str, readers: int, rounds: int) -> tuple[list[Drawn], list[Drawn]]:
    alone: list[Drawn] = []
    together: list[Drawn] = []
    for _ in range(rounds):
        async with AsyncExitStack() as stack:
            sessions = [await stack.enter_async_context(session(address)) for _ in range(readers)]
            for one in sessions:
                await one.open()
            alone += [await one.ask(question(number)) for number, one in enumerate(sessions)]
            asked = (one.ask(question(number + 1)) for number, one in enumerate(sessions))
            together += await asyncio.gather(*asked)
    return alone, together


def question(number: int) -> str:
    """Return a question about the examples; they come in turn."""
    return _QUESTIONS[number % len(_QUESTIONS)]


def _print_table(alone: Sequence[Drawn], together: Sequence[Drawn], readers: int) -> None:
    print("| seconds, median / 95 % | first source | whole page | answers |")
    print("| --- | ---: | ---: | ---: |")
    for name, drawn in (("one reader", alone), (f"{readers} readers at once", together)):
        sources = [page.first_source for page in drawn if page.first_source is not None]
        print(f"| {name} | {_told(sources)} | {_told([page.seconds for page in drawn])} | {len(sources)} |")


def _told(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f} / {statistics.quantiles(seconds, n=20)[-1]:.2f}"


if __name__ == "__main__":
    main()
