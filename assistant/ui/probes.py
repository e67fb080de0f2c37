"""Before the page: whether it can answer (`/ready`), and what it counts (`/metrics`), for those on duty."""

from __future__ import annotations

from collections.abc import Mapping

import anyio.to_thread
import streamlit as st
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.access import Access
from assistant.api.keys import Keys
from assistant.observing.observing import METRICS_TYPE
from assistant.readiness import Readiness, readiness
from assistant.settings import assistant_settings
from assistant.ui.sharing import resources
from vectorstore.errors import PolicyError
from vectorstore.viewers import UNLIMITED


class Probes:
    """Answers whether questions can be answered now, as the page itself would tell any visitor.

    What is counted is for holders of the key alone: behind a proxy everybody looks like this machine.

    Args:
        app: what serves all else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._probes: Mapping[str, ASGIApp] = {"ready": _ready, "metrics": _metrics}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        probe = self._probes.get(_name(scope["path"])) if scope["type"] == "http" else None
        await (probe or self._app)(scope, receive, send)


async def _ready(scope: Scope, receive: Receive, send: Send) -> None:
    found = await anyio.to_thread.run_sync(_readiness)
    headers = {"Cache-Control": "no-store"}
    await JSONResponse(found.record(told=True), found.status, headers)(scope, receive, send)


async def _metrics(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        key = assistant_settings().policy_api_key.get_secret_value()
    except PolicyError:
        key = ""
    counted: ASGIApp = (
        Access(_counted, Keys({key: UNLIMITED})) if key else PlainTextResponse("POLICY_API_KEY?", 404)
    )
    await counted(scope, receive, send)


async def _counted(scope: Scope, receive: Receive, send: Send) -> None:
    response = await anyio.to_thread.run_sync(_text)
    await response(scope, receive, send)


def _text() -> Response:
    try:
        metrics = resources().metrics
    except PolicyError as error:
        return PlainTextResponse(str(error), 503)
    return Response(metrics.text(), media_type=METRICS_TYPE) if metrics else PlainTextResponse("", 404)


def _readiness() -> Readiness:
    try:
        return readiness(resources().library)
    except PolicyError as error:
        return Readiness(str(error))


def _name(path: str) -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(f"/{base}/" if base else "/")
