"""Many texts sent to an embedding endpoint: in batches, some at once, each refused one by itself again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from vectorstore.endpoints import is_timeout, status_of
from vectorstore.hashing import Vectors

_BATCH_CHARS = 20_000
# What servers answer to a batch of too many texts, or to a text longer than their model reads.
_TOO_LARGE = frozenset({400, 413, 422})
_HOPELESS = frozenset({401, 402, 403, 404})
_LEAST_CHARS = 200
# Nobody knows how fast an endpoint is before its first answer; then a request takes a share of what it may.
_FIRST = 1
_MARGIN = 16.0

Ask = Callable[[list[str]], list[list[float]]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one request.

    Attributes:
        start: place of the first among all texts.
        texts: the texts.
    """

    start: int
    texts: tuple[str, ...]


def batch_at(texts: Sequence[str], start: int, most: int) -> Batch:
    """Cut the next batch, bounded by count and by size; a text longer than that goes by itself.

    Args:
        texts: all of them.
        start: place of its first one.
        most: most texts in it.
    """
    end, size = start + 1, len(texts[start])
    while end < min(start + most, len(texts)) and size + len(texts[end]) <= _BATCH_CHARS:
        size += len(texts[end])
        end += 1
    return Batch(start, tuple(texts[start:end]))


class BatchedRequests:
    """Sends texts and gives their vectors back batch by batch, fewer at a time to whoever takes long.

    Args:
        ask: returns one vector a text; its errors are those of the client.
        most: most texts in one request.
        at_once: most requests under way.
        patience: seconds that one request may take; batches are cut to stay far below.
        clock: tells the time in seconds.
    """

    def __init__(
        self,
        ask: Ask,
        most: int,
        at_once: int,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._most = most
        self._at_once = at_once
        self._wanted = patience / _MARGIN
        self._clock = clock

    def send(self, texts: Sequence[str]) -> Iterator[tuple[int, Vectors]]:
        """Yield (place of its first text, its vectors) for each batch, as they arrive.

        A batch that fails is sent again by itself when the others are done, in halves where it took too long.
        Only then is its error raised, unless nothing but failures comes, or texts alone take too long.
        No longer iterated, it sends nothing more.
        """
        if len(texts) == 1:
            yield 0, self._vectors(batch_at(texts, 0, 1))
            return
        failed: list[Batch] = []
        hopeless: BaseException | None = None
        running: dict[Future[tuple[Vectors, float]], tuple[Batch, bool]] = {}
        start, size, allowed, in_a_row, alone_late = 0, _FIRST, self._at_once, 0, 0
        with ThreadPoolExecutor(self._at_once) as pool:
            while start < len(texts) or running:
                while start < len(texts) and len(running) < allowed:
                    batch = batch_at(texts, start, size)
                    start += len(batch.texts)
                    running[pool.submit(self._timed, batch)] = (batch, size == allowed == 1)
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    batch, least = running.pop(future)
                    error = future.exception()
                    if error is None:
                        vectors, seconds = future.result()
                        size = self._next_size(size, len(vectors), seconds)
                        in_a_row = alone_late = 0
                        allowed = min(self._at_once, allowed + 1)
                        yield batch.start, vectors
                        continue
                    failed.append(batch)
                    late = is_timeout(error)
                    if late:
                        size = allowed = 1
                    # Who is given too much at once is slow and not away.
                    in_a_row += not late
                    # The first one alone may still wait for what the server does for nobody any more.
                    alone_late += late and least
                    if status_of(error) in _HOPELESS or in_a_row > self._at_once or alone_late > 1:
                        # What is under way is paid for and still given out.
                        start = len(texts)
                        hopeless = hopeless or error
        if hopeless:
            raise hopeless
        for batch in failed:
            yield batch.start, self._vectors(batch)

    def _next_size(self, size: int, count: int, seconds: float) -> int:
        """Say how many texts are sent next, from how long so many took while others were under way."""
        fitting = count * self._wanted / seconds if seconds > 0 else self._most
        return max(1, min(self._most, 2 * size, int(fitting)))

    def _timed(self, batch: Batch) -> tuple[Vectors, float]:
        started = self._clock()
        rows = self._rows(list(batch.texts), lambda error: status_of(error) in _TOO_LARGE)
        return np.array(rows, dtype=np.float32), self._clock() - started

    def _vectors(self, batch: Batch) -> Vectors:
        rows = self._rows(
            list(batch.texts), lambda error: status_of(error) in _TOO_LARGE or is_timeout(error)
        )
        return np.array(rows, dtype=np.float32)

    def _rows(self, texts: list[str], halved: Callable[[Exception], bool]) -> list[list[float]]:
        """Ask for vectors; what the endpoint finds too large, or takes too long for, is halved."""
        try:
            rows = self._ask(texts)
        except Exception as error:
            if not halved(error):
                raise
            half = (len(texts) + 1) // 2
            if len(texts) > 1:
                return [*self._rows(texts[:half], halved), *self._rows(texts[half:], halved)]
            shorter = texts[0][: len(texts[0]) // 2]
            if len(shorter) < _LEAST_CHARS or status_of(error) not in _TOO_LARGE:
                raise
            return self._rows([shorter], halved)
        if len(rows) != len(texts):
            raise ValueError(f"{len(rows)} vectors for {len(texts)} texts")
        return rows
