"""Many readers at once, without a browser."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

from tests.assistant.ui.browser import served
from tests.assistant.ui.protocol import Drawn, session
from tests.copying import copied_library
from vectorstore.settings import LibrarySettings

READERS = 25


async def all_ask(address: str, question: str) -> list[Drawn]:
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(session(address)) for _ in range(READERS)]
        for reader in readers:
            await reader.open()
        return await asyncio.gather(*(reader.ask(question) for reader in readers))


def test_all_of_twenty_five_readers_who_ask_at_once_get_their_answer(
    example_settings: LibrarySettings, tmp_path: Path
) -> None:
    data = copied_library(example_settings.policy_data_dir, tmp_path / "data")
    with served(data) as address:
        asked = all_ask(address, "海岬高新区2030年地区生产总值目标是多少？")
        # A thread of its own, as the browser of other tests keeps an event loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            pages = thread.submit(asyncio.run, asked).result()
    assert len(pages) == READERS
    for page in pages:
        assert "980" in page.html
        assert page.first_source is not None
