"""The command that serves the assistant over HTTP: serve --api."""

from __future__ import annotations

import argparse
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.console import Console

from assistant.api.keys import keys_of
from assistant.assistant import Assistant
from assistant.models.chat_model import load_client
from assistant.observing.observing import wanted_metrics
from assistant.records.audit import AuditLog
from assistant.settings import assistant_settings
from vectorstore.endpoints import LOOPBACK
from vectorstore.errors import SettingsError
from vectorstore.languages.catalogue import say
from vectorstore.library import PolicyLibrary
from vectorstore.log_lines import begin_logging
from vectorstore.records import Records
from vectorstore.settings import library_settings
from vectorstore.tracing import wanted_traces

if TYPE_CHECKING:
    from assistant.mcp.server import Mounted

_LAST_WORDS_SECONDS = 5


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` to the console script."""
    parser = subparsers.add_parser(
        "serve",
        description="以 OpenAI 的协议提供问答（POST /v1/chat/completions、GET /v1/models、POST /search、"
        "POST /verify、GET /health），供办公系统或 Open WebUI 等作为模型使用；"
        "装有 policy-assistant[mcp] 时另在 /mcp 提供 MCP 工具。"
        "密钥由设置 POLICY_API_KEY 给出；只能查阅部分文件的密钥由 POLICY_API_KEYS 给出。",
    )
    parser.add_argument(
        "--api", action="store_true", required=True, help="HTTP 接口（聊天页面请用 policy-assistant chat）"
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，即只供本机）")
    parser.add_argument("--port", type=int, default=8600, help="端口（默认 8600；0 为任一空闲端口）")
    parser.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Serve until interrupted; 0 after a clean end."""
    settings, in_json, traces = assistant_settings(), begin_logging(), wanted_traces()
    keys = keys_of(settings)
    if not keys.viewers and options.host not in LOOPBACK:
        raise SettingsError(f"在 {options.host} 上提供服务需要密钥，请设置 POLICY_API_KEY，或去掉 --host")
    try:
        # Only this command needs the extra.
        import uvicorn

        from assistant.api.service import service
    except ImportError:
        raise SettingsError('HTTP 接口需要先安装：pip install "policy-assistant[api]"') from None
    with (
        PolicyLibrary.open(library_settings()) as library,
        _listening(options.host, options.port) as listener,
    ):
        audit = AuditLog(Records(library_settings()), settings.policy_audit_days)
        load_client(settings)
        metrics = wanted_metrics(settings, library)
        assistant = Assistant(library, settings, observer=metrics)
        tools = _tools(library, assistant, audit)
        app = service(library, assistant, keys, audit, tools=tools, metrics=metrics, traces=traces)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                log_config=None if in_json else uvicorn.config.LOGGING_CONFIG,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_LAST_WORDS_SECONDS,
            )
        )
        host = f"[{options.host}]" if ":" in options.host else options.host
        console = Console(highlight=False)
        address = f"http://{host}:{listener.getsockname()[1]}"
        console.print(say("接口地址：{address}", address=f"{address}/v1"), soft_wrap=True)
        if tools:
            console.print(say("MCP 地址：{address}", address=f"{address}/mcp"), soft_wrap=True)
        console.print(say("模型名：policy-assistant；按 Ctrl-C 停止"))
        # The server has ended cleanly by then, and passes the signal on.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    return 0


def _tools(library: PolicyLibrary, assistant: Assistant, audit: AuditLog) -> Mounted | None:
    """Return the same for other models, where the extra for it is installed."""
    try:
        from assistant.mcp.server import Mounted
        from assistant.mcp.tools import Tools
    except ImportError:
        return None
    return Mounted(Tools(library, assistant, audit))


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError):
        raise SettingsError(f"无法在 {host} 的端口 {port} 上提供服务，请换用其他 --host 或 --port") from None
