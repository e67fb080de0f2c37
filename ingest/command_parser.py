"""A command line that explains itself and its errors in Chinese, as its commands do."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import Language, own_words
from vectorstore.languages.settings import terminal_language

# What argparse says of a wrong command line, and the same in Chinese; what is not here is shown as it is.
_SAID = own_words(
    (
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
)


class CommandParser(argparse.ArgumentParser):
    """Parses a command line; its subcommands are parsed by the same class.

    Args:
        options: as `argparse.ArgumentParser` takes them.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = say("参数"), say("选项")
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def format_usage(self) -> str:
        """Return the line that shows how the command is written."""
        return super().format_usage().replace("usage:", say("用法："), 1)

    def format_help(self) -> str:
        """Return all that explains the command."""
        self._speak()
        return super().format_help().replace("usage:", say("用法："), 1)

    def _speak(self) -> None:
        """Let all that explains the command be in the language of the terminal."""
        self.description, self.epilog = tell(self.description or ""), tell(self.epilog or "")
        for group in self._action_groups:
            group.title = tell(group.title or "")
        for action in self._actions:
            named = getattr(action, "_choices_actions", [])
            for one in (action, *named):
                one.help = tell(one.help) if one.help else one.help
            action.metavar = tell(action.metavar) if isinstance(action.metavar, str) else action.metavar

    def error(self, message: str) -> NoReturn:
        """End with one line that says what is wrong and where the way out is told; code 2."""
        for pattern, told in _SAID:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(r"\\(\d)", lambda place: _each(found[int(place[1])]), tell(told))
                break
        stop = ", " if terminal_language() is Language.ENGLISH else "、"
        message = message.replace("', '", stop).replace("'", "").replace(", ", stop)
        self.exit(2, say("{message}；用法见 {prog} --help", message=message, prog=self.prog) + "\n")


def _each(names: str) -> str:
    """Return a list of names, each in the language of the terminal."""
    return ", ".join(map(tell, names.split(", ")))
