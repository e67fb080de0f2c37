"""The lines of a question file, one JSON object each, as `ask`, `search` and `evaluate` read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from assistant.types import Turn
from vectorstore.errors import UnreadableFileError
from vectorstore.failures import refusal
from vectorstore.languages.language import own_words

T = TypeVar("T")


def question_lines(file: Path, read: Callable[[Any], T], shape: str) -> Iterator[tuple[int, T]]:
    """Yield what each line says with the line's number, as soon as it is read; blank lines are left out.

    Args:
        file: the question file.
        read: turns the JSON of a line into a value; a LookupError, TypeError, AttributeError or ValueError
            tells that the line has another shape.
        shape: what a line should be, in Chinese.

    Raises:
        UnreadableFileError: the file or one of its lines cannot be read; the message names the line.
    """
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield (
                        number,
                        _value(line, read, own_words(f"问题文件 {file} 第{number}行无法读取：{shape}")),
                    )
    except OSError as error:
        raise UnreadableFileError(f"无法读取问题文件 {file}：{refusal(error)}") from None
    except UnicodeDecodeError:
        raise UnreadableFileError(f"问题文件 {file} 不是UTF-8编码，请转换后重试") from None


def _value(line: str, read: Callable[[Any], T], problem: str) -> T:
    try:
        record = json.loads(line)
        # JSON can spell half a surrogate pair, which nothing can print or store.
        json.dumps(record, ensure_ascii=False).encode()
        return read(record)
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError):
        raise UnreadableFileError(problem) from None


def text_of(value: object) -> str:
    """Return a value that must be text.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def turns_of(record: dict[str, Any]) -> tuple[Turn, ...]:
    """Return the conversation before a line's question, oldest first.

    Raises:
        KeyError, TypeError, ValueError: `history` has another shape.
    """
    return tuple(_turn(turn) for turn in record.get("history") or ())


def _turn(turn: dict[str, Any]) -> Turn:
    role = turn["role"]
    if role not in ("user", "assistant"):
        raise ValueError("neither user nor assistant")
    return Turn(role, text_of(turn["content"]))
