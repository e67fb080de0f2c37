"""Who may call the service: holders of the key, or this machine alone where no key is set."""

from __future__ import annotations

import hmac
import re

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.protocol import error_record
from vectorstore.endpoints import LOOPBACK

_PORT = re.compile(r":\d+$")
_OPEN = "/health"
_BODY_BYTES = 1_000_000


class Access:
    """Turns away, before anything is read, who may not call, and whoever sends too much.

    Args:
        app: the service.
        key: what callers must show as `Authorization: Bearer …`; "" lets in alone who calls this machine by a
            name of its own, which a page of another site in a browser here cannot do.
    """

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app = app
        self._key = key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = None if scope["path"] == _OPEN and self._key else self._refusal(headers)
        if refusal is None and _length(headers) > _BODY_BYTES:
            refusal = _refused(413, "请求过大", "request_too_large")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _Counted(receive), send)

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
    """Receives a request's body, and lets a caller who sends more than announced seem gone."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = _BODY_BYTES

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.disconnect"}


def _length(headers: Headers) -> int:
    announced = headers.get("content-length", "0")
    return int(announced) if announced.isdecimal() else 0


def _refused(status: int, text: str, code: str) -> JSONResponse:
    return JSONResponse(error_record(text, "invalid_request_error", code), status)
