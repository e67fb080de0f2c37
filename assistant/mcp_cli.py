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
from vectorstore.tracing import wanted_traces
from vectorstore.viewers import UNLIMITED, Viewer, group_names


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `mcp` to the console script."""
    parser = subparsers.add_parser(
        "mcp",
        description="以模型上下文协议（MCP）经标准输入输出提供工具 search、ask、verify、facts、document，"
        "由支持 MCP 的程序启动；经 HTTP 提供请用 policy-assistant serve --api，地址为 /mcp。",
    )
    parser.add_argument(
        "--group",
        action="append",
        metavar="NAME",
        help="只提供所有人可看的和该部门的文件（可多次给出；默认提供全部文件）",
    )
    parser.set_defaults(run=run_mcp)


def run_mcp(options: argparse.Namespace) -> int:
    """Serve until the client closes its end; 0 then."""
    settings, traces = assistant_settings(), wanted_traces()
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
        tools = Tools(library, Assistant(library, settings), audit)
        viewer = UNLIMITED if options.group is None else Viewer(group_names(options.group))
        anyio.run(serve_pipes, tools.seen_by(viewer), traces)
    return 0
