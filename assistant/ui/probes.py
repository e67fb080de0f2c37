"""Before the page: whether it can answer (`/ready`), for load balancers."""

from __future__ import annotations

import anyio.to_thread
import streamlit as st
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.readiness import Readiness, readiness
from assistant.ui.sharing import resources
from vectorstore.errors import PolicyError


class Probes:
    """Answers whether questions can be answered now, as the page itself would tell any visitor.

    Args:
        app: what serves all else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["path"] != _path():
            await self._app(scope, receive, send)
            return
        found = await anyio.to_thread.run_sync(_readiness)
        headers = {"Cache-Control": "no-store"}
        await JSONResponse(found.record(told=True), found.status, headers)(scope, receive, send)


def _path() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/ready" if base else "/ready"


def _readiness() -> Readiness:
    try:
        return readiness(resources().library)
    except PolicyError as error:
        return Readiness(str(error))
