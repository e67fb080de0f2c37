"""A small real HTTP server that speaks OpenAI's protocol, so that real clients can be tested offline.

It answers `POST /v1/chat/completions` (whole and streamed), `POST /v1/embeddings`, `POST /v1/rerank` and
`GET /v1/models`, records what it was asked, and misbehaves exactly as told:

    openai_server.replies(Reply(status=429, headers={"Retry-After": "1"}), Reply("江澜市……[1]"))
    openai_server.script = lambda request: Reply(request.prompt[-20:])
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest

from tests.openai_messages import Reply, Request
from vectorstore.hashing import hashed_vectors

__all__ = ["OpenAIServer", "Reply", "Request"]


class OpenAIServer:
    """The server in a thread on an ephemeral port of the loopback interface.

    Attributes:
        requests: what arrived, oldest first.
        script: decides the reply to a request; set it directly or through `replies`.
        key: the only key accepted, or "" for any; the refusal echoes the key that came, as some servers do.
        embed: the vector of a text.
        relevance: how a reranker scores a passage; an `event` of the reply is its whole answer instead.
        client_left: set once a client has gone away in the middle of a stream.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.script: Callable[[Request], Reply] = lambda request: Reply("好的。")
        self.key = ""
        self.models = ("test-chat", "test-embedding")
        self.embed: Callable[[str], list[float]] = _vector
        self.relevance: Callable[[str], float] = len
        self.client_left = threading.Event()
        self.stopping = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def embedded(self) -> list[str]:
        """Every text that it was asked to embed."""
        asked = (request for request in self.requests if request.path.endswith("/embeddings"))
        return [text for request in asked for text in request.body["input"]]

    @property
    def url(self) -> str:
        """The base URL for OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def replies(self, *replies: Reply) -> None:
        """Answer with these replies in turn; the last one repeats."""
        waiting = list(replies)
        self.script = lambda request: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def close(self) -> None:
        """Stop the server; streams still running end."""
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    block_on_close = False
    owner: OpenAIServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the tests' output clean."""

    @property
    def owner(self) -> OpenAIServer:
        return cast(_Server, self.server).owner

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(json.loads(raw))

    def _answer(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, body)
        self.owner.requests.append(request)
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if self.owner.key and given != self.owner.key:
            return self._fail(
                Reply(status=401, code="invalid_api_key", message=f"Incorrect API key: {given}")
            )
        reply = self.owner.script(request)
        if reply.status != 200:
            return self._fail(reply)
        if self.path == "/v1/chat/completions":
            return self._stream(reply) if body.get("stream") else self._chat(reply)
        if self.path == "/v1/embeddings":
            self._wait(reply)
            return self._embeddings(body.get("input"))
        if self.path == "/v1/rerank":
            return self._rerank(body, reply)
        if self.path == "/v1/models":
            data = [{"id": name, "object": "model"} for name in self.owner.models]
            return self._send(200, {"object": "list", "data": data})
        return self._fail(Reply(status=404, message=f"no such path: {self.path}"))

    def _fail(self, reply: Reply) -> None:
        error = {
            "message": reply.message,
            "type": "error",
            "code": reply.code or None,
            "param": reply.param or None,
        }
        self._send(reply.status, {"error": error}, reply.headers)

    def _send(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        raw = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        try:
            self.end_headers()
            self.wfile.write(raw)
        except (BrokenPipeError, ConnectionResetError):
            self.owner.client_left.set()

    def _chat(self, reply: Reply) -> None:
        self._wait(reply)
        message = {"role": "assistant", "content": reply.text or "".join(reply.pieces)}
        choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        self._send(200, {"id": "c1", "object": "chat.completion", "choices": [choice], "usage": usage})

    def _embeddings(self, texts: object) -> None:
        if isinstance(texts, str):
            texts = [texts]
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return self._fail(Reply(status=400, message="input must be a string or a list of strings"))
        data = [
            {"object": "embedding", "index": index, "embedding": self.owner.embed(text)}
            for index, text in enumerate(texts)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return self._send(200, {"object": "list", "data": data, "model": "test-embedding", "usage": usage})

    def _rerank(self, body: dict[str, Any], reply: Reply) -> None:
        self._wait(reply)
        if reply.events:
            return self._send(200, json.loads(reply.events[0]))
        scores = {place: self.owner.relevance(text) for place, text in enumerate(body["documents"])}
        best = sorted(scores, key=lambda place: -scores[place])
        return self._send(
            200, {"results": [{"index": place, "relevance_score": scores[place]} for place in best]}
        )

    def _wait(self, reply: Reply) -> None:
        while reply.hold is not None and not reply.hold.wait(0.01) and not self.owner.stopping.is_set():
            pass

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.close_connection = True
        try:
            self._wait(reply)
            for data in self._events(reply):
                self._chunk(f"data: {data}\n\n".encode())
            if reply.ending == "done":
                self._chunk(b"")
            while reply.ending == "stall" and not self.owner.stopping.wait(0.01):
                pass
        except (BrokenPipeError, ConnectionResetError):
            self.owner.client_left.set()

    def _chunk(self, raw: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
        self.wfile.flush()

    def _events(self, reply: Reply) -> Iterator[str]:
        yield _delta({"role": "assistant", "content": ""})
        if reply.reasoning:
            yield _delta({"reasoning_content": reply.reasoning})
        yield from (_delta({"content": piece}) for piece in reply.split)
        while reply.ending == "endless" and not self.owner.stopping.wait(0.002):
            yield from (_delta({"content": piece}) for piece in reply.split)
        yield from reply.events
        if reply.ending == "done":
            if reply.finish_reason:
                yield _delta({}, reply.finish_reason)
            yield "[DONE]"


def _delta(delta: Mapping[str, str], finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    chunk = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "test-chat",
        "choices": [choice],
    }
    return json.dumps(chunk, ensure_ascii=False)


def _vector(text: str) -> list[float]:
    """Return what the words of a text say, never all zero."""
    return [float(value) + 0.01 for value in hashed_vectors([text])[0]]


@pytest.fixture
def openai_server() -> Iterator[OpenAIServer]:
    """Serve OpenAI's protocol on loopback for one test."""
    server = OpenAIServer()
    yield server
    server.close()
