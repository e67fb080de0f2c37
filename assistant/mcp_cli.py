"""The command that serves the assistant to other models as tools: mcp."""

from __future__ import annotations

import argparse

import anyio

from assistant.assistant import Assistant
from assistant.models.chat_model import load_client
from assistant.records.audit import AuditLog
from assistant.settings import assistant_settings
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary
from vectorstore.log_lines import begin_logging
from vectorstore.records import Records
from vectorstore.settings import library_settings


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `mcp` to the console script."""
    parser = subparsers.add_parser(
        "mcp",
        description="以模型上下文协议（MCP）经标准输入输出提供工具 search、ask、verify、facts、document，"
        "由支持 MCP 的程序启动；经 HTTP 提供请用 policy-assistant serve --api，地址为 /mcp。",
    )
    parser.set_defaults(run=run_mcp)


def run_mcp(_: argparse.Namespace) -> int:
    """Serve until the client closes its end; 0 then."""
    settings = assistant_settings()
    begin_logging()
    try:
        # Only this command needs the extra.
        from assistant.mcp.server import serve_pipes
        from assistant.mcp.tools import Tools
    except ImportError:
        raise SettingsError('MCP 服务需要先安装：pip install "policy-assistant[mcp]"') from None
    with PolicyLibrary.open(library_settings()) as library:
        audit = AuditLog(Records(library_settings()), settings.policy_audit_days)
        load_client(settings)
        anyio.run(serve_pipes, Tools(library, Assistant(library, settings), audit))
    return 0
