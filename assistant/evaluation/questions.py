"""Questions whose right answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records.question_lines import question_lines, text_of, turns_of
from assistant.types import Turn
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

_EVERYTHING = "all"
_SHAPE = own_words("每行应为JSON，含 id、question、answerable、must_include 和 evidence（或 gold）")


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
    questions = tuple(_distinct(file))
    if not questions:
        raise UnreadableFileError(f"问题文件 {file} 中没有问题，请每行写一个JSON对象")
    return questions


def _distinct(file: Path) -> Iterator[GoldenQuestion]:
    seen: set[str] = set()
    for number, question in question_lines(file, _question, _SHAPE):
        if question.id in seen:
            raise UnreadableFileError(
                f"问题文件 {file} 第{number}行的 id {question.id} 重复，请改为不同的 id"
            )
        seen.add(question.id)
        yield question


def _question(record: dict[str, Any]) -> GoldenQuestion:
    return GoldenQuestion(
        id=str(record["id"]),
        text=text_of(record["question"]),
        history=turns_of(record),
        answerable=_truth(record["answerable"]),
        must_include=tuple(map(text_of, _listed(record, "must_include"))),
        evidence=tuple(text_of(piece["text"]) for piece in _listed(record, "evidence")),
        gold=tuple(map(str, _listed(record, "gold"))),
        group=str(record.get("group") or _EVERYTHING),
        kind=str(record.get("kind") or _EVERYTHING),
    )


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _listed(record: dict[str, Any], name: str) -> list[Any]:
    """Return a list of a record; a text in its place would be taken for its characters."""
    value = record.get(name) or []
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
