"""Time limits on a stream that may fall silent: its first piece, the next piece, the whole."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

from vectorstore.errors import EndpointError

T = TypeVar("T")
_AHEAD = 64
# How soon a reader who stops is heard while nothing arrives, in seconds.
_GLANCE = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that may pass until the first piece, between two pieces, and until the end."""

    first: float
    between: float
    whole: float


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


def with_limits(
    pieces: Generator[T, None, None], limits: Limits, stopped: Event | None = None
) -> Generator[T, None, None]:
    """Yield a stream's pieces, or stop waiting for them.

    A read timeout of the HTTP client cannot tell the first piece from the next, and comments that keep a
    connection alive reset it; so a thread reads and this side waits.

    Args:
        pieces: the stream; once this generator has ended it is closed with the piece it then waits for.
        limits: how long to wait.
        stopped: set, from any thread, when nobody waits any more; the pieces then end.

    Raises:
        EndpointError: a limit has passed.
        Exception: whatever the stream itself raised.
    """
    box: Queue[T | _End] = Queue(_AHEAD)
    ended = Event()
    # Whoever listens to the caller's runs, by LangChain's callbacks, hears of this one as well.
    Thread(target=copy_context().run, args=(_pump, pieces, box, ended), daemon=True).start()
    try:
        yield from _received(box, limits, stopped or Event())
    finally:
        ended.set()
        while not box.empty():
            box.get_nowait()


def _received(box: Queue[T | _End], limits: Limits, stopped: Event) -> Generator[T, None, None]:
    begun = time.monotonic()
    until, waited_for = begun + limits.first, "POLICY_FIRST_TOKEN_TIMEOUT"
    while not stopped.is_set():
        if begun + limits.whole < until:
            until, waited_for = begun + limits.whole, "POLICY_ANSWER_TIMEOUT"
        left = until - time.monotonic()
        try:
            piece = box.get(timeout=min(max(left, 0), _GLANCE))
        except Empty:
            if left > _GLANCE:
                continue
            raise EndpointError(f"模型服务没有及时应答，可稍后再试或调大 {waited_for}") from None
        if isinstance(piece, _End):
            if piece.error is not None:
                raise piece.error
            return
        yield piece
        until, waited_for = time.monotonic() + limits.between, "POLICY_TOKEN_TIMEOUT"


def _pump(pieces: Generator[T, None, None], box: Queue[T | _End], ended: Event) -> None:
    end = _End()
    try:
        for piece in pieces:
            box.put(piece)
            if ended.is_set():
                break
    except Exception as error:  # whatever it is, it belongs to the one who waits
        end = _End(error)
    pieces.close()
    box.put(end)
