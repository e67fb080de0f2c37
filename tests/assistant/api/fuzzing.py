"""Sends broken requests to the service: `python -m tests.assistant.api.fuzzing FIRST REQUESTS LOG`.

They reach it in this process, as a server would hand them on; it goes on where LOG ends. A single NUMBER
sends the request of that number and shows what comes back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message, Scope

from assistant import Assistant
from assistant.api.service import service
from assistant.settings import AssistantSettings
from ingest.pipeline import ingest
from tests import fuzz_runs
from tests.assistant.api.broken_requests import Request, request
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

EXPECTED = {200, 400, 403, 404, 405, 413, 503}
_EXAMPLES = Path(__file__).parents[3] / "examples"
# Long enough for a machine with other things to do.
_PATIENCE = 600.0


async def answered(app: ASGIApp, sent: Request) -> tuple[int, bytes]:
    """Send a request to a service; return the answer's status and body, 0 where the caller left before.

    Raises:
        Exception: whatever the service lets out.
    """
    coming: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in sent.body
    ]
    coming.append({"type": "http.request", "body": b""} if sent.whole else {"type": "http.disconnect"})
    told: list[Message] = []
    over = asyncio.Event()

    async def receive() -> Message:
        if coming:
            return coming.pop(0)
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)

    try:
        await app(_scope(sent), receive, send)
    finally:
        over.set()
    status = next((int(message["status"]) for message in told if "status" in message), 0)
    return status, b"".join(message.get("body", b"") for message in told)


def _scope(sent: Request) -> Scope:
    path = unquote_to_bytes(sent.path)
    headers = [(b"content-type", b"application/json"), *sent.headers]
    if not any(name == b"host" for name, _ in headers):
        headers.append((b"host", b"127.0.0.1:8600"))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": sent.method,
        "scheme": "http",
        # As uvicorn reads it.
        "path": path.decode("utf-8", "replace"),
        "raw_path": sent.path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8600),
        "state": {},
    }


def checked(sent: Request, status: int, body: bytes) -> str:
    """Hold an answer to what the protocol promises, and name it."""
    if not status:
        assert not sent.whole, "no answer"
        return "left"
    assert status in EXPECTED, (status, body[:200])
    if status != 200 and sent.method != "HEAD":
        error = json.loads(body)["error"]
        assert error["message"], body
        assert "\n" not in error["message"], body
    assert b"Traceback" not in body
    return f"{sent.path if status == 200 else 'refused'} {status}"


def sender(settings: LibrarySettings) -> Callable[[int], str]:
    """Return what sends the request of a number to a service of its process, and names the answer."""

    @cache
    def served(process: int) -> tuple[asyncio.Runner, ASGIApp]:
        """Loops, threads and connections belong to the process that made them."""
        del process
        library = PolicyLibrary.open(settings)
        return asyncio.Runner(), service(library, Assistant(library, AssistantSettings()), patience=_PATIENCE)

    def send(number: int) -> str:
        sent = request(random.Random(number))  # noqa: S311
        runner, app = served(os.getpid())
        status, body = runner.run(asyncio.wait_for(answered(app, sent), _PATIENCE))
        return checked(sent, status, body)

    return send


def main(arguments: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    with TemporaryDirectory(prefix="fuzz-") as folder:
        settings = LibrarySettings(policy_data_dir=Path(folder) / "data")
        with PolicyLibrary.open(settings) as library:
            ingest([_EXAMPLES], library)
        send = sender(settings)
        if len(arguments) == 1:
            print(request(random.Random(int(arguments[0]))))  # noqa: S311
            print(send(int(arguments[0])))
            return
        fuzz_runs.run(send, int(arguments[0]), int(arguments[1]), Path(arguments[2]))
    print(fuzz_runs.told(Path(arguments[2])))


if __name__ == "__main__":
    main(sys.argv[1:])
