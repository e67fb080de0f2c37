"""The server of the Model Context Protocol: its tools listed and called, over pipes or over HTTP."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from assistant.api.access import VIEWER
from assistant.api.requests import RequestError, spoken
from assistant.mcp.tools import TOOLS, Tool, Tools
from assistant.mcp.wording import INSTRUCTIONS
from vectorstore.endpoints import LOOPBACK
from vectorstore.errors import PolicyError
from vectorstore.steps import UNTRACED, Step, step
from vectorstore.viewers import Viewer

_BODY_BYTES = 1_000_000
_Context = ServerRequestContext[Any, Any]


def mcp_server(tools: Tools, traces: Step = UNTRACED) -> Server[Any]:
    """Return the server.

    Args:
        tools: what it offers.
        traces: what a call is traced within that no request brings.
    """

    async def listed(_: _Context, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def called(context: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        # Over pipes there is no request: the client is a program of this machine's user.
        request = context.request
        of_caller = tools if request is None else tools.seen_by(request.scope.get(VIEWER, Viewer()))
        with step("tool", traces) as calling:
            return await _called(of_caller, params, calling)

    return Server(
        "policy-assistant",
        version=version("policy-assistant"),
        title="政策助手",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


async def serve_pipes(tools: Tools, traces: Step = UNTRACED) -> None:
    """Serve over standard input and output until the client goes; nothing else reaches standard output.

    Args:
        tools: what is offered.
        traces: what a call is traced within.
    """
    server = mcp_server(tools, traces)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class Mounted:
    """The server as a part of an HTTP service that lets in its callers; it keeps nothing between requests.

    Args:
        tools: what is offered.
    """

    def __init__(self, tools: Tools) -> None:
        self._manager = StreamableHTTPSessionManager(
            mcp_server(tools), json_response=True, stateless=True, max_request_body_size=_BODY_BYTES
        )

    def running(self) -> AbstractAsyncContextManager[None]:
        """Serve for the length of a block."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, unless a page of another site in a browser sends it."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin and not _is_own(origin, headers.get("host", "")):
            await PlainTextResponse("不接受其他网站的请求", 403)(scope, receive, send)
            return
        await self._manager.asgi_app(scope, receive, send)


def _is_own(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
        return parts.hostname in LOOPBACK or parts.netloc.lower() == host.lower()
    except ValueError:
        return False


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.told,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.shape.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


async def _called(tools: Tools, params: types.CallToolRequestParams, calling: Step) -> types.CallToolResult:
    try:
        result = await tools.run(params.name, params.arguments)
    except (RequestError, PolicyError) as error:
        return _told(str(error), is_error=True)
    except Exception as error:
        # The caller reads one line; the log has the rest.
        return _told(spoken(error), is_error=True)
    if result is None:
        names = "、".join(tool.name for tool in TOOLS)
        raise MCPError(types.INVALID_PARAMS, f"没有工具 {params.name[:50]}，可用：{names}")
    calling.tell(tool=params.name)
    told = _told(result.text)
    told.structured_content = result.record
    return told


def _told(text: str, *, is_error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=is_error)
