"""Whatever is sent to the service, it answers in its protocol's shape and lives on.

API_FUZZ sets how many requests are sent (1000000 for the long form), FUZZ_SEED where chance begins.
"""

from __future__ import annotations

import json
import os
import random
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx2

from tests.assistant.api.serving import MODEL, QUESTION

REQUESTS = int(os.environ.get("API_FUZZ", "400"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
EXPECTED = {200, 400, 404, 405, 413, 503}
PATHS = ("/v1/chat/completions", "/search", "/v1/models", "/v1/models/x", "/health", "/nothing", "/v1/%ff")
WORDS = (
    "",
    " ",
    QUESTION,
    "\ud800",
    "\x00",
    "😀" * 50,
    "a" * 25_000,
    "=1+1",
    "<b>",
    "../..",
    "[1]",
    "？？？",
)
NAMES = (
    "model",
    "messages",
    "role",
    "content",
    "stream",
    "n",
    "query",
    "limit",
    "regions",
    "documents",
    "type",
    "text",
)


def value(chance: random.Random, depth: int = 0) -> object:
    """Make a JSON value of any kind."""
    match chance.randrange(9 if depth < 3 else 6):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice((0, -1, 1, 51, 10**30, 1.5, float("inf"), float("nan")))
        case 2 | 3 | 4 | 5:
            return chance.choice((*WORDS, *NAMES, MODEL, "user", "assistant"))
        case 6:
            return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {chance.choice(NAMES): value(chance, depth + 1) for _ in range(chance.randrange(5))}


def body(chance: random.Random) -> bytes:
    """Make a request that is nearly right, or anything at all."""
    asked = {
        "model": MODEL,
        "messages": [{"role": "user", "content": QUESTION}],
        "query": QUESTION,
        "limit": 3,
    }
    for _ in range(chance.randrange(3)):
        asked[chance.choice(NAMES)] = value(chance)
    written = json.dumps(asked if chance.random() < 0.8 else value(chance)).encode()
    if chance.random() < 0.2:
        place = chance.randrange(len(written))
        written = written[:place] + bytes([chance.randrange(256)]) + written[place + chance.randrange(3) :]
    return written


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
    return (
        b"\r\n".join(lines) + b"\r\n\r\n" + bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
    )


def send_raw(url: str, data: bytes) -> bytes:
    """Send bytes and whatever end there is; return what came back first."""
    address = urlsplit(url)
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=60) as caller:
        with suppress(OSError):
            caller.sendall(data)
            caller.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            return caller.recv(4096)
    return b""


def test_every_request_is_answered_in_the_protocol_s_shape(url: str) -> None:
    chance = random.Random(SEED)  # noqa: S311
    with httpx2.Client(base_url=url, trust_env=False, timeout=60) as client:
        for number in range(REQUESTS):
            if chance.random() < 0.2:
                assert b"Traceback" not in send_raw(url, raw(chance)), number
                continue
            method = chance.choice(("POST", "POST", "POST", "GET", "PUT", "DELETE"))
            sent = body(chance)
            answer = client.request(method, chance.choice(PATHS), content=sent)
            assert answer.status_code in EXPECTED, (number, sent, answer.text)
            if answer.status_code != 200 and method != "HEAD":
                said = answer.json()["error"]["message"]
                assert "\n" not in said, (number, sent)
        assert client.get("/health").json()["status"] == "ok"
