"""Requests that may succeed a little later, sent again; one that took too long is not.

Not the client's own repetition: a slow server goes on working at what its client has given up, so that each
repetition makes it slower.
"""

from __future__ import annotations

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from vectorstore.endpoints import is_timeout, status_of
from vectorstore.steps import step
from vectorstore.text_embeddings import TextEmbeddings

_TRIES = 3
_PASSING = frozenset({408, 409, 429})
_MOST_SECONDS = 60.0
_backoff = wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5)


class RetriedEmbeddings:
    """Embeds passages in up to three tries, waiting in between as the server wishes; a question in one.

    Args:
        embeddings: whose client repeats nothing itself.
    """

    def __init__(self, embeddings: TextEmbeddings) -> None:
        self._embeddings = embeddings

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages; the error of the last try is raised."""
        tries = Retrying(
            stop=stop_after_attempt(_TRIES), retry=retry_if_exception(_passes), wait=_wished, reraise=True
        )
        return tries(self._embeddings.embed_documents, texts)

    @step("embed")
    def embed_query(self, text: str) -> list[float]:
        """Embed a question: whoever asked it waits."""
        return self._embeddings.embed_query(text)


def _passes(error: BaseException) -> bool:
    status = status_of(error)
    if status:
        return status in _PASSING or status >= 500
    import openai

    return isinstance(error, openai.APIConnectionError) and not is_timeout(error)


def _wished(state: RetryCallState) -> float:
    """Return the seconds that the server asks for, within reason, else more from try to try."""
    import openai

    error = state.outcome.exception() if state.outcome else None
    headers = error.response.headers if isinstance(error, openai.APIStatusError) else {}
    for name, share in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * share
        except ValueError:  # it may also be a date
            continue
        if 0 <= seconds <= _MOST_SECONDS:
            return seconds
    return _backoff(state)
