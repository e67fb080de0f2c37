"""Many texts sent to an embedding endpoint that is slow, strict or unwell."""

from __future__ import annotations

import itertools
import threading
from collections import Counter

import numpy as np
import pytest

from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.batching import BatchedRequests, batch_at
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.errors import EmbeddingError
from vectorstore.settings import LibrarySettings

TEXTS = [f"第{number}段：到2030年建成泊位{number}个。" for number in range(40)]
NOW = {"Retry-After-Ms": "1"}


def model(server: OpenAIServer, **changed: object) -> EmbeddingModel:
    values: dict[str, object] = {
        "policy_embedding_model": "test-embedding",
        "openai_base_url": server.url,
        "policy_embedding_batch": 4,
    }
    return embedding_model(LibrarySettings.model_validate(values | changed))


def sent(request: Request) -> list[str]:
    return list(request.body["input"])


def test_batches_are_bounded_by_count_and_by_size() -> None:
    texts = ["短"] * 5 + ["长" * 15_000] * 2 + ["巨" * 50_000, "短"]
    assert [len(batch_at(texts, start, 4).texts) for start in (0, 4, 6, 7, 8)] == [4, 2, 1, 1, 1]
    assert list(batch_at(texts, 4, 4).texts) == texts[4:6]


def test_texts_go_as_strings_and_come_back_in_their_order(openai_server: OpenAIServer) -> None:
    vectors = model(openai_server).embed(TEXTS)
    assert np.allclose(vectors, [openai_server.embed(text) for text in TEXTS])
    assert max(len(sent(request)) for request in openai_server.requests) == 4
    assert all(isinstance(text, str) for request in openai_server.requests for text in sent(request))


def test_requests_go_side_by_side_but_never_more_than_allowed(openai_server: OpenAIServer) -> None:
    two_at_once = threading.Barrier(2)
    requests = itertools.count(1)
    under_way: list[int] = []
    active = Counter[str]()
    guard = threading.Lock()

    def script(request: Request) -> Reply:
        with guard:
            active["now"] += 1
            under_way.append(active["now"])
            number = next(requests)
        if number <= 2:  # Whether the last ones find a partner depends on how many there are.
            two_at_once.wait(60)
        with guard:
            active["now"] -= 1
        return Reply()

    openai_server.script = script
    model(openai_server, policy_embedding_concurrency=2).embed(TEXTS)
    assert max(under_way) == 2


def test_a_failed_batch_is_sent_again_alone(openai_server: OpenAIServer) -> None:
    failures = Counter[str]()

    def script(request: Request) -> Reply:
        failures.update(sent(request))
        # The first three tries fail; the fourth comes after all other batches.
        unwell = TEXTS[8] in sent(request) and failures[TEXTS[8]] <= 3
        return Reply(status=500, headers=NOW) if unwell else Reply()

    openai_server.script = script
    assert len(model(openai_server).embed(TEXTS)) == len(TEXTS)
    again = sent(openai_server.requests[-1])
    assert TEXTS[8] in again
    assert {count for text, count in failures.items() if text not in again} == {1}


@pytest.mark.parametrize(("status", "most"), [(401, 4), (404, 4), (500, 3 * 8)])
def test_an_endpoint_that_only_fails_is_soon_given_up(
    openai_server: OpenAIServer, status: int, most: int
) -> None:
    openai_server.replies(Reply(status=status, headers=NOW))
    with pytest.raises(EmbeddingError):
        model(openai_server, policy_embedding_batch=1).embed(TEXTS)
    assert len(openai_server.requests) <= most < len(TEXTS)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_batch_that_is_too_large_is_halved(openai_server: OpenAIServer, status: int) -> None:
    openai_server.script = lambda request: Reply(status=status if len(sent(request)) > 10 else 200)
    vectors = model(openai_server, policy_embedding_batch=32).embed(TEXTS)
    assert np.allclose(vectors, [openai_server.embed(text) for text in TEXTS])


