from __future__ import annotations

import re

import httpx

from tests.assistant.ui.browser import served
from vectorstore.settings import LibrarySettings


def test_scripts_come_compressed_to_who_can_read_them(example_settings: LibrarySettings) -> None:
    with served(example_settings.policy_data_dir) as address, httpx.Client(timeout=60) as client:
        script = re.search(r"static/js/index\.[\w-]+\.js", client.get(address).text)
        assert script is not None
        whole = client.get(f"{address}/{script[0]}", headers={"Accept-Encoding": "identity"})
        sent = client.get(f"{address}/{script[0]}", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert sent.content == whole.content
    assert sent.num_bytes_downloaded < whole.num_bytes_downloaded / 2
