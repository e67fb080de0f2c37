"""The command that tries the model endpoints: check."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from assistant.models.checking import checks
from vectorstore.languages.catalogue import say, tell


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `check` to the console script."""
    parser = subparsers.add_parser(
        "check",
        description="试用所设置的对话模型、嵌入模型和重排服务，各以一行说明结果和处理办法。"
        "退出码：0 均可使用（未设置的使用内置方式）；1 有的不能使用",
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，每项一行")
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Try each endpoint and say at once what came of it; 0 when all can be used."""
    console = Console(highlight=False)
    passed = True
    for check in checks():
        passed &= check.passed
        if options.json:
            print(json.dumps(asdict(check), ensure_ascii=False), flush=True)
        else:
            style = "green" if check.passed else "red"
            told = say("{part}：{told}", part=tell(check.part), told=tell(check.text))
            line = Text.assemble(("✓" if check.passed else "✗", style), " " + told)
            console.print(line, soft_wrap=True)
    return 0 if passed else 1
