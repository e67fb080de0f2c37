"""The terminal's door: `policy-assistant` with the commands of ingest and of assistant."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from ingest.cli import execute

_EXAMPLES = """示例：
  policy-assistant ingest 政策文件/                      收录文件夹
  policy-assistant documents                            列出已收录的文件
  policy-assistant ask 2030年的产业规模目标是多少        提问，回答逐句附出处
  policy-assistant ask --from 问题.jsonl --json          逐行回答问题文件
  policy-assistant search 人才引进补贴                   查找相关段落
  policy-assistant evaluate 问题.jsonl                   用已知答案的问题评测
  policy-assistant check                                检查模型服务能否使用
  policy-assistant serve --api                          以 HTTP 接口提供问答
每个命令的用法：policy-assistant 命令 --help"""
_LIBRARY = ("ingest.cli", "ingest.documents_cli", "ingest.library_cli")
_ASSISTANT = (
    "assistant.cli",
    "assistant.verify_cli",
    "assistant.evaluate_cli",
    "assistant.check_cli",
    "assistant.serve_cli",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; None for those of the process.

    Returns:
        The exit code: the command's own; 2 for an error the user can mend; 130 when interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser, commands = _parser(_LIBRARY)
    if not words or words[0] not in commands.choices:
        # Answering needs the large libraries; filling the library does not wait for them.
        parser, _ = _parser(_LIBRARY + _ASSISTANT)
    if not words:
        parser.print_help()
        return 2
    return execute(parser, words)


def _parser(
    modules: Sequence[str],
) -> tuple[argparse.ArgumentParser, argparse._SubParsersAction[argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="policy-assistant",
        description="政策助手：收录政策文件，回答问题，每句话附原文出处；完全离线可用。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for module in modules:
        importlib.import_module(module).add_commands(commands)
    return parser, commands


if __name__ == "__main__":
    sys.exit(main())
