"""An optional reranker, behind an endpoint or in the process, that orders the passages found."""

from __future__ import annotations

import logging
import math
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import httpx2

from assistant.models.cross_encoder import CrossEncoder
from assistant.models.time_limits import Limits, with_limits
from assistant.question import Question
from assistant.retriever import find
from assistant.settings import AssistantSettings
from assistant.types import Hit, Scope
from assistant.understanding.names import distinct_places
from vectorstore.endpoints import Endpoint, http_client, reason
from vectorstore.errors import EndpointError
from vectorstore.hashing import embedded_text
from vectorstore.languages.catalogue import tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.model_folder import ModelFolder
from vectorstore.steps import note, step

_LOG = logging.getLogger(__name__)
_CANDIDATES = 40
# A model in the process takes its time for each.
_CANDIDATES_HERE = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The passages found, best first, and what the reader should know of how they were found."""

    hits: list[Hit]
    notices: tuple[str, ...] = ()


class Reranker:
    """Finds passages, and lets the configured reranker order them.

    Behind an endpoint it speaks the protocol of Jina (https://jina.ai/reranker), Cohere, vLLM and Xinference:
    `query` and `documents` in, `results` of `index` and `relevance_score` out.

    Args:
        settings: the endpoint or the model's folder, and the patience with it; without either passages keep
            their order.

    Raises:
        SettingsError: the folder does not hold what is needed.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings
        folder = ModelFolder.named(settings.policy_rerank_model, "POLICY_RERANK_MODEL")
        self._here = CrossEncoder(folder, settings.policy_model_threads) if folder else None
        """The model in the process, where one is configured."""

    @property
    def name(self) -> str:
        """The reranker as messages name it, "" where none is configured."""
        if self._here:
            return self._here.name
        endpoint = reranker_of(self._settings)
        return (
            f"{endpoint.model or '重排服务'}（{endpoint.host}）" if self._settings.policy_rerank_url else ""
        )

    def find(self, library: PolicyLibrary, question: Question, limit: int, scope: Scope) -> Found:
        """Find the passages for a question, in the reranker's order, or in their own where it fails.

        Args:
            library: the policy library.
            question: the understood question.
            limit: number of hits wanted.
            scope: regions and documents the search is limited to.
        """
        if not (self._here or self._settings.policy_rerank_url):
            hits = find(library, question, limit, scope)
            return Found(hits, _by_keywords_alone(library))
        candidates = _CANDIDATES_HERE if self._here else _CANDIDATES
        hits = find(library, question, max(limit, candidates), scope)
        told = _by_keywords_alone(library)
        try:
            texts = [embedded_text(hit.document, hit.passage) for hit in hits]
            ordered = [hits[place] for place in self.order(question.query, texts)] if hits else hits
        except EndpointError as error:
            _LOG.warning(tell(str(error)))
            return Found(hits[:limit], (*told, own_words(f"{error}；本次未重排检索结果。")))
        if len(distinct_places(question.mentions)) > 1:
            ordered = _in_their_places(hits, ordered)
        return Found(_rescored(ordered, hits)[:limit], told)

    @step("rerank")
    def order(self, query: str, texts: Sequence[str]) -> list[int]:
        """Return the places of texts in the reranker's order, those that it leaves out last.

        Args:
            query: the standalone question.
            texts: what it orders.

        Raises:
            EndpointError: the reranker failed or was too slow.
        """
        note(passages=len(texts))
        patience = self._settings.policy_rerank_timeout
        if self._here:
            return _best_first(self._here.scores(query, texts, patience), len(texts))
        answers = with_limits(self._asked(query, texts), Limits(patience, patience, patience))
        endpoint = reranker_of(self._settings)
        try:
            scores = _scores(next(answers), len(texts))
        except EndpointError:
            raise EndpointError(
                f"重排服务 {endpoint.host} 没有及时应答，请检查网络或调大 POLICY_RERANK_TIMEOUT"
            ) from None
        except Exception as error:  # whatever the endpoint sends may be no JSON, or not of this shape
            raise EndpointError(f"重排服务{reason(error, endpoint)}") from None
        finally:
            answers.close()
        return _best_first(scores, len(texts))

    def _asked(self, query: str, texts: Sequence[str]) -> Generator[Any, None, None]:
        key = self._settings.policy_rerank_key.get_secret_value()
        model = self._settings.policy_rerank_model
        response = self._client.post(
            reranker_of(self._settings).url,
            json={"query": query, "documents": list(texts), "top_n": len(texts)}
            | ({"model": model} if model else {}),
            headers={"Authorization": f"Bearer {key}"} if key else {},
        )
        yield response.raise_for_status().json()

    @cached_property
    def _client(self) -> httpx2.Client:
        timeout = httpx2.Timeout(
            self._settings.policy_rerank_timeout, connect=self._settings.policy_connect_timeout
        )
        return http_client(self._settings.policy_rerank_url, timeout)


def reranker_of(settings: AssistantSettings) -> Endpoint:
    """Return the reranker as messages name it; an address without the protocol's path gets it."""
    url = settings.policy_rerank_url.rstrip("/")
    return Endpoint(
        url=url if url.endswith("/rerank") else f"{url}/rerank",
        model=settings.policy_rerank_model,
        url_setting="POLICY_RERANK_URL",
        model_setting="POLICY_RERANK_MODEL",
        key_setting="POLICY_RERANK_KEY",
        has_key=bool(settings.policy_rerank_key.get_secret_value()),
    )


def _scores(answer: Any, count: int) -> dict[int, float]:
    """Return the place of each passage → its score.

    Raises:
        KeyError, TypeError, ValueError: the answer is not of the protocol.
    """
    scores = {int(result["index"]): float(result["relevance_score"]) for result in answer["results"]}
    if (
        not scores
        or not all(0 <= index < count for index in scores)
        or not all(map(math.isfinite, scores.values()))
    ):
        raise ValueError("results")
    return scores


def _best_first(scores: Mapping[int, float], count: int) -> list[int]:
    return sorted(range(count), key=lambda place: -scores.get(place, -math.inf))


def _by_keywords_alone(library: PolicyLibrary) -> tuple[str, ...]:
    failure = library.embedding_failure
    return (own_words(f"{failure}；本次只按关键词查找。"),) if failure else ()


def _in_their_places(hits: Sequence[Hit], ordered: Sequence[Hit]) -> list[Hit]:
    """Order passages within their documents only: where places are compared, each keeps its turn."""
    waiting: dict[str, deque[Hit]] = {}
    for hit in ordered:
        waiting.setdefault(hit.document.id, deque()).append(hit)
    return [waiting[hit.document.id].popleft() for hit in hits]


def _rescored(ordered: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """Give passages in their new order the scores of the old one: other stages weigh by their scale."""
    scores = sorted((hit.score for hit in hits), reverse=True)
    return [replace(hit, score=score) for hit, score in zip(ordered, scores, strict=True)]