def test_a_text_longer_than_the_model_reads_is_shortened(openai_server: OpenAIServer) -> None:
    openai_server.script = lambda request: Reply(status=400 if max(map(len, sent(request))) > 512 else 200)
    vectors = model(openai_server).embed(["短文。", "长" * 900])
    assert np.allclose(vectors[1], openai_server.embed("长" * 450))


@pytest.mark.parametrize("vector", [[float("nan")] * 8, []])
def test_vectors_without_numbers_are_refused(openai_server: OpenAIServer, vector: list[float]) -> None:
    openai_server.embed = lambda text: vector
    with pytest.raises(EmbeddingError, match="POLICY_EMBEDDING_MODEL"):
        model(openai_server).embed(TEXTS[:1])


def test_vectors_of_several_dimensions_are_refused(openai_server: OpenAIServer) -> None:
    openai_server.embed = lambda text: [1.0] * (8 if text != TEXTS[-1] else 9)
    with pytest.raises(EmbeddingError):
        model(openai_server).embed(TEXTS)


def test_whoever_stops_listening_pays_for_nothing_more(openai_server: OpenAIServer) -> None:
    parts = model(openai_server, policy_embedding_concurrency=1).embed_each(TEXTS)
    next(parts)
    parts.close()
    assert len(openai_server.requests) <= 2


class Worker:
    """A server that makes three vectors a second, one request after another, by a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sizes: list[int] = []
        self._guard = threading.Lock()

    def __call__(self, request: Request) -> Reply:
        with self._guard:
            self.sizes.append(len(sent(request)))
            self.now += len(sent(request)) / 3
        return Reply()


def test_flights_shrink_with_the_time_they_take(openai_server: OpenAIServer) -> None:
    worker = Worker()
    openai_server.script = worker
    texts = [f"第{number}段。" for number in range(600)]
    ask = model(openai_server).embeddings.embed_documents
    parts = dict(BatchedRequests(ask, 128, 4, 120, lambda: worker.now).send(texts))
    assert sum(map(len, parts.values())) == len(texts)
    # All that is under way is done long before the patience with the last of it ends.
    assert 4 * max(worker.sizes) / 3 < 120 / 4
    assert max(worker.sizes) > 1


def test_flights_grow_where_answers_come_at_once(openai_server: OpenAIServer) -> None:
    texts = [f"第{number}段。" for number in range(600)]
    model(openai_server, policy_embedding_batch=128).embed(texts)
    assert len(openai_server.requests) < 30


def test_a_batch_that_takes_too_long_is_no_failure() -> None:
    def ask(texts: list[str]) -> list[list[float]]:
        if len(texts) > 2:
            raise TimeoutError
        return [[float(TEXTS.index(text))] for text in texts]

    found = dict(BatchedRequests(ask, 32, 1, 60).send(TEXTS))
    assert [row[0] for start in sorted(found) for row in found[start]] == list(range(len(TEXTS)))


def test_an_endpoint_that_never_answers_is_given_up(openai_server: OpenAIServer) -> None:
    openai_server.replies(Reply(hold=threading.Event()))
    hasty = model(openai_server, policy_embedding_timeout=0.2, policy_embedding_concurrency=2)
    with pytest.raises(EmbeddingError, match="没有及时应答"):
        hasty.embed(TEXTS)
    assert len(openai_server.requests) < len(TEXTS)


def test_an_endpoint_that_stalls_for_a_while_is_not_given_up() -> None:
    """All that is under way takes too long at once; afterwards one text goes at a time, then more again."""
    four_at_once = threading.Barrier(4)
    calls = itertools.count(1)
    sizes: list[int] = []

    def ask(texts: list[str]) -> list[list[float]]:
        call = next(calls)
        sizes.append(len(texts))
        if 9 <= call <= 12:
            four_at_once.wait(60)
            raise TimeoutError
        return [[float(TEXTS.index(text))] for text in texts]

    found = dict(BatchedRequests(ask, 4, 4, 60).send(TEXTS))
    assert [row[0] for start in sorted(found) for row in found[start]] == list(range(len(TEXTS)))
    assert sizes[12] == 1
    assert max(sizes[13:]) > 1
