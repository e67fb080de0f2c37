"""Made-up documents of many passages, and questions for them."""

from __future__ import annotations

import hashlib
import random
import re
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import jieba

from vectorstore.types import ParsedDocument, Passage, PassageKind, Period, PolicyDocument, Status

PASSAGES = 50
"""Of each document."""


def document_of(number: int) -> ParsedDocument:
    """Make a document of a number, the same every time."""
    chance = random.Random(number)  # noqa: S311
    title = f"{_words(chance, 6)}发展规划（第{number}号）"
    content_hash = hashlib.sha256(title.encode()).hexdigest()
    texts = ["".join(_sentence(chance) for _ in range(8)) for _ in range(PASSAGES)]
    headings = [_words(chance, 5) for _ in texts]
    passages, start = [], 0
    for ordinal, text in enumerate(texts):
        identity = f"{content_hash[:16]}:{ordinal:05}"
        section = (
            f"第{ordinal // 10 + 1}章 {headings[ordinal // 10]}",
            f"第{ordinal % 10 + 1}节 {headings[ordinal]}",
        )
        end = start + len(text)
        passages.append(
            Passage(identity, content_hash[:16], ordinal, section, PassageKind.TEXT, text, None, start, end)
        )
        start = end + 1
    document = PolicyDocument(
        content_hash[:16],
        f"{number}.txt",
        content_hash,
        title,
        period=Period(2026, 2030),
        status=Status.IN_FORCE,
    )
    return ParsedDocument(document, "\n".join(texts), tuple(passages))


def _sentence(chance: random.Random) -> str:
    """A sentence of the examples with other figures and one other word, so that no two passages are alike."""
    sentence = re.sub(r"\d+", lambda _: str(chance.randint(2, 9_999)), chance.choice(_sentences()))
    return _words(chance, 1) + sentence


@lru_cache(maxsize=1)
def _sentences() -> list[str]:
    files = sorted((Path(__file__).parents[1] / "examples").glob("*.md"))
    found = re.findall(
        r"[\u4e00-\u9fff][^\n。；]{24,60}[。；]", "\n".join(file.read_text("utf-8") for file in files)
    )
    return list(dict.fromkeys(found))


def question_of(chance: random.Random) -> str:
    """Words of one document's title and one of its passages, as somebody asks who has seen it."""
    document = document_of(chance.randint(0, 19))
    passage = chance.choice(document.passages)
    return document.document.title[:8] + passage.text[:20] + "是多少"


def _words(chance: random.Random, count: int) -> str:
    words, weights = _vocabulary()
    return "".join(chance.choices(words, cum_weights=weights, k=count))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], list[int]]:
    """Words as often as Chinese uses them, so that searches meet common and rare ones: jieba's dictionary."""
    with jieba.get_dict_file() as lines:
        entries = [line.decode().split() for line in lines]
    known = [(entry[0], int(entry[1])) for entry in entries if len(entry) > 1 and len(entry[0]) > 1]
    return [word for word, _ in known], list(accumulate(count for _, count in known))
