"""The terminal's door: `policy-assistant` with the commands of ingest and of assistant."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from ingest.command_parser import CommandParser
from ingest.execution_cli import execute
from vectorstore.languages.language import own_words

_EXAMPLES = own_words(
    """示例：
  policy-assistant chat                                 启动问答页面
  policy-assistant ingest 政策文件/                      收录文件夹
  policy-assistant documents                            列出已收录的文件
  policy-assistant ask 2030年的产业规模目标是多少        提问，回答逐句附出处
  policy-assistant ask --from 问题.jsonl --json          逐行回答问题文件
  policy-assistant search 人才引进补贴                   查找相关段落
  policy-assistant evaluate 问题.jsonl                   用已知答案的问题评测
  policy-assistant check                                检查模型服务能否使用
  policy-assistant serve --api                          以 HTTP 接口提供问答
  policy-assistant mcp                                  以 MCP 工具供其他模型使用
每个命令的用法：policy-assistant 命令 --help"""
)
# Command → the module that runs it, and what it does. Most take long to load: only the one wanted is.
COMMANDS = own_words(
    {
        "chat": ("start", "启动问答页面"),
        "ingest": ("ingest.cli", "收录文件和文件夹"),
        "queue": ("ingest.queue_cli", "列出、加入收录队列"),
        "work": ("ingest.queue_cli", "收录队列中的文件"),
        "documents": ("ingest.documents_cli", "列出已收录的文件，更正其信息"),
        "passages": ("ingest.documents_cli", "列出段落"),
        "remove": ("ingest.documents_cli", "移除文件"),
        "doctor": ("ingest.library_cli", "检查政策库"),
        "repair": ("ingest.library_cli", "重新读取受损的文件"),
        "rebuild": ("ingest.library_cli", "重建索引"),
        "embed": ("ingest.library_cli", "补齐向量"),
        "reembed": ("ingest.library_cli", "换用嵌入模型"),
        "backup": ("ingest.library_cli", "备份政策库"),
        "restore": ("ingest.library_cli", "恢复政策库"),
        "ask": ("assistant.cli", "提问，回答逐句附出处"),
        "search": ("assistant.cli", "查找相关段落"),
        "facts": ("assistant.facts_cli", "列出指标、任务、期限等事实"),
        "compare": ("assistant.compare_cli", "对比两份文件"),
        "subscriptions": ("assistant.subscriptions_cli", "列出并核对订阅"),
        "verify": ("assistant.verify_cli", "核对文稿"),
        "evaluate": ("assistant.evaluate_cli", "用已知答案的问题评测"),
        "check": ("assistant.check_cli", "检查模型服务"),
        "serve": ("assistant.serve_cli", "以 HTTP 接口提供问答"),
        "mcp": ("assistant.mcp_cli", "以 MCP 工具供其他模型使用"),
    }
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; None for those of the process.

    Returns:
        The exit code: the command's own; 2 for an error the user can mend; 130 when interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser = CommandParser(
        prog="policy-assistant",
        description="政策助手：收录政策文件，回答问题，每句话附原文出处；完全离线可用。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    if words and words[0] in COMMANDS:
        importlib.import_module(COMMANDS[words[0]][0]).add_commands(commands)
    else:
        for name, (_, told) in COMMANDS.items():
            commands.add_parser(name, help=told)
    if not words:
        parser.print_help()
        return 2
    return execute(parser, words)


if __name__ == "__main__":
    sys.exit(main())
