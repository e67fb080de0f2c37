"""Answers in the making, kept apart from the page that shows them.

A page's script ends when its reader reloads or clicks; the answer goes on here, is waited for by whoever asks
for it again, and is handed to its keeper when it is finished.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from threading import Condition, Lock, Thread

from assistant.models.stream import AnswerStream
from assistant.types import Answer, CheckedStatement

_log = logging.getLogger(__name__)

Keep = Callable[[Answer | Exception], None]
# An answer that comes in one piece has ended by then, in seconds.
_MOMENT = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What there is of an answer.

    Attributes:
        text: the text so far.
        statements: its sentences that are complete and checked.
        notices: what the reader should know of the sources cited so far.
    """

    text: str = ""
    statements: tuple[CheckedStatement, ...] = ()
    notices: tuple[str, ...] = ()


class OngoingAnswer:
    """One answer that is made in a thread of its own.

    Args:
        begin: starts the answer.
        keep: takes the finished answer, or the error that ended it, before anybody is told of the end.
    """

    def __init__(self, begin: Callable[[], AnswerStream], keep: Keep) -> None:
        self._begin = begin
        self._keep = keep
        self._changed = Condition()
        self._progress = Progress()
        self._stream: AnswerStream | None = None
        self._stopped = False
        self._ended = False
        self._thread = Thread(target=self._work, name="answer", daemon=True)
        self._thread.start()

    def progress(self) -> Iterator[Progress]:
        """Yield what there is so far, each time that it has grown, until the answer is finished and kept.

        The first is yielded once more where nothing follows it for a while: the answer is not whole then.
        """
        seen, patience = Progress(), None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or self._progress != seen, patience)  # noqa: B023
                patience = _MOMENT if not seen.text and self._progress.text else None
                seen, ended = self._progress, self._ended
            if ended:
                return
            yield seen

    def wait(self, seconds: float) -> None:
        """Wait until the answer has been kept, or a time has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended, seconds)

    def stop(self) -> None:
        """End the answer where it is; what has been shown of it stays."""
        self._stopped = True
        if self._stream is not None:
            self._stream.stop()

    @property
    def ended(self) -> bool:
        """Whether the answer has been kept."""
        return self._ended

    def _work(self) -> None:
        outcome: Answer | Exception
        try:
            outcome = self._answer()
        except Exception as error:
            outcome = error
        try:
            self._keep(outcome)
        except Exception:
            _log.exception("an answer could not be kept")
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _answer(self) -> Answer:
        stream = self._stream = self._begin()
        if self._stopped:
            # Asked for between the thread's start and the stream's: nobody stopped the stream then.
            stream.stop()
        for piece in stream:
            with self._changed:
                self._progress = Progress(self._progress.text + piece, stream.statements, stream.notices)
                self._changed.notify_all()
        return stream.answer


class OngoingAnswers:
    """All answers of this process that are in the making, each under the key of its question."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[Hashable, OngoingAnswer] = {}

    def take_up(
        self, key: Hashable, begin: Callable[[], AnswerStream], keep: Keep, wanted: Callable[[], bool]
    ) -> OngoingAnswer | None:
        """Return the answer under a key; it is begun where nobody has begun it yet.

        Args:
            key: the question's, one for all pages that show it.
            begin: starts the answer.
            keep: takes what became of it.
            wanted: whether nothing has been kept yet; asked before an answer is begun.

        Returns:
            None where the answer has been kept: what the caller knew of it is out of date.
        """
        with self._lock:
            self._running = {known: answer for known, answer in self._running.items() if not answer.ended}
            if key not in self._running:
                # Asked under the lock: an answer is kept first and then counts as ended.
                if not wanted():
                    return None
                self._running[key] = OngoingAnswer(begin, keep)
            return self._running[key]

    def let_finish(self, seconds: float) -> None:
        """Wait for the answers that are being made now; what is less urgent than they can be done then.

        Args:
            seconds: how long at most.
        """
        latest = time.monotonic() + seconds
        with self._lock:
            running = list(self._running.values())
        for answer in running:
            answer.wait(latest - time.monotonic())

    def stop(self, key: Hashable) -> None:
        """End the answer under a key where it is; nothing happens where there is none."""
        with self._lock:
            answer = self._running.get(key)
        if answer is not None:
            answer.stop()
