"""The tools over pipes and over HTTP, as clients start and reach them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult

from assistant.mcp.server import Mounted
from assistant.settings import AssistantSettings
from tests.assistant.api.serving import QUESTION, serving
from tests.assistant.asking import Run
from tests.assistant.mcp.clients import PATIENCE, over_http, record_of, tools_of, within
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[3]
KEY = "right-key"
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def test_a_client_that_starts_the_command_is_answered(example_settings: LibrarySettings) -> None:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=[str(ROOT / "cli.py"), "mcp"],
        env={"POLICY_DATA_DIR": str(example_settings.policy_data_dir)},
        cwd=ROOT,
    )

    async def asked() -> CallToolResult:
        async with Client(stdio_client(parameters)) as client:
            assert len((await client.list_tools()).tools) == 5
            return await client.call_tool("ask", {"question": QUESTION})

    assert "980亿元" in record_of(within(asked))["text"]


def test_nothing_but_messages_comes_out_and_its_end_is_the_client_s(
    example_settings: LibrarySettings,
) -> None:
    variables = {**os.environ, "POLICY_DATA_DIR": str(example_settings.policy_data_dir)}
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "mcp"],
        input="这不是消息\n",
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0
    assert all(line.startswith("{") for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_command_says_how_to_get_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "assistant.mcp.server", None)
    code, out, err = run("mcp")
    assert (code, out) == (2, "")
    assert 'pip install "policy-assistant[mcp]"' in err


@contextmanager
def mounted(library: PolicyLibrary, key: str) -> Iterator[str]:
    with serving(library, AssistantSettings(), key, tools=Mounted(tools_of(library))) as url:
        yield url


@pytest.fixture(scope="module")
def keyed(example_library: PolicyLibrary) -> Iterator[str]:
    """The address of a service that asks for a key."""
    with mounted(example_library, KEY) as url:
        yield url


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_who_shows_the_key_is_answered_over_http(keyed: str, mode: str) -> None:
    async def asked() -> CallToolResult:
        async with over_http(keyed, mode, Authorization=f"Bearer {KEY}") as client:
            return await client.call_tool("ask", {"question": QUESTION})

    assert "980亿元" in record_of(within(asked))["text"]


def greeted(url: str, **headers: str) -> httpx2.Response:
    accepted = {"Accept": "application/json, text/event-stream", **headers}
    return httpx2.post(f"{url}/mcp", json=HELLO, headers=accepted, trust_env=False, timeout=PATIENCE)


@pytest.mark.parametrize("shown", ["", "Bearer wrong-key", f"Basic {KEY}"])
def test_who_shows_no_right_key_is_turned_away(keyed: str, shown: str) -> None:
    answer = greeted(keyed, **({"Authorization": shown} if shown else {}))
    assert answer.status_code == 401
    assert "serverInfo" not in answer.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://[", 403),
        ("http://127.0.0.1.evil.example:80", 403),
        ("http://localhost:6274", 200),
    ],
)
def test_no_page_of_another_site_is_served(keyed: str, origin: str, status: int) -> None:
    answer = greeted(keyed, Authorization=f"Bearer {KEY}", Origin=origin)
    assert answer.status_code == status


def test_without_a_key_only_this_machine_s_own_names_are_served(example_library: PolicyLibrary) -> None:
    with mounted(example_library, "") as url:
        assert greeted(url).json()["result"]["serverInfo"]["name"] == "policy-assistant"
        assert greeted(url, Host="evil.example").status_code == 403
        assert greeted(url, Origin="https://evil.example").status_code == 403


def test_too_large_a_request_is_refused(keyed: str) -> None:
    answer = httpx2.post(
        f"{keyed}/mcp",
        content=b'{"a":"' + b"x" * 1_100_000,
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
        trust_env=False,
        timeout=PATIENCE,
    )
    assert answer.status_code == 413
