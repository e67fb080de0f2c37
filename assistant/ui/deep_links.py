"""Pages that are opened by their own address, as /library: Streamlit's script is told where the server is.

It would look below the page's address first, and the browser would report each miss.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PAGE = re.compile(r"/[a-z-]+/?")
# By the address that the browser sees: a proxy may serve the page below another one.
_BASE = 'location.origin + location.pathname.replace(/[^/]+\\/?$/, "")'
_TOLD = f"<head><script>window.__streamlit = {{ BACKEND_BASE_URL: {_BASE} }};</script>".encode()


class DeepLinks:
    """Serves what Streamlit serves; a page under its own address names the server's.

    Args:
        app: Streamlit's server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not _PAGE.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        # Not packed, so that it can be added to.
        del MutableHeaders(scope=scope)["accept-encoding"]
        await self._app(scope, receive, _Told(send))


class _Told:
    """Sends a response, the script added behind the opening of its head."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._added = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._added = not headers.get("content-type", "").startswith("text/html")
            if not self._added and "content-length" in headers:
                length = int(headers["content-length"]) + len(_TOLD) - len(b"<head>")
                headers["content-length"] = str(length)
        elif not self._added:
            self._added = True
            message = {**message, "body": message.get("body", b"").replace(b"<head>", _TOLD, 1)}
        await self._send(message)
