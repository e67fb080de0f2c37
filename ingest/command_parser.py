"""A command line that explains itself and its errors in Chinese, as its commands do."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

# What argparse says of a wrong command line, and the same in Chinese; what is not here is shown as it is.
_SAID = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"无法识别 \1"),
    (r"one of the arguments (.+) is required", r"\1 须给出其一"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"\1 没有 \2 这一项，可选 \3"),
    (r"argument (\S+): expected (?:one|at least one|at most one|\d+) arguments?", r"\1 后面缺少值"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能与 \2 同时使用"),
    (r"argument (\S+): invalid \w+ value: '(.*)'", r"\1 的值 \2 无效"),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", r"\1 不带值，而给出了 \2"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 可指多个选项：\2"),
    (r"argument (\S+): (.+)", r"\1 \2"),
)


class CommandParser(argparse.ArgumentParser):
    """Parses a command line; its subcommands are parsed by the same class.

    Args:
        options: as `argparse.ArgumentParser` takes them.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def format_usage(self) -> str:
        """Return the line that shows how the command is written."""
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        """Return all that explains the command."""
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """End with one line that says what is wrong and where the way out is told; code 2."""
        for pattern, told in _SAID:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = found.expand(told)
                break
        message = message.replace("', '", "、").replace("'", "").replace(", ", "、")
        self.exit(2, f"{message}；用法见 {self.prog} --help\n")
