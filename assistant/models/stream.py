"""An answer while it is made."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from threading import Event

from assistant.types import Answer, CheckedStatement


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader should know of an answer while it is made.

    Attributes:
        text: one Chinese line, as the finished answer has it.
    """

    text: str


Pieces = Generator[str | CheckedStatement | Notice, None, Answer]


class AnswerStream:
    """An answer in the making: iterate it for pieces of text, then ask it for the finished `answer`.

    While it is iterated, `statements` holds the sentences that are complete, each with its verdict, and
    `notices` what should be known of the sources cited so far. What a model streams may differ from the
    finished text where nothing of it holds.

    Args:
        pieces: makes the answer: text, and sentences once they are checked.
        stopped: set when nobody wants more of it.
    """

    def __init__(self, pieces: Pieces, stopped: Event) -> None:
        self._pieces = pieces
        self._stopped = stopped
        self._statements: list[CheckedStatement] = []
        self._notices: dict[str, None] = {}
        self._answer: Answer | None = None

    def __iter__(self) -> Iterator[str]:
        """Yield the answer's text as it is made."""
        while self._answer is None:
            try:
                piece = next(self._pieces)
            except StopIteration as end:
                self._answer = end.value
                return
            if isinstance(piece, CheckedStatement):
                self._statements.append(piece)
            elif isinstance(piece, Notice):
                self._notices[piece.text] = None
            else:
                yield piece

    @property
    def statements(self) -> tuple[CheckedStatement, ...]:
        """The sentences of the text so far that are complete and checked."""
        return tuple(self._statements)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader should know of it so far."""
        return tuple(self._notices)

    @property
    def answer(self) -> Answer:
        """The finished answer; what has not been iterated yet is made first."""
        for _ in self:
            pass
        if self._answer is None:
            raise RuntimeError("the stream was closed before the answer was finished")
        return self._answer

    def stop(self) -> None:
        """End the answer where it is, from any thread; what was shown of it becomes the answer."""
        self._stopped.set()

    def close(self) -> None:
        """Give the answer up; there is no finished one then, and the endpoint is told."""
        self._stopped.set()
        self._pieces.close()
