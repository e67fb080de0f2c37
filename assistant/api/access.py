"""Who may call the service: holders of the key, or this machine alone where no key is set."""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.keys import Keys
from assistant.api.protocol import error_record
from vectorstore.endpoints import LOOPBACK
from vectorstore.viewers import UNLIMITED, Viewer

_PORT = re.compile(r":\d+$")
_OPEN = ("/health", "/ready")
_BODY_BYTES = 1_000_000
ADMITTED = "policy_assistant.admitted"
"""In a request's scope: whether the caller may know more than that the service lives."""
VIEWER = "policy_assistant.viewer"
"""In a request's scope: which documents the caller sees."""
PATIENCE = 30.0
"""Seconds that a body may stand still on its way."""


class Access:
    """Turns away, before anything is read, who may not call, and whoever sends too much.

    Args:
        app: the service.
        keys: what callers must show as `Authorization: Bearer …`; where there are none, whoever calls this
            machine by a name of its own is let in, which a page of another site in a browser here cannot do.
        patience: seconds that a body may stand still on its way.
    """

    def __init__(self, app: ASGIApp, keys: Keys, patience: float = PATIENCE) -> None:
        self._app = app
        self._keys = keys
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        viewer = self._viewer(headers)
        refusal = None if viewer else self._refusal()
        scope[ADMITTED], scope[VIEWER] = viewer is not None, viewer or Viewer()
        if scope["path"] in _OPEN and self._keys.viewers:
            refusal = None
        if refusal is None and _length(headers) > _BODY_BYTES:
            refusal = _refused(413, "请求过大", "request_too_large")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, self._patience), send)

    def _viewer(self, headers: Headers) -> Viewer | None:
        """Return who calls; None where it is nobody who may."""
        if not self._keys.viewers:
            host = _PORT.sub("", headers.get("host", "")).strip("[]")
            return UNLIMITED if host in LOOPBACK else None
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        return self._keys.viewer(shown) if scheme.lower() == "bearer" else None

    def _refusal(self) -> JSONResponse:
        if not self._keys.viewers:
            return _refused(403, "未设置 POLICY_API_KEY，只接受本机的请求", "forbidden")
        return _refused(401, "密钥无效，请以 Authorization: Bearer 出示密钥", "invalid_api_key")


class _Counted:
    """Receives a request's body; a caller who sends too much, or falls silent amid it, seems gone."""

    def __init__(self, receive: Receive, patience: float) -> None:
        self._receive = receive
        self._patience = patience
        self._left = _BODY_BYTES
        self._whole = False

    async def __call__(self) -> Message:
        try:
            message = await asyncio.wait_for(self._receive(), None if self._whole else self._patience)
        except TimeoutError:
            return {"type": "http.disconnect"}
        self._whole = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.disconnect"}


def _length(headers: Headers) -> int:
    announced = headers.get("content-length", "0")
    return int(announced) if announced.isdecimal() else 0


def _refused(status: int, text: str, code: str) -> JSONResponse:
    return JSONResponse(error_record(text, "invalid_request_error", code), status)
