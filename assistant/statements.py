"""The statements an answer is made of, each with the passages it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\[(\d+)\]")
# Marks stand before or after the stop of the sentence they prove.
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)》]*)?(?:[ \t]*\[\d+\])*")
_LEAD_IN = re.compile(r"[:：]$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer.

    Attributes:
        start, end: place in the answer, in characters, marks included.
        text: the sentence without its marks.
        numbers: the n of its [n] marks, each once, in order.
    """

    start: int
    end: int
    text: str
    numbers: tuple[int, ...]

    @property
    def leads_in(self) -> bool:
        """Whether it only announces the list that follows."""
        return not self.numbers and _LEAD_IN.search(self.text) is not None


def statements(answer: str) -> tuple[Statement, ...]:
    """Split an answer with plain [n] marks into its sentences; a line ends a sentence too."""
    found = []
    for match in _SENTENCE.finditer(answer):
        text = _MARK.sub("", match.group()).strip()
        if re.search(r"\w", text):
            numbers = tuple(dict.fromkeys(map(int, _MARK.findall(match.group()))))
            found.append(Statement(match.start(), match.end(), text, numbers))
    return tuple(found)
