"""Requests that are nearly right, or anything at all."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from tests.assistant.api.serving import MODEL, QUESTION

PATHS = (
    "/v1/chat/completions", "/search", "/verify", "/v1/models", "/v1/models/x", "/health", "/nothing",
    "/v1/%ff", "/v1/models/%00",
)  # fmt: skip
_WORDS = (
    "", " ", QUESTION, "\ud800", "\x00", "😀" * 50, "a" * 25_000, "=1+1", "<b>", "../..", "[1]", "？？？",
    "policy-assistant-sources", "2030年", "\u202e", "第一条", "临澜市和砚川市的产业目标有什么不同？",
)  # fmt: skip
_NAMES = (
    "model", "messages", "role", "content", "stream", "n", "query", "limit", "regions", "documents", "type",
    "text", "stream_options", "include_usage",
)  # fmt: skip
_HEADERS = (
    (b"content-type", b"text/plain"), (b"content-type", b"application/json; charset=x"),
    (b"content-length", b"-5"),
    (b"content-length", b"9x"), (b"content-length", b"999999999"), (b"authorization", b"Bearer \xff"),
    (b"host", b"evil.example"), (b"host", b"[::1"), (b"host", b""),
    (b"accept-encoding", b"\xff"), (b"expect", b"100-continue"),
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A request, as a server hands it on.

    Attributes:
        method, path: of its first line; the path may be percent-encoded.
        headers: besides those that every request has.
        body: its bytes, in the pieces in which they arrive.
        whole: whether the caller stays until the body has arrived.
    """

    method: str
    path: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: tuple[bytes, ...]
    whole: bool = True


def request(chance: random.Random) -> Request:
    """Make a request by chance."""
    method, path = "POST", chance.choices(PATHS[:3], (6, 1, 1))[0]
    if chance.random() < 0.25:
        method, path = (
            chance.choice(("POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS", "X\u00e9")),
            chance.choice(PATHS),
        )
    headers = tuple(chance.sample(_HEADERS, chance.choice((0, 0, 0, 0, 0, 0, 1, 2))))
    sent = body(chance)
    cut = chance.randrange(len(sent) + 1)
    pieces = (sent[:cut], sent[cut:]) if chance.random() < 0.2 else (sent,)
    return Request(method, path, headers, pieces, chance.random() < 0.97)


def body(chance: random.Random) -> bytes:
    """Make the body of a request; few ask what takes long to answer."""
    asked: dict[str, object] = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}
    asked |= {"query": QUESTION, "limit": 3, "text": "到2030年达到60个。"}
    if chance.random() < 0.9:
        # What every path needs is broken.
        asked["messages"], asked["query"], asked["text"] = (_value(chance) for _ in range(3))
    for _ in range(chance.randrange(3)):
        asked[chance.choice(_NAMES)] = _value(chance)
    written = json.dumps(asked if chance.random() < 0.8 else _value(chance)).encode()
    for _ in range(chance.choice((0, 0, 0, 0, 1, 3))):
        place = chance.randrange(len(written))
        written = written[:place] + bytes([chance.randrange(256)]) + written[place + chance.randrange(3) :]
    return written


def _value(chance: random.Random, depth: int = 0) -> object:
    """Make a JSON value of any kind."""
    match chance.randrange(9 if depth < 3 else 6):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice((0, -1, 1, 51, 10**30, 1.5, float("inf"), float("nan")))
        case 2 | 3 | 4 | 5:
            return chance.choice((*_WORDS, *_NAMES, MODEL, "user", "assistant"))
        case 6:
            return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {chance.choice(_NAMES): _value(chance, depth + 1) for _ in range(chance.randrange(5))}


def raw(chance: random.Random) -> bytes:
    """Make bytes that are no request, or a broken one."""
    lines = [
        chance.choice(
            (b"GET /health HTTP/1.1", b"POST /search HTTP/1.1", b"\xff\x00", b"GET / HTTP/9.9", b"")
        ),
        chance.choice(
            (b"Host: 127.0.0.1", b"Host:", b"\x01: 2", b"Content-Length: -5", b"Content-Length: 9x")
        ),
        chance.choice(
            (b"Transfer-Encoding: chunked", b"Content-Length: 3", b"A: " + b"b" * 9_000, b"Expect: x")
        ),
    ]
    rest = bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest
