"""Who may call the service: holders of the key, or this machine alone where no key is set."""

from __future__ import annotations

import asyncio
import hmac
import re

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.protocol import error_record
from vectorstore.endpoints import LOOPBACK

_PORT = re.compile(r":\d+$")
_OPEN = ("/health", "/ready")
_BODY_BYTES = 1_000_000
ADMITTED = "policy_assistant.admitted"
"""In a request's scope: whether the caller may know more than that the service lives."""
PATIENCE = 30.0
"""Seconds that a body may stand still on its way."""


class Access:
    """Turns away, before anything is read, who may not call, and whoever sends too much.

    Args:
        app: the service.
        key: what callers must show as `Authorization: Bearer …`; "" lets in alone who calls this machine by a
            name of its own, which a page of another site in a browser here cannot do.
        patience: seconds that a body may stand still on its way.
    """

    def __init__(self, app: ASGIApp, key: str, patience: float = PATIENCE) -> None:
        self._app = app
        self._key = key.encode()
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        scope[ADMITTED] = refusal is None
        if scope["path"] in _OPEN and self._key:
            refusal = None
        if refusal is None and _length(headers) > _BODY_BYTES:
            refusal = _refused(413, "请求过大", "request_too_large")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, self._patience), send)

    def _refusal(self, headers: Headers) -> JSONResponse | None:
        if not self._key:
            host = _PORT.sub("", headers.get("host", "")).strip("[]")
            if host in LOOPBACK:
                return None
            return _refused(403, "未设置 POLICY_API_KEY，只接受本机的请求", "forbidden")
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(shown.encode(), self._key):
            return None
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
