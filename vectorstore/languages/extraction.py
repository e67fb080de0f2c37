"""Finds the texts of the code that the catalogue must hold; Babel calls it (`make catalogue`)."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO

_HAN = re.compile(r"[一-鿿]")
_PLACE = re.compile(r"\{\w+\}")
# Other languages set these otherwise.
_MARKS_OF_CHINESE = re.compile(r"[：；，。》]")
_ANSWER = "answer"
# Of these calls the first argument is said, of those of argparse what explains an option or command.
_SAYING = re.compile(r"say|Fault|\w*Error|wrong")
_EXPLAINING = frozenset(
    {"add_argument", "add_parser", "add_subparsers", "add_argument_group", "CommandParser"}
)
_EXPLANATIONS = frozenset({"help", "description", "epilog", "title", "metavar"})
_MARKS = {"own_words": "", "answer_line": _ANSWER}

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Yield the texts of a module, as Babel wants them of a method of extraction.

    Args:
        file: the module.
        keywords, comment_tags, options: Babel's; the marks of `vectorstore.languages.language` count instead.
    """
    for line, context, text in texts(file.read().decode("utf-8")):
        if context:
            yield line, "pgettext", (context, text), []
        else:
            yield line, "gettext", text, []


def texts(code: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, context and text of whatever a module says to readers.

    Args:
        code: the module's.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            marks = [
                _MARKS[one.id]
                for one in node.decorator_list
                if isinstance(one, ast.Name) and one.id in _MARKS
            ]
            for context in marks:
                yield from _within(context, *node.body)
        elif isinstance(node, ast.Call):
            name = _name(node.func)
            if name in _MARKS:
                yield from _within(_MARKS[name], *node.args)
            elif _SAYING.fullmatch(name):
                yield from _within("", *node.args[:1])
            elif name in _EXPLAINING:
                yield from _within("", *(one.value for one in node.keywords if one.arg in _EXPLANATIONS))


def _within(context: str, *nodes: ast.AST) -> Iterator[tuple[int, str, str]]:
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield from _told(node.lineno, context, template(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _told(node.lineno, context, node.value)
        elif isinstance(node, ast.Call) and (
            _SAYING.fullmatch(_name(node.func)) or _name(node.func) in _MARKS
        ):
            # It is found by itself.
            continue
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            # An expression that is a text and nothing else is a docstring.
            yield from _within(context, *ast.iter_child_nodes(node))


def _told(line: int, context: str, text: str) -> Iterator[tuple[int, str, str]]:
    if _HAN.search(text) or (_PLACE.search(text) and _MARKS_OF_CHINESE.search(text)):
        yield line, context, text


def template(joined: ast.JoinedStr) -> str:
    """Return an f-string with a {name} for each of its values, as the catalogue holds it."""
    taken: dict[str, int] = {}
    parts = []
    for part in joined.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value) or "value"
            taken[name] = taken.get(name, 0) + 1
            parts.append(f"{{{name}{taken[name] if taken[name] > 1 else ''}}}")
        else:
            parts.append(str(part.value) if isinstance(part, ast.Constant) else "")
    return "".join(parts)


def _name(node: ast.AST) -> str:
    """Return the last word of what a value is called by."""
    if isinstance(node, ast.Name):
        return node.id.strip("_")
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_")
    if isinstance(node, ast.Call):
        return _name(node.func)
    return _name(node.value) if isinstance(node, ast.Subscript) else ""
