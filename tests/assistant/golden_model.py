"""A model that knows the golden answers: it cites what holds the evidence, and may change one thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.matching import comparable
from assistant.types import Turn
from tests.assistant.changing import Changed, Pool, changes
from tests.openai_server import Reply, Request

_PASSAGE = re.compile(r'<资料 编号="(\d+)">\n(.*?)\n</资料>', re.DOTALL)
_SENTENCE = re.compile(r"[^。]+。?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# The reference answers call the documents by their numbers, which nobody else knows.
_DOCUMENT = re.compile(r"（00\d）|(?<!\d)00\d号?")
_WORKED_OUT = re.compile("推算|净增|增加|提高|÷")


@dataclass(frozen=True)
class Golden:
    """A question with its reference answer.

    Attributes:
        question, history: what is asked.
        sentences: the reference answer.
        evidence: what proves it, word for word.
    """

    question: str
    history: tuple[Turn, ...]
    sentences: tuple[str, ...]
    evidence: tuple[str, ...]


def read_golden(file: Path) -> tuple[Golden, ...]:
    """Read the answerable questions of a golden file."""
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Golden(
            record["question"],
            tuple(Turn(turn["role"], turn["content"]) for turn in record.get("history") or ()),
            tuple(
                sentence.strip()
                for sentence in _SENTENCE.findall(_DOCUMENT.sub("", record["answer"]))
                if re.search(r"\w", sentence)
            ),
            tuple(piece["text"] for piece in record["evidence"]),
        )
        for record in records
        if record["answerable"]
    )


class GoldenModel:
    """Answers one golden question from the passages it is given.

    Args:
        golden: the question it knows the answer to.
        change: what it changes in a sentence of that answer, if anything.

    Attributes:
        said: the sentences of its answer, without marks.
    """

    def __init__(self, golden: Golden, change: Changed | None = None) -> None:
        self.golden = golden
        self._changes = {change.origin: change.text} if change else {}
        self.said: list[str] = []

    def __call__(self, request: Request) -> Reply:
        """Answer with the reference answer, each sentence with the passages that hold the evidence."""
        passages = {int(number): comparable(text) for number, text in _PASSAGE.findall(request.prompt)}
        cited = tuple(self._cited(passages))
        told = "".join(passages[number] for number in cited)
        right = [sentence for sentence in self.golden.sentences if cited and proven_by(sentence, told)]
        self.said = [self._changes.get(sentence, sentence) for sentence in right]
        marks = "".join(f"[{number}]" for number in cited)
        text = "\n".join(sentence.removesuffix("。") + marks + "。" for sentence in self.said)
        return Reply(text or "【资料中未找到】")

    def _cited(self, passages: dict[int, str]) -> Iterator[int]:
        wanted = [comparable(evidence) for evidence in self.golden.evidence]
        if all(any(piece in text for text in passages.values()) for piece in wanted):
            yield from (number for number, text in passages.items() if any(piece in text for piece in wanted))


def proven_by(sentence: str, told: str) -> bool:
    """Return whether a reference sentence's figures stand in the evidence or are worked out."""
    return bool(_WORKED_OUT.search(sentence)) or all(
        number in _NUMBER.findall(told) for number in _NUMBER.findall(comparable(sentence))
    )


def changed(golden: Sequence[Golden], kind: str, most: int) -> Iterator[tuple[Golden, Changed]]:
    """Yield each golden question with so many changes of a kind at most, one at a time."""
    pool = Pool.of([sentence for one in golden for sentence in one.sentences])
    for place, one in enumerate(golden):
        ways = [way for sentence in one.sentences for way in changes(sentence, pool) if way.kind == kind]
        yield from ((one, ways[at % len(ways)]) for at in range(place, place + min(most, len(ways))))
