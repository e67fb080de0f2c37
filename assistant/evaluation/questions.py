"""Questions whose right answers are known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.types import Turn
from vectorstore.errors import UnreadableFileError

_EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with what a right answer must hold.

    Attributes:
        id: its name in the file.
        text: the question.
        history: the conversation before it, oldest first.
        answerable: whether the documents hold an answer; if not, refusing is right.
        must_include: strings that a complete answer holds; the choices within one are parted by "|".
        evidence: verbatim strings of the documents that prove the answer.
        gold: ids of the records that answer it (`FILE.jsonl#ID`), which searching is measured by instead.
        group, kind: how figures are broken down.
    """

    id: str
    text: str
    history: tuple[Turn, ...] = ()
    answerable: bool = True
    must_include: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    group: str = _EVERYTHING
    kind: str = _EVERYTHING


def read_questions(file: Path) -> tuple[GoldenQuestion, ...]:
    """Read a question file, one JSON object a line.

    Args:
        file: lines of `id`, `question`, `must_include`, `evidence` [{`text`}] or `gold`, `answerable`,
            and where they are known `history`, `group`, `kind`.

    Returns:
        The questions in the order of the file.

    Raises:
        UnreadableFileError: the file or one of its lines cannot be read; the message names the line.
    """
    try:
        # Not splitlines: it also parts lines at separators that JSON allows within a string.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UnreadableFileError(f"无法读取问题文件 {file}：{error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableFileError(f"问题文件 {file} 不是UTF-8编码，请转换后重试") from None
    questions = tuple(_numbered(lines, file))
    if not questions:
        raise UnreadableFileError(f"问题文件 {file} 中没有问题，请每行写一个JSON对象")
    return questions


def _numbered(lines: Iterable[str], file: Path) -> Iterable[GoldenQuestion]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise UnreadableFileError(
                f"问题文件 {file} 第{number}行无法读取：每行应为JSON，含 id、question、answerable、"
                "must_include 和 evidence（或 gold）"
            ) from None
        if question.id in seen:
            raise UnreadableFileError(
                f"问题文件 {file} 第{number}行的 id {question.id} 重复，请改为不同的 id"
            )
        seen.add(question.id)
        yield question


def _question(record: Any) -> GoldenQuestion:
    return GoldenQuestion(
        id=str(record["id"]),
        text=str(record["question"]),
        history=tuple(Turn(turn["role"], str(turn["content"])) for turn in record.get("history") or ()),
        answerable=bool(record["answerable"]),
        must_include=tuple(str(item) for item in record.get("must_include") or ()),
        evidence=tuple(str(piece["text"]) for piece in record.get("evidence") or ()),
        gold=tuple(str(name) for name in record.get("gold") or ()),
        group=str(record.get("group") or _EVERYTHING),
        kind=str(record.get("kind") or _EVERYTHING),
    )
