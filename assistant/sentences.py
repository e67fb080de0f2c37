"""Sentences: the smallest verbatim pieces an answer is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.types import Passage, PassageKind

_END = re.compile(r"[。！？!?；;]+[”’」』）)】》]*|\n+")
_RUN_IN_HEAD_CHARS = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verbatim span of a passage.

    Attributes:
        passage: the passage it stands in.
        text: what is read; of a table row the whole row as a sentence.
        start, end: its place in the document's clean text, in characters.
        paragraph: number of the paragraph in the passage, from 0.
        index: number of the sentence in the passage, from 0.
    """

    passage: Passage
    text: str
    start: int
    end: int
    paragraph: int
    index: int


def split_sentences(passage: Passage) -> list[Sentence]:
    """Split a passage into sentences at 。！？； and line ends.

    Args:
        passage: any passage; a table row is one sentence.

    Returns:
        The sentences in order. A short opening such as “康复疗养。” stays with the sentence it heads.
    """
    if passage.kind is PassageKind.TABLE_ROW:
        return [Sentence(passage, passage.text, passage.start, passage.end, 0, 0)]
    sentences: list[Sentence] = []
    paragraph = 0
    begin = 0
    opens_paragraph = True
    for cut, end, line_ends in _cuts(passage.text):
        piece = passage.text[begin:cut]
        run_in = opens_paragraph and not line_ends and len(piece.strip()) <= _RUN_IN_HEAD_CHARS
        if run_in and passage.text[cut:].lstrip(" ")[:1] not in ("", "\n"):
            opens_paragraph = False
            continue
        stripped = piece.strip()
        if stripped:
            start = passage.start + begin + piece.index(stripped)
            sentences.append(
                Sentence(passage, stripped, start, start + len(stripped), paragraph, len(sentences))
            )
        if line_ends:
            paragraph += 1
        opens_paragraph = line_ends
        begin = end
    return sentences


def _cuts(text: str) -> list[tuple[int, int, bool]]:
    """Return (end of sentence, start of the next, whether a line ends there) for each sentence."""
    cuts: list[tuple[int, int, bool]] = []
    for match in _END.finditer(text):
        if match.group().startswith("\n"):
            cuts.append((match.start(), match.end(), True))
        else:
            cuts.append((match.end(), match.end(), False))
    if not cuts or cuts[-1][1] < len(text):
        cuts.append((len(text), len(text), True))
    return cuts
