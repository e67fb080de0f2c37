"""Many texts sent to an embedding endpoint: in batches, some at once, each refused one by itself again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from vectorstore.endpoints import status_of
from vectorstore.hashing import Vectors

_BATCH_CHARS = 20_000
# What servers answer to a batch of too many texts, or to a text longer than their model reads.
_TOO_LARGE = frozenset({400, 413, 422})
_HOPELESS = frozenset({401, 402, 403, 404})
_LEAST_CHARS = 200

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


def batches(texts: Sequence[str], most: int) -> Iterator[Batch]:
    """Cut texts into batches, bounded by count and by size; a text longer than that goes by itself.

    Args:
        texts: in the order in which they are sent.
        most: most texts in a batch.
    """
    start = size = 0
    for place, text in enumerate(texts):
        if place > start and (place - start == most or size + len(text) > _BATCH_CHARS):
            yield Batch(start, tuple(texts[start:place]))
            start, size = place, 0
        size += len(text)
    if start < len(texts):
        yield Batch(start, tuple(texts[start:]))


class BatchedRequests:
    """Sends texts and gives their vectors back batch by batch.

    Args:
        ask: returns one vector a text; its errors are those of the client.
        most: most texts in one request.
        at_once: most requests under way.
    """

    def __init__(self, ask: Ask, most: int, at_once: int) -> None:
        self._ask = ask
        self._most = most
        self._at_once = at_once

    def send(self, texts: Sequence[str]) -> Iterator[tuple[int, Vectors]]:
        """Yield (place of its first text, its vectors) for each batch, as they arrive.

        A batch that fails is sent again by itself when the others are done; only then is its error raised,
        unless nothing but failures comes. No longer iterated, it sends nothing more.
        """
        waiting = deque(batches(texts, self._most))
        if len(waiting) == 1:
            yield waiting[0].start, self._vectors(waiting[0])
            return
        failed: list[Batch] = []
        hopeless: BaseException | None = None
        running: dict[Future[Vectors], Batch] = {}
        with ThreadPoolExecutor(self._at_once) as pool:
            while waiting or running:
                while waiting and len(running) < self._at_once:
                    batch = waiting.popleft()
                    running[pool.submit(self._vectors, batch)] = batch
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    batch = running.pop(future)
                    error = future.exception()
                    if error is None:
                        yield batch.start, future.result()
                        continue
                    failed.append(batch)
                    if status_of(error) in _HOPELESS or len(failed) > self._at_once:
                        # What is under way is paid for and still given out.
                        waiting.clear()
                        hopeless = hopeless or error
        if hopeless:
            raise hopeless
        for batch in failed:
            yield batch.start, self._vectors(batch)

    def _vectors(self, batch: Batch) -> Vectors:
        return np.array(self._rows(list(batch.texts)), dtype=np.float32)

    def _rows(self, texts: list[str]) -> list[list[float]]:
        """Ask for vectors; what the endpoint finds too large is halved until it is taken."""
        try:
            rows = self._ask(texts)
        except Exception as error:
            if status_of(error) not in _TOO_LARGE:
                raise
            half = (len(texts) + 1) // 2
            if len(texts) > 1:
                return [*self._rows(texts[:half]), *self._rows(texts[half:])]
            shorter = texts[0][: len(texts[0]) // 2]
            if len(shorter) < _LEAST_CHARS:
                raise
            return self._rows([shorter])
        if len(rows) != len(texts):
            raise ValueError(f"{len(rows)} vectors for {len(texts)} texts")
        return rows
