"""The statements an answer is made of, each with the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.proof.hedges import without_hedges

_MARK = re.compile(r"\[(\d+)\]")
_TOKEN = re.compile(r"\[\d+\]|.", re.DOTALL)
_STOPS = frozenset("。！？!?")
_HALF_STOPS = frozenset("；;")
_CLOSERS = frozenset("”’」』）)》 \t")
_LEAD_IN = re.compile(r"[:：]\**$")
_HEADING = re.compile(r"#+ |\*\*[^*]+\*\*$")
_WORD = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
# 是的。 or 不能。 answers by what follows.
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer.

    Attributes:
        start, end: place in the answer, in characters, marks included.
        text: the sentence without its marks.
        numbers: the n of its [n] marks, each once, in order.
        heading: it is a heading, or the head of a table.
    """

    start: int
    end: int
    text: str
    numbers: tuple[int, ...]
    heading: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether its stop is there."""
        return self.text.rstrip("".join(_CLOSERS))[-1:] in _STOPS

    @property
    def leads_in(self) -> bool:
        """Whether it only announces the list that follows."""
        return not self.numbers and _LEAD_IN.search(self.text) is not None

    @property
    def states_a_fact(self) -> bool:
        """Whether it says something of a document that is to be proven."""
        told = without_hedges(self.text)
        if self.numbers:
            return _WORD.search(told) is not None
        telling = len(_WORD.findall(told)) > _SHORT or _DIGIT.search(told) is not None
        return telling and not self.leads_in and not self.heading


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
    numbers = tuple(dict.fromkeys(map(int, _MARK.findall(raw))))
    return Statement(first, last, text, numbers, _is_heading(answer[:first], text))


def _is_heading(before: str, text: str) -> bool:
    heads_table = text.startswith("|") and not before.rstrip().rpartition("\n")[2].startswith("|")
    return heads_table or _HEADING.match(text) is not None


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
