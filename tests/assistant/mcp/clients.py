"""The official client of the Model Context Protocol, on a server in the process, in a pipe, or over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import httpx2
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from assistant import Assistant
from assistant.mcp.server import mcp_server
from assistant.mcp.tools import Tools
from assistant.records.audit import AuditLog
from assistant.settings import AssistantSettings
from tests.coroutines import awaited
from vectorstore.library import PolicyLibrary

_Got = TypeVar("_Got")
# Seconds to wait for an answer, on a machine that has other things to do.
PATIENCE = 240


def tools_of(library: PolicyLibrary, audit: AuditLog | None = None) -> Tools:
    """Return the tools on a library, answering without a model."""
    return Tools(library, Assistant(library, AssistantSettings()), audit)


def call(tools: Tools, name: str, **arguments: Any) -> CallToolResult:
    """Call a tool; the client holds what comes against the schema that the tool told."""

    async def called() -> CallToolResult:
        async with Client(mcp_server(tools)) as client:
            # The client learns the schemas by listing.
            await client.list_tools()
            return await client.call_tool(name, arguments)

    return within(called)


def within(work: Callable[[], Awaitable[_Got]]) -> _Got:
    """Run what waits for answers, with an end to its patience."""

    async def run() -> _Got:
        with anyio.fail_after(PATIENCE):
            return await work()

    return awaited(run())


def text_of(result: CallToolResult) -> str:
    """Return the text of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def record_of(result: CallToolResult) -> dict[str, Any]:
    """Return the record of a result that is no error."""
    assert not result.is_error, text_of(result)
    record: dict[str, Any] | None = result.structured_content
    assert record is not None
    return record


@asynccontextmanager
async def over_http(url: str, mode: str = "auto", **headers: str) -> AsyncIterator[Client]:
    """Connect to a service, with the handshake of before 2026-07-28 (`legacy`) or as the server offers."""
    async with (
        httpx2.AsyncClient(headers=headers, trust_env=False, timeout=PATIENCE) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client
