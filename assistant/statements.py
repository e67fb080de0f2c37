"""The statements an answer is made of, each with the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.remarks import without_remarks

_MARK = re.compile(r"\[(\d+)\]")
_TOKEN = re.compile(r"\[\d+\]|.", re.DOTALL)
_STOPS = frozenset("。！？!?")
_HALF_STOPS = frozenset("；;")
_CLOSERS = frozenset("”’」』）)》 \t")
_LEAD_IN = re.compile(r"[:：]$")
_WORD = re.compile(r"\w")


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
    def states_a_fact(self) -> bool:
        """Whether it says something of a document: it neither leads in a list nor speaks of the sources."""
        leads_in = not self.numbers and _LEAD_IN.search(self.text) is not None
        return not leads_in and _WORD.search(without_remarks(self.text)) is not None


def parts(text: str) -> list[str]:
    """Cut a text into its [n] marks and the characters between them."""
    return _TOKEN.findall(text)


class SentenceEnds:
    """Tells, part by part, where the sentences of an answer end.

    A sentence ends with its stop and the marks behind it, at a line's end, and at a semicolon behind a mark.
    """

    def __init__(self) -> None:
        self._stopped = False
        self._marked = False

    def before(self, part: str) -> bool:
        """Return whether what came before this part, a mark or a character, is a whole sentence."""
        mark = len(part) > 1
        over = part == "\n" or (self._stopped and not mark and part not in _CLOSERS and part not in _STOPS)
        stops = part in _STOPS or (self._marked and part in _HALF_STOPS)
        self._stopped = stops or (self._stopped and not over)
        self._marked = mark or (self._marked and part in _CLOSERS)
        return over


def statement_at(answer: str, start: int, end: int) -> Statement | None:
    """Return what stands at a place of an answer as a statement; None where no word stands there."""
    raw = answer[start:end]
    text = _MARK.sub("", raw).strip()
    if not _WORD.search(text):
        return None
    first = start + len(raw) - len(raw.lstrip())
    last = start + len(raw.rstrip())
    return Statement(first, last, text, tuple(dict.fromkeys(map(int, _MARK.findall(raw)))))


def statements(answer: str) -> tuple[Statement, ...]:
    """Split an answer with plain [n] marks into its sentences."""
    found = (statement_at(answer, start, end) for start, end in _spans(answer))
    return tuple(statement for statement in found if statement is not None)


def _spans(answer: str) -> Iterator[tuple[int, int]]:
    ends = SentenceEnds()
    start = place = 0
    for part in parts(answer):
        if ends.before(part):
            yield start, place
            start = place
        place += len(part)
    yield start, place
