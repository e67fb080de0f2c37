"""The HTTP service on an ephemeral port of the loopback interface, in a thread."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai
import uvicorn
from openai.types.chat import ChatCompletionMessageParam

from assistant import Assistant
from assistant.api.keys import Keys
from assistant.api.service import service
from assistant.mcp.server import Mounted
from assistant.observing.metrics import Metrics
from assistant.records.audit import AuditLog
from assistant.settings import AssistantSettings
from vectorstore.library import PolicyLibrary
from vectorstore.steps import UNTRACED, Step
from vectorstore.viewers import UNLIMITED

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": QUESTION}]
MODEL = "policy-assistant"
# Seconds to wait for an answer, on a machine that has other things to do.
PATIENCE = 120


@contextmanager
def serving(
    library: PolicyLibrary,
    settings: AssistantSettings,
    key: str = "",
    audit: AuditLog | None = None,
    patience: float = 30,
    tools: Mounted | None = None,
    metrics: Metrics | None = None,
    keys: Keys | None = None,
    traces: Step = UNTRACED,
) -> Iterator[str]:
    """Serve a library and give the service's address."""
    keys = keys or Keys({key: UNLIMITED} if key else {})
    app = service(library, Assistant(library, settings), keys, audit, patience, tools, metrics, traces)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        # The socket listens already: whoever connects before the server has started waits for it.
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def client(url: str, key: str = "none") -> openai.OpenAI:
    """Return the official client for a service."""
    http = openai.DefaultHttpxClient(trust_env=False)
    return openai.OpenAI(base_url=f"{url}/v1", api_key=key, max_retries=0, timeout=PATIENCE, http_client=http)


def post(url: str, path: str, body: object, **headers: str) -> httpx2.Response:
    """Send a body, as JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx2.post(
        url + path,
        content=content,
        headers={"Content-Type": "application/json", **headers},
        trust_env=False,
        timeout=PATIENCE,
    )
