"""Vectors of questions: each made once, and an endpoint that has failed left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from vectorstore.errors import EmbeddingError
from vectorstore.hashing import Vectors

_REMEMBERED = 256
_REST_SECONDS = 10.0


class QueryEmbedding:
    """Embeds questions; one is searched for several times, and whoever asked it waits.

    Args:
        ask: returns the vector of a text, or raises EmbeddingError.
    """

    def __init__(self, ask: Callable[[str], Vectors]) -> None:
        self._ask = lru_cache(_REMEMBERED)(ask)
        self._guard = Lock()
        self._failure: tuple[float, EmbeddingError] | None = None

    @property
    def failure(self) -> EmbeddingError | None:
        """Why the last question got no vector; None where it got one."""
        with self._guard:
            return self._failure[1] if self._failure else None

    def vector(self, text: str) -> Vectors:
        """Return the vector of a question.

        Raises:
            EmbeddingError: the endpoint failed, now or a moment ago.
        """
        with self._guard:
            failure = self._failure
        if failure and time.monotonic() - failure[0] < _REST_SECONDS:
            raise EmbeddingError(str(failure[1])) from failure[1]
        try:
            vector = self._ask(text)
        except EmbeddingError as error:
            with self._guard:
                self._failure = (time.monotonic(), error)
            raise
        with self._guard:
            self._failure = None
        return vector
